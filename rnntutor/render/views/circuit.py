"""A cell as a circuit diagram, with its values and the wires of the present phase highlighted.

The diagrams are hand-drawn text files in `assets/figures/`. Each has three layers separated by
lines of `---`: the legend of its letters, the picture, and a mask with a letter for each cell of
the picture. A slot named by a capital shows the state one step before, or one minus the gate.

In spare rows the diagram is stretched: a row that continues the vertical wires is inserted between
some of its rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import numpy as np

from rnntutor import assets
from rnntutor.nn.cells.spec import CANDIDATE
from rnntutor.nn.trace import Trace
from rnntutor.numbers import number
from rnntutor.render.primitives.columns import cut
from rnntutor.render.primitives.glyphs import subscript
from rnntutor.render.views import visibility
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width

NARROW, WIDE, HIGH = 76, 100, 13  # widths and height from which a larger form is used
TALLEST = 12  # maximum height in rows of a stretched picture
LOW = 18  # height below which a stage has no room for another view below the picture
WIRE = "─"
DOWN, UP = "│┬┐┌├┤┼▲", "│┴┘└├┤┼"  # signs with a wire leading down, and up
LEVEL = "─▶◀ "  # signs at which no vertical wire ends
_SLOT = re.compile(r"\{[^{}]*\}")
_PART = re.compile(r"(wx|uh|a|b)([a-z]U?)")
_LEGEND = re.compile(r"(\w) = (\w*): ([a-z ]+)")
# Names in the picture that differ from those in the trace.
_NAMES = {"T": "tanh_c", "ru": "r_uh"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A circuit diagram.

    Attributes:
        picture: lines of the picture.
        mask: lines of letters, of the same shape.
        legend: by letter, the quantity that gives the colour ("" for none) and the phases that
            highlight it.
    """

    picture: tuple[str, ...]
    mask: tuple[str, ...]
    legend: Mapping[str, tuple[str, frozenset[str]]]


class FigureError(ValueError):
    """A malformed figure file; the message names the file and the line."""


@cache
def figure(name: str) -> Figure:
    """Load the figure `assets/figures/NAME.txt`.

    Raises:
        FigureError: the file is malformed.
    """
    lines = assets.text("figures", f"{name}.txt")
    parts = [part.strip("\n").split("\n") for part in re.split(r"^---$", lines, flags=re.M)]
    if len(parts) != 3 or len(parts[1]) != len(parts[2]):
        raise FigureError(f"{name}: wants a legend, a picture and a mask of as many lines")
    legend = {}
    for said in parts[0]:
        match = _LEGEND.fullmatch(said.strip())
        if match:
            legend[match[1]] = (match[2], frozenset(match[3].split()))
        elif said.strip() and not said.startswith("#"):
            raise FigureError(f"{name}: {said!r} is not LETTER = QUANTITY: PHASES")
    wide = max(len(line) for line in parts[1])
    picture, mask = (tuple(line.ljust(wide) for line in part) for part in parts[1:])
    for number_, (line, letters) in enumerate(zip(picture, mask, strict=True), 1):
        for sign, letter in zip(line, letters, strict=True):
            if (sign != " " and letter not in legend) or (letter != " " and letter not in legend):
                raise FigureError(f"{name}: line {number_} of the picture: {sign!r} has {letter!r}")
    return Figure(picture, mask, legend)


