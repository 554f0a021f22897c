"""The reports of a training run as curves over its updates."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.trace import Trace
from rnntutor.numbers import amount, minus, short
from rnntutor.render.primitives.curves import Axis, Mark, Series, sample, under_legend
from rnntutor.render.primitives.scale import nice
from rnntutor.render.views.view_context import NOTHING, ViewContext
from rnntutor.spans import Row, Rows, Span, width
from rnntutor.subjects.training import Chart, LearningCurve, TrainingRun
from rnntutor.words import Words

ROOM = 6  # width of a number in the legend in cells
FIRST_END = 100  # shortest horizontal axis in updates


def colour(cell: str) -> str:
    """Return the role of the colour of a cell in a comparison."""
    return CELLS[cell].colour


def curve_name(line: LearningCurve, words: Words) -> str:
    """Return the displayed name of a curve."""
    return words(line.key) if line.key else line.name


def curve(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw a legend with the values reached, above the curves.

    The curves of the training run before the last knob turn are drawn in grey if their level is the
    same.
    """
    chart = trace.of(TrainingRun).chart
    level = float(trace[chart.level])
    if context.before is None or float(context.before[chart.level]) != level:
        context = replace(context, earlier=NOTHING)
    x, y = _across(context), _up(chart, level, trace, context)
    before = replace(context, history=context.earlier)
    series, earlier, marks = [], [], []
    for line in chart.curves:
        points, ghost = (_points(told, line, log=chart.log) for told in (context, before))
        series.append(Series(points, line.role, line.mark))
        earlier.append(Series(ghost, "grey", line.mark.lower()))
        ends = [point for point in points if math.isfinite(point[1])]
        if ends and len(chart.curves) > 1:
            marks.append(Mark(*ends[-1], line.mark, line.role, line.mark, named=True))
    series += earlier
    picture = under_legend(context, series, x, y, level=_scale(level, chart.log), marks=marks)
    return (_legend(chart, trace, context), *picture)


def now(trace: Trace, context: ViewContext, metric: str) -> float | None:
    """Return a metric as last reported; before the first report, that of the untrained network."""
    if context.history.last is None:
        return float(trace[metric])
    return last_report(context, metric)


def last_report(context: ViewContext, metric: str) -> float | None:
    """Return a metric as last reported; None if it has not been reported yet."""
    last = context.history.last
    return last.metrics.get(metric) if last is not None else None


def number(value: float | None) -> str:
    """Format a number of a training run, at least ROOM cells wide."""
    return ("·" if value is None else amount(value)).ljust(ROOM)


def done(context: ViewContext) -> str:
    """Return the sign of a learned task."""
    return " +" if context.ascii else " ✓"


def times(value: float | None) -> str:
    """Format a multiple of the baseline: two decimals, or the short form of a large number."""
    if value is None or not value < 100:
        return number(value).strip()
    return f"{value:.2f}"


def _points(
    context: ViewContext, line: LearningCurve, *, log: bool
) -> tuple[tuple[float, float], ...]:
    """Return a curve's scaled values, up to the report at which its task was learned."""
    points = context.history.series(line.metric)
    end = last_report(context, line.solved)
    if end is not None:
        points = points[: sum(step < end for step, _ in points) + 1]
    return tuple((step, _scale(value, log)) for step, value in points)


def _across(context: ViewContext) -> Axis:
    ends = [told.last.step for told in (context.history, context.earlier) if told.last is not None]
    end = nice(max(FIRST_END, *ends, 0))
    half = f"{end / 2:g}"
    ticks = ((0.0, "0"), (end / 2, half), (end, f"{end:g}"))
    return Axis(0, end, ticks, context.words("learning.updates"))


def _up(chart: Chart, level: float, trace: Trace, context: ViewContext) -> Axis:
    """Return the y axis; a logarithmic one is extended if a curve exceeds it."""
    if not chart.log:
        low, high = chart.ends
        return Axis(low, high, ((high, f"{high:g}"), (level, f"{level:.3g}"), (0.5, "0.5")))
    low, high = (level * factor for factor in chart.ends)
    found = [
        v
        for line, history in product(chart.curves, (context.history, context.earlier))
        for _, v in history.series(line.metric)
        if v > 0
    ]
    # Include the untrained network's values, so that the first report does not change the axis.
    found += [float(trace[line.metric]) for line in chart.curves]
    high = nice(max([high, *(v for v in found if math.isfinite(v))]))
    tens = range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)
    ticks = [(math.log10(level), number(level).strip()), (math.log10(high), short(high))]
    ticks += [(float(n), f"{10.0**n:g}" if n > -4 else minus(f"1e{n}")) for n in tens]
    return Axis(math.log10(low), math.log10(high), tuple(ticks))


def _scale(value: float, log: bool) -> float:
    if not log:
        return value
    return math.log10(value) if value > 0 and math.isfinite(value) else math.nan


def _legend(chart: Chart, trace: Trace, context: ViewContext) -> Row:
    """Return each curve with the value reached, and the level to compare with."""
    words = context.words
    spans: list[Span] = []
    for n, line in enumerate(chart.curves):
        series = Series((), line.role, line.mark)
        name = curve_name(line, words)
        # Name the curve's letter unless it is the first letter of RNN, LSTM or GRU.
        first = line.mark.isupper() and name.startswith(line.mark)
        alone = context.ascii or len(chart.curves) == 1 or first
        end = "" if alone else line.mark
        reached = last_report(context, line.solved) is not None
        spans += [
            Span("   " if n else ""),
            sample(series, letters=context.ascii),
            Span(end, line.role, True),
            Span(f" {name} ", line.role),
            Span(number(now(trace, context, line.metric)), "", True),
            Span(done(context) if reached else "  ", "right"),
        ]
    reference = words(f"learning.{chart.level}")
    level = f"{reference} {number(float(trace[chart.level])).strip()}"
    legend = (
        *spans,
        Span("  " + ("--" if context.ascii else "┈┈"), "grey"),
        Span(f" {level}", "grey"),
    )
    before: Row = ()
    if context.earlier.updates:
        look = sample(Series((), "grey", "*"), letters=context.ascii)
        before = (Span("   "), look, Span(f" {words('curve.before')}", "grey"))
    for shown in ((*legend, *before), legend, tuple(spans)):
        if width(shown) <= context.width:
            return shown
    # If space is short, each gap is one cell.
    return tuple(Span(" ") if span.text.isspace() else span for span in spans[:-1])
