"""A series, and a forecaster that from one step on reads its own output."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.curves import Axis, Series, sample, under_legend
from rnntutor.render.views.forecast import around_0
from rnntutor.render.views.learning import now
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, width

FLAT = 0.25  # of the true spread: below it the forecasts have gone flat
KEPT = 0.75  # and from here on they move as the series does


def free_run(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """The series and the forecasts as curves; on the axis where the forecaster begins to read its
    own output."""
    value, said = np.asarray(trace["value"]), np.asarray(trace["free"])
    border = int(float(trace["free_from"]))
    points = tuple(zip(range(1, trace.steps + 1), said.tolist(), strict=True))
    series = (
        Series(points[border - 1 :], "accent", "+", dotted=True),
        Series(points[:border], "y", "o", dotted=True),
        Series(tuple(zip(range(1, trace.steps + 1), value.tolist(), strict=True)), "grey", "*"),
    )
    ticks = ((1.0, "1"), (float(border), f"{border} ▸ {context.words('free.own')}"))
    across = Axis(1, trace.steps, ticks)
    return (_legend(context, series), *under_legend(context, series, across, around_0(value)))


def _legend(context: ViewContext, series: tuple[Series, ...]) -> Row:
    names = ("free.own", "forecast.said", "forecast.true")
    spans: list[Span] = []
    for one, name in reversed(list(zip(series, names, strict=True))):
        look = sample(one, letters=context.ascii)
        spans += [look, Span(f" {context.words(name)}   ", one.role)]
    return tuple(spans) if width(tuple(spans)) <= context.width else tuple(spans[:-2])


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """How far the late forecasts scatter, beside the true values."""
    own, true = (now(trace, context, name) for name in ("free_spread", "true_spread"))
    if not context.history.updates or own is None or not true:
        return context.words("free.start")
    share = own / true
    key = "free.flat" if share < FLAT else "free.kept" if share > KEPT else "free.smaller"
    return context.words(key, own=f"{own:.2f}", true=f"{true:.2f}")
