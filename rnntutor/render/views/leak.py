"""The state of a leaky average as bars, a row for each step."""

from __future__ import annotations

from rnntutor.nn.trace import Trace
from rnntutor.numbers import fixed, number
from rnntutor.render.primitives import bars
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span


def leak(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw a row for each step: its number, the state, and the state as a bar."""
    rows: list[Row] = []
    first = max(1, context.at.t - context.height + 1)
    for t in range(first, min(trace.steps, first + context.height - 1) + 1):
        value = float(trace.at("h", t)[0]) if context.known(t) else None
        bar = bars.bar(value, 1.0, context.width - 14, role="h")
        rows.append((Span(f"t={t:<4}", "grey"), Span(number(value)), Span("  "), *bar))
    return tuple(rows)


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Return the caption: how much is left at the cursor."""
    if not context.at.t:
        return context.words("caption.start")
    return context.words("caption.leak", h=fixed(float(trace.at("h", context.at.t)[0])))


VIEWS = (View("leak", leak, describe=describe),)
