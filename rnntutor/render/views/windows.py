"""Truncated BPTT: two windows of a batch side by side, and what crosses their border."""

from __future__ import annotations

from collections.abc import Mapping

from rnntutor.nn.trace import Trace
from rnntutor.render.views.batch import LABEL, sign, step, value
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad
from rnntutor.subjects.runs import Border, PaddedBatch

BORDERS: Mapping[Border, str] = {"through": "┊", "detach": "│", "reset": "║"}
NUMBERS = (
    ("  h", "window_h", "h", True),
    ("  −ln p", "window_loss", "y", False),
    ("  ∂L₁/∂h", "window_1", "grad", False),
    ("  ∂L₂/∂h", "window_2", "grad", False),
)
GAP = 2  # width of the border in cells


def windows(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the inputs of each sequence, and numbers of the selected one.

    The numbers are the state, the loss, and the norm of the gradient from each window's loss.
    """
    chosen = _row(trace)
    each = max(3, (context.width - LABEL - 1 - GAP) // trace.steps)
    steps = range(1, trace.steps + 1)
    drawn: list[Row] = [
        _head(trace, context, each),
        _line(trace, Span(" t", "grey"), [step(context, t, each) for t in steps]),
    ]
    for b in range(trace.units):
        mark = " ◂" if b == chosen else ""  # marks the sequence of the numbers below
        name = Span(f"{context.words('batch.row', n=b + 1)}{mark}", "", b == chosen)
        drawn.append(_line(trace, name, [_read(trace, context, t, b, each) for t in steps]))
    for text, array, role, signed in NUMBERS:
        found = [_known_value(trace, context, array, t, chosen) for t in steps]
        texts = (value(v, each, signed=signed) for v in found)
        cells = [
            Span(pad(one if signed else f" {one}", each), role if v else "grey", t == context.at.t)
            for t, v, one in zip(steps, found, texts, strict=True)
        ]
        drawn.append(_line(trace, Span(text, role), cells))
    # If space is short, other sequences are left out first, then the heading, the
    # state and the loss; the gradients are kept.
    first = 2 + trace.units
    spare = [2 + b for b in range(trace.units) if b != chosen] + [0, first, first + 1]
    gone = spare[: max(0, len(drawn) - context.height)]
    return tuple(row for n, row in enumerate(drawn) if n not in gone)


def _row(trace: Trace) -> int:
    """Return the index of the selected sequence, from 0."""
    return int(float(trace["row"])) - 1


def _line(trace: Trace, name: Span, cells: list[Span]) -> Row:
    """Return a name and a cell for each step, with the border in the middle."""
    cut = trace.steps // 2
    border = Span(pad(BORDERS[trace.of(PaddedBatch).border], GAP), "accent")
    label = Span(pad(name.text, LABEL + 1), name.role, name.strong)
    return (label, *cells[:cut], border, *cells[cut:])


def _read(trace: Trace, context: ViewContext, t: int, b: int, each: int) -> Span:
    text = pad(f" {sign(trace, 'stream', t, b)}", each)
    return Span(text, "x" if b == _row(trace) else "grey", t == context.at.t)


def _known_value(trace: Trace, context: ViewContext, array: str, t: int, b: int) -> float | None:
    """Return a number of sequence b, or None while it is unknown.

    Gradients are known at the end of the run.
    """
    backward = array in ("window_1", "window_2")
    return float(trace.at(array, t)[b]) if context.known(trace.steps if backward else t) else None


def _head(trace: Trace, context: ViewContext, each: int) -> Row:
    wide = each * (trace.steps // 2)
    names = (context.words("batch.window", n=n) for n in (1, 2))
    first, second = (Span(pad(f" {name}", wide), "accent") for name in names)
    return (Span(" " * (LABEL + 1)), first, Span(" " * GAP), second)


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe what crosses the border, for the selected sequence."""
    words, border = context.words, trace.of(PaddedBatch).border
    if not context.known(trace.steps):
        return words("batch.windows_start")
    b, cut = _row(trace), trace.steps // 2
    back = f"{float(trace.at('window_2', cut)[b]):.3f}"
    loss = f"{float(trace.at('window_loss', cut + 1)[b]):.3f}"
    return words(f"batch.said_{border}", back=back, loss=loss, t=cut + 1)


VIEWS = (View("windows", windows, describe=describe),)
