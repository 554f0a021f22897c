"""What a training run has reported, as curves over its updates."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.subject import Chart, LearningCurve, TrainingRun
from rnntutor.nn.trace import Trace
from rnntutor.numbers import amount, minus, short
from rnntutor.render.primitives.curves import Axis, Mark, Series, sample, under_legend
from rnntutor.render.primitives.scale import nice
from rnntutor.render.views.view_context import NOTHING, ViewContext
from rnntutor.spans import Row, Rows, Span, width
from rnntutor.words import Words

ROOM = 6  # cells of a number in the legend
FIRST_END = 100  # updates: the shortest axis


def colour(cell: str) -> str:
    """The quantity in whose colour a cell is drawn where several are compared."""
    return CELLS[cell].colour


def named(line: LearningCurve, words: Words) -> str:
    """What a curve is called."""
    return words(line.key) if line.key else line.name


def curve(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """A legend with the numbers reached, and the curves under it; in grey those of the training
    before the last knob was turned, where they are compared with the same level."""
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
    picture = under_legend(context, series, x, y, level=_scaled(level, chart.log), marks=marks)
    return (_legend(chart, trace, context), *picture)


def now(trace: Trace, context: ViewContext, metric: str) -> float | None:
    """A metric as last reported; before the first report what the untrained net has."""
    if context.history.last is None:
        return float(trace[metric])
    return reported(context, metric)


def reported(context: ViewContext, metric: str) -> float | None:
    """A metric as last reported; None before the first report, and where it has not come yet."""
    last = context.history.last
    return last.metrics.get(metric) if last is not None else None


def number(value: float | None) -> str:
    """A number of a training run in ROOM cells at least."""
    return ("·" if value is None else amount(value)).ljust(ROOM)


def done(context: ViewContext) -> str:
    """The sign behind what has been learned."""
    return " +" if context.ascii else " ✓"


def times(value: float | None) -> str:
    """How many times the baseline: two decimals, or what large numbers look like."""
    if value is None or not value < 100:
        return number(value).strip()
    return f"{value:.2f}"


def _points(
    context: ViewContext, line: LearningCurve, *, log: bool
) -> tuple[tuple[float, float], ...]:
    """What was reported, on its scale; of a cell that has got there, up to then."""
    points = context.history.series(line.metric)
    end = reported(context, line.solved)
    if end is not None:
        points = points[: sum(step < end for step, _ in points) + 1]
    return tuple((step, _scaled(value, log)) for step, value in points)


def _across(context: ViewContext) -> Axis:
    ends = [told.last.step for told in (context.history, context.earlier) if told.last is not None]
    end = nice(max(FIRST_END, *ends, 0))
    half = f"{end / 2:g}"
    ticks = ((0.0, "0"), (end / 2, half), (end, f"{end:g}"))
    return Axis(0, end, ticks, context.words("learning.updates"))


def _up(chart: Chart, level: float, trace: Trace, context: ViewContext) -> Axis:
    """The range of y; one that all curves fit in, if something has grown beyond it."""
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
    # The untrained net's are known before the first report: the axis has room for them at once.
    found += [float(trace[line.metric]) for line in chart.curves]
    high = nice(max([high, *(v for v in found if math.isfinite(v))]))
    tens = range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)
    ticks = [(math.log10(level), number(level).strip()), (math.log10(high), short(high))]
    ticks += [(float(n), f"{10.0**n:g}" if n > -4 else minus(f"1e{n}")) for n in tens]
    return Axis(math.log10(low), math.log10(high), tuple(ticks))


def _scaled(value: float, log: bool) -> float:
    if not log:
        return value
    return math.log10(value) if value > 0 and math.isfinite(value) else math.nan


def _legend(chart: Chart, trace: Trace, context: ViewContext) -> Row:
    """Each curve with the number it has reached, and what it is compared with."""
    words = context.words
    spans: list[Span] = []
    for n, line in enumerate(chart.curves):
        series = Series((), line.role, line.mark)
        name = named(line, words)
        # The letter at a curve's end, where it is not the first of RNN, LSTM, GRU.
        first = line.mark.isupper() and name.startswith(line.mark)
        alone = context.ascii or len(chart.curves) == 1 or first
        end = "" if alone else line.mark
        reached = reported(context, line.solved) is not None
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
    # Too narrow for the room between them: one cell in place of each gap.
    return tuple(Span(" ") if span.text.isspace() else span for span in spans[:-1])
