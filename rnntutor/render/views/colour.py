"""A text coloured by one unit: on where its state exceeds a threshold."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
from rich.cells import cell_len

from rnntutor.nn.trace import Trace
from rnntutor.numbers import FEW, fixed, percent
from rnntutor.render.views.samples import END
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, width

ON, OFF, END_SHOWN = "█", "·", "/"
BREAKS = (" ", END_SHOWN)


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of the text.

    Attributes:
        text: the character as drawn.
        on: whether the unit is on after the character has been read.
        lit: whether the cursor is on it.
    """

    text: str
    on: bool
    lit: bool

    @property
    def cells(self) -> int:
        """Width in cells."""
        return cell_len(self.text)


def colour(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the text, with the unit's activity below each line.

    The whole passage is shown at once, regardless of the cursor.
    """
    words = context.words
    unit, letters = _unit(trace, context), _letters(trace, context)
    head = (
        Span(words("colour.unit", n=unit), "h", True),
        Span(
            "   " + words("colour.threshold", v=fixed(float(trace["threshold"]), FEW)),
            "grey",
        ),
        Span(
            "   " + words("colour.on", p=percent(sum(one.on for one in letters) / len(letters))),
            "grey",
        ),
    )
    note: Row = (Span(words("colour.note"), "grey"),)
    lines = _wrap(letters, context.width)
    fit = max(1, (context.height - 2) // 2)
    cursor = next((n for n, line in enumerate(lines) if any(one.lit for one in line)), 0)
    first = max(0, min(cursor // fit * fit, len(lines) - fit))
    rows: list[Row] = [head]
    for line in lines[first : first + fit]:
        rows += _pair(line)
    if first + fit < len(lines) and width(rows[-2]) < context.width:
        rows[-2] = (*rows[-2], Span("↓", "accent"))
    return (*rows, note)[: context.height]


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the unit after the character at the cursor; at the start, explain on and off."""
    t = context.at.t
    if not t:
        return context.words("caption.colour_start")
    unit = _unit(trace, context)
    value = float(trace.at("h", t)[unit])
    key = "caption.colour_on" if value > float(trace["threshold"]) else "caption.colour_off"
    return context.words(key, n=unit, v=fixed(value, FEW))


def _unit(trace: Trace, context: ViewContext) -> int:
    """Return the unit of the settings, offset by the unit selected in the view."""
    return (int(float(trace["unit"])) + context.unit) % trace.units


def _letters(trace: Trace, context: ViewContext) -> list[Letter]:
    letter_of = np.asarray(trace["letter"]).astype(int)
    points = np.asarray(trace["letters"])
    h = trace.arrays["h"][1:, _unit(trace, context)]
    threshold = float(trace["threshold"])
    last = np.searchsorted(letter_of, np.arange(len(points)), side="right") - 1
    here = letter_of[context.at.t - 1] if context.at.t else -1
    letters = []
    for n, point in enumerate(points):
        character = chr(int(point))
        text = END_SHOWN if character == END else character
        letters.append(Letter(text, bool(h[last[n]] > threshold), n == here))
    return letters


def _wrap(letters: list[Letter], cells: int) -> list[list[Letter]]:
    """Return lines of at most `cells` cells, broken after a space or line end if there is one."""
    lines: list[list[Letter]] = []
    line: list[Letter] = []
    taken = 0
    for one in letters:
        size = one.cells
        if taken + size > cells:
            breaks = [n for n, other in enumerate(line, 1) if other.text in BREAKS]
            at = breaks[-1] if breaks else len(line)
            lines.append(line[:at])
            line = line[at:]
            taken = sum(other.cells for other in line)
        line.append(one)
        taken += size
    return [*lines, line]


def _pair(line: list[Letter]) -> tuple[Row, Row]:
    """Return a line of text and the row of activity below it."""
    above: list[Span] = []
    below: list[Span] = []
    for (on, lit), group in groupby(line, key=lambda one: (one.on, one.lit)):
        text = "".join(one.text for one in group)
        cells = width((Span(text),))
        back = "lit" if lit else ""
        above.append(Span(text, "h" if on else "grey", on, back=back))
        below.append(Span((ON if on else OFF) * cells, "h" if on else "faint", back=back))
    return tuple(above), tuple(below)


VIEWS = (View("colour", colour, training=True, describe=describe),)
