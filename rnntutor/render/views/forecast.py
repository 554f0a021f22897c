"""A test series with one-step forecasts, and their errors beside those of the simplest forecast."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.numbers import full_bar, minus
from rnntutor.render.primitives import bars, scale
from rnntutor.render.primitives.curves import Axis, Series, plot, sample
from rnntutor.render.views.learning import now, number, times
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width

LABEL = 11
FEWEST = 5  # height from which the errors are shown


def forecast(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the series and the forecasts as curves, above the errors of network and baseline.

    Both rows of errors have the same scale.
    """
    value, said = np.asarray(trace["value"]), np.asarray(trace["y"])[:, 0]
    times = range(1, trace.steps + 1)
    series = (  # the forecast is drawn on top of the true series
        Series(tuple(zip(times, said.tolist(), strict=True)), "y", "o", dotted=True),
        Series(tuple(zip(times, value.tolist(), strict=True)), "grey", "*"),
    )
    errors = _errors(trace, context, value, said) if context.height >= FEWEST else ()
    across = Axis(1, trace.steps)
    rows = max(1, context.height - 1 - len(errors))
    picture = plot(
        series, across, around_0(value), cells=context.width, rows=rows, letters=context.ascii
    )
    return (_legend(trace, context, series), *picture, *errors)[: max(1, context.height)]


def around_0(value: Array) -> Axis:
    """Return a series' axis: its range, with each side of 0 at least a quarter of the other."""
    up, down = max(float(value.max()), 0.1), max(-float(value.min()), 0.1)
    top, foot = (float(np.ceil(10 * v) / 10) for v in (max(up, down / 4), max(down, up / 4)))
    ticks = ((v, minus(f"{v:.1f}") if v else "0") for v in (top, 0, -foot))
    return Axis(-foot, top, tuple((v, pad(text, LABEL - 1, right=True)) for v, text in ticks))


def base(trace: Trace) -> str:
    """Return the better of the two forecasts without a network: "repeat" or "mean"."""
    return "repeat" if float(trace["repeat"]) <= float(trace["mean"]) else "mean"


def _legend(trace: Trace, context: ViewContext, series: tuple[Series, ...]) -> Row:
    words = context.words
    ratio, error = now(trace, context, "ratio"), now(trace, context, "error")
    # Before training, no baseline is shown: a page may ask the learner for it.
    learnt = bool(context.history.updates)
    figures = words("forecast.figures", e=number(error), r=times(ratio))
    figures = figures if learnt else words("forecast.error_alone", e=number(error))
    legend: Row = (
        sample(series[1], letters=context.ascii),
        Span(f" {words('forecast.true')}   ", "grey"),
        sample(series[0], letters=context.ascii),
        Span(f" {words('forecast.said')}   ", "y"),
    )
    both = (*legend, Span(figures, "", True))
    return both if width(both) <= context.width else legend


def _errors(trace: Trace, context: ViewContext, value: Array, said: Array) -> Rows:
    """Return a row of bars for each error, on a scale that is constant during training."""
    kind = base(trace)
    net, other = np.abs(said - value), _simple(trace)
    full = full_of(trace)
    legend = f"  {full_bar(full)}"
    room = max(1, context.width - LABEL - len(legend))
    steps = np.round(np.linspace(0, trace.steps - 1, room)).astype(int)

    def drawn(name: str, off: Array, role: str) -> Row:
        bar = "".join(bars.level(float(off[t]), full) for t in steps)
        return (Span(pad(name, LABEL), "grey"), Span(bar, role), Span(legend, "grey"))

    return (
        drawn(context.words("forecast.error_of", name=trace.cell.upper()), net, "y"),
        drawn(context.words(f"forecast.error_{kind}"), other, "grey"),
    )


def full_of(trace: Trace, argument: str = "") -> float:
    """Return the value of a full bar: the largest value of the series or simple error."""
    return scale.full([np.asarray(trace["value"]), _simple(trace)])


def _simple(trace: Trace) -> Array:
    """Return the errors of the better forecast without a network."""
    value = np.asarray(trace["value"])
    said = np.asarray(trace["x"])[:, 0] if base(trace) == "repeat" else np.zeros_like(value)
    return np.abs(said - value)
