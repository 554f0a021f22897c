"""What is left of the first input, a bar for each step."""

from __future__ import annotations

from rnntutor.nn.trace import Trace
from rnntutor.render.primitives import bars
from rnntutor.render.primitives.numbers import number
from rnntutor.render.views.view_context import Frame
from rnntutor.spans import Row, Rows, Span


def leak(trace: Trace, frame: Frame, argument: str = "") -> Rows:
    """A row a step: its number, the state, and the state as a bar."""
    rows: list[Row] = []
    first = max(1, frame.at.t - frame.height + 1)
    for t in range(first, min(trace.steps, first + frame.height - 1) + 1):
        value = float(trace.at("h", t)[0]) if frame.known(t) else None
        bar = bars.bar(value, 1.0, frame.width - 14, role="h")
        rows.append((Span(f"t={t:<4}", "grey"), Span(number(value)), Span("  "), *bar))
    return tuple(rows)


def said(trace: Trace, frame: Frame, argument: str = "") -> str:
    """How much is left at the cursor."""
    if not frame.at.t:
        return frame.words("caption.start")
    return frame.words("caption.leak", h=number(float(trace.at("h", frame.at.t)[0])).strip())
