"""The effect of attention: accuracy by length, and the distance from an input to an output."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.numbers import FEW, number
from rnntutor.render.primitives import bars
from rnntutor.render.views.choices import symbol
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad

LABEL = 6
LEAST, WIDEST = 5, 8  # minimum and maximum width of a column in cells
NARROW = 3  # minimum width of a source symbol
TALLEST = 4


def accuracy(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the accuracy by length without and with attention, as measured after training.

    Lengths beyond those of the training are grey.
    """
    lengths, without, with_ = np.asarray(trace["by_length"])
    trained = int(np.asarray(trace["trained"]))
    words = context.words
    each = max(LEAST, min(WIDEST, (context.width - LABEL) // len(lengths)))
    room = max(1, min(TALLEST, (context.height - 4) // 2))
    gap: Rows = ((),) if 2 * room + 5 <= context.height else ()
    title: Row = (Span(words("attention.title"), "", True), Span("  "))
    title += (Span(words("attention.trained", n=trained), "grey"),)
    head: list[Span] = [Span(pad(words("attention.length"), LABEL), "grey")]
    head += (
        Span(pad(f"{int(n)}", each, right=True), "" if n <= trained else "grey") for n in lengths
    )

    def block(name: str, shares: Sequence[float], role: str) -> Rows:
        def value(n: int) -> tuple[float, str, str]:
            share = float(shares[n])
            ink = role if lengths[n] <= trained else "grey"
            return share, ink, number(share, decimals=FEW, signed=False)

        return _bars(name, role, len(lengths), value, room, each, 1.0)

    return (
        title,
        tuple(head),
        *gap,
        *block(words("attention.off"), without, "h"),
        *block(words("attention.on"), with_, "y"),
    )


def _bars(
    name: str,
    role: str,
    count: int,
    value: Callable[[int], tuple[float, str, str]],
    rows: int,
    each: int,
    full: float,
) -> Rows:
    """Return bars in `rows` rows, with their numbers below."""
    made: list[Row] = []
    for row in range(rows):
        spans: list[Span] = [Span(" " * LABEL)]
        for n in range(count):
            size, ink, _ = value(n)
            glyph = bars.tall(size, full, rows)[row]
            spans.append(Span(pad(glyph, each, right=True), ink))
        made.append(tuple(spans))
    figures: list[Span] = [Span(pad(name, LABEL), role)]
    for n in range(count):
        _, ink, text = value(n)
        figures.append(Span(pad(text, each, right=True), "" if ink == role else "grey"))
    return (*made, tuple(figures))


def describe_accuracy(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the accuracy at the longest length of the training, without and with attention."""
    lengths, without, with_ = np.asarray(trace["by_length"])
    last = int(np.flatnonzero(lengths <= float(np.asarray(trace["trained"])))[-1])
    values = {"off": f"{without[last]:.2f}", "on": f"{with_[last]:.2f}"}
    return context.words("attention.by_length", n=int(lengths[last]), **values)


def path(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw how many steps the signal takes from each source symbol to the output at the cursor.

    It goes through the states, or through the attention.
    """
    source = trace.names["source"]
    out = _output(trace, context)
    each = max(NARROW, min(LEAST, (context.width - LABEL) // len(source)))
    count = min(len(source), (context.width - LABEL) // each)
    words = context.words
    room = max(1, min(TALLEST + 2, context.height - 5))
    gap: Rows = ((),) if room + 6 <= context.height else ()
    title: Row = (Span(words("attention.path", n=out), "", True),)
    head: list[Span] = [Span(pad(words("attention.source"), LABEL), "grey")]
    head += (Span(pad(symbol(sign, context), each, right=True), "x") for sign in source[:count])
    steps = [len(source) - j + out for j in range(1, len(source) + 1)]

    def through(n: int) -> tuple[float, str, str]:
        return float(steps[n]), "h", f"{steps[n]}"

    full = float(len(source) + len(trace.names["said"]))
    once: list[Span] = [Span(pad(words("attention.on"), LABEL), "y")]
    once += (Span(pad("1", each, right=True)) for _ in range(count))
    far = _bars(words("attention.off"), "h", count, through, room, each, full)
    return (title, tuple(head), *gap, *far, *gap, tuple(once))


def _output(trace: Trace, context: ViewContext) -> int:
    """Return the output step at the cursor, from 1; while the source is read, the first."""
    return max(1, context.at.t - len(trace.names["source"]))


def describe_path(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the distance from the first source symbol to the output at the cursor."""
    steps = len(trace.names["source"]) - 1 + _output(trace, context)
    return context.words("attention.steps", n=steps)


VIEWS = (
    View("accuracy", accuracy, describe=describe_accuracy),
    View("path", path, describe=describe_path),
)