def circuit(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the circuit of the run's cell at the cursor, for the context's unit."""
    form = _form(trace.cell, context)
    drawn = higher(form, min(context.height, TALLEST)) if context.height < LOW else figure(form)
    left = Span(" " * max(0, (min(context.width, WIDE) - len(drawn.picture[0])) // 2))
    rows = (
        _row(trace, context, drawn, line, letters)
        for line, letters in zip(drawn.picture, drawn.mask, strict=True)
    )
    return tuple((left, *row) if context.width >= WIDE else row for row in rows)


@cache
def higher(name: str, rows: int) -> Figure:
    """Return the figure stretched towards `rows` rows, with evenly spread extra rows.

    No row is inserted between an arrow and its target.
    """
    drawn = figure(name)
    below = list(enumerate(drawn.picture[1:], 1))
    gaps = [n for n, line in below if "▲" not in line]  # rows before which a row may be inserted
    extra = max(0, min(rows - len(drawn.picture), len(gaps)))
    opened = {gaps[(2 * n + 1) * len(gaps) // (2 * extra)] for n in range(extra)}
    picture, mask = [drawn.picture[0]], [drawn.mask[0]]
    for n, line in below:
        if n in opened:
            wires = _between(picture[-1], mask[-1], line, drawn.mask[n])
            picture.append("".join(sign for sign, _ in wires))
            mask.append("".join(letter for _, letter in wires))
        picture.append(line)
        mask.append(drawn.mask[n])
    return Figure(tuple(picture), tuple(mask), drawn.legend)


def _between(above: str, letters: str, below: str, others: str) -> list[tuple[str, str]]:
    """Return the row to insert between two lines: signs of vertical wires with their letters."""
    out = []
    for a, letter, b, other in zip(_signs(above), letters, _signs(below), others, strict=True):
        wire = (a in DOWN and b not in LEVEL) or (b in UP and a not in LEVEL)
        out.append(("│", letter if a in DOWN and b != "│" else other) if wire else (" ", " "))
    return out


def _signs(line: str) -> str:
    """Return a line of a picture with blank slots."""
    return _SLOT.sub(lambda slot: " " * len(slot[0]), line)


def _form(kind: str, context: ViewContext) -> str:
    """Return the name of the largest figure of a cell that fits."""
    large = f"{kind}.large"
    if context.width >= WIDE and context.height >= HIGH and _there(large):
        return large
    return kind if context.width >= NARROW else f"{kind}.narrow"


@cache
def _there(name: str) -> bool:
    return name in assets.names("figures")


def _row(trace: Trace, context: ViewContext, drawn: Figure, line: str, letters: str) -> Row:
    """Return one line of the picture, with values in its slots and letters in their colours."""
    spans: list[Span] = []
    at = 0
    for slot in _SLOT.finditer(line):
        spans += _wires(context, drawn, line[at : slot.start()], letters[at : slot.start()])
        spans.append(_slot(trace, context, drawn, slot[0], letters[slot.start()]))
        at = slot.end()
    return (*spans, *_wires(context, drawn, line[at:].rstrip(), letters[at:]))


def _wires(context: ViewContext, drawn: Figure, line: str, letters: str) -> list[Span]:
    """Return lines, signs and names as spans, one for each run of a letter."""
    spans: list[Span] = []
    for letter, group in groupby(zip(line, letters, strict=False), key=lambda cell: cell[1]):
        text = "".join(sign for sign, _ in group)
        if letter == " ":
            spans.append(Span(text))
            continue
        spans.append(Span(text, _ink(context, drawn, letter)))
    return spans


def _ink(context: ViewContext, drawn: Figure, letter: str) -> str:
    """Return the role of a letter, which is its quantity if highlighted, else grey."""
    quantity, phases = drawn.legend[letter]
    asked = visibility.focus(context)
    lit = quantity in asked or not quantity if asked else context.now in phases
    return quantity if lit else "grey"


def _slot(trace: Trace, context: ViewContext, drawn: Figure, slot: str, letter: str) -> Span:
    """Return a value, exactly as wide as its slot in the picture."""
    name, room = slot[1:-1].strip(), len(slot)
    ink = _ink(context, drawn, letter)
    t, unit = visibility.step(context), visibility.unit(trace, context)
    if name.startswith(":"):
        quantity = name[1:]
        sign = f"{quantity.lower()}{subscript(t - quantity.isupper())}"
        return Span(pad(sign, room), ink)
    if name == "x":
        label = visibility.word(trace, t)
        label = cut(label, room) if width((Span(label),)) > room else label
        # The rest of the slot is filled by the wire to the cell.
        spare = room - width((Span(label),)) - 1
        lead = f"{label} " if label else WIRE
        return Span(f"{lead}{WIRE * spare}" if spare > 0 else pad(label, room), ink)
    value = _value(trace, context, name, t, unit)
    signed = not visibility.is_gate(trace, name.lower())
    text = pad(number(value, signed=signed), room, right=True)
    made_now = bool(context.now) and visibility.phase_of(trace.cell, name) == context.now
    # The result of a phase (a block's value or a state) is bold when it has just been computed.
    spec = visibility.spec_of(trace)
    result = name in spec.states or spec.block(name) is not None
    bold = made_now and ink != "grey" and value is not None and result
    return Span(text, ink, bold)


def _value(trace: Trace, context: ViewContext, name: str, t: int, unit: int) -> float | None:
    """Return the number shown in a slot."""
    if name.isupper() and name.lower() in visibility.spec_of(trace).states:
        return visibility.value(trace, context, name.lower(), t - 1, unit)
    if name.isupper() and visibility.is_gate(trace, name.lower()):
        gate = visibility.value(trace, context, name.lower(), t, unit)
        return None if gate is None else 1 - gate
    part = _PART.fullmatch(name)
    if name == "b" or (part and part[1] == "b"):
        return _bias(trace, f"b_{part[2]}" if part else "b", unit)
    if part:
        return visibility.value(trace, context, f"{part[1]}_{part[2]}", t, unit)
    candidate = visibility.spec_of(trace).with_role(CANDIDATE)
    if candidate and candidate.reset and name in ("wx", "uh"):
        # Both products include their bias, so that the numbers in the picture add up.
        product = visibility.value(trace, context, name + candidate.tail, t, unit)
        bias = _bias(trace, "b" + candidate.tail + "U" * (name == "uh"), unit)
        return None if product is None else product + bias
    return visibility.value(trace, context, _NAMES.get(name, name), t, unit)


def _bias(trace: Trace, name: str, unit: int) -> float:
    return float(np.asarray(trace[name])[unit])


VIEWS = (View("circuit", circuit, unit=True),)
