"""A series and a forecaster that reads its own output from one step on."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.curves import Axis, Series, sample, under_legend
from rnntutor.render.views.forecast import around_0
from rnntutor.render.views.learning import now
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, width

FLAT = 0.25  # share of the true spread below which the forecasts have become flat
KEPT = 0.75  # share of the true spread from which they move like the series


def free_run(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the series and the forecasts as curves.

    The axis marks where the forecaster begins to read its own output.
    """
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
    """Describe the spread of the late forecasts, compared with the true values."""
    own, true = (now(trace, context, name) for name in ("free_spread", "true_spread"))
    if not context.history.updates or own is None or not true:
        return context.words("free.start")
    share = own / true
    key = "free.flat" if share < FLAT else "free.kept" if share > KEPT else "free.smaller"
    return context.words(key, own=f"{own:.2f}", true=f"{true:.2f}")


VIEWS = (View("free", free_run, training=True, describe=describe),)
