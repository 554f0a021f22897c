"""What a training has reported, as curves over its updates."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import product

from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.amounts import amount
from rnntutor.render.primitives.curves import Axis, Mark, Series, plot, sample
from rnntutor.render.primitives.scale import nice
from rnntutor.render.views.view_context import NOTHING, Frame
from rnntutor.spans import Row, Rows, Span, width

# What a cell wears where several are compared: of the quantities that make its memory the one
# whose colour is farthest from the others'.
CELLS = {"rnn": "h", "lstm": "c", "gru": "n"}
ROOM = 6  # cells of a number in the legend
FIRST_END = 100  # updates: the shortest axis


@dataclass(frozen=True, slots=True)
class Told:
    """One curve: the metric, the key of its name in words or the name itself, colour, letter."""

    metric: str
    name: str
    role: str
    mark: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What is plotted together. level: the metric, or the number in the trace, to compare with,
    and its name's key. log: equal ratios take equal room. ends: the range of y, as factors of the
    level, or the range itself."""

    curves: tuple[Told, ...]
    level: str
    named: str
    log: bool
    ends: tuple[float, float]


RACE = Kind(
    tuple(
        Told(f"loss_{kind}", kind.upper(), role, kind[0].upper()) for kind, role in CELLS.items()
    ),
    "baseline",
    "learning.baseline",
    True,
    (0.03, 2.0),
)
FORECAST = Kind(
    (Told("error", "learning.error", "y", "*"),), "baseline", "learning.baseline", True, (0.01, 3.0)
)
RECALL = Kind(
    (Told("accuracy", "learning.accuracy", "y", "*"),), "chance", "learning.chance", False, (0, 1)
)


def learns(trace: Trace) -> bool:
    """Whether the run is a probe of a training."""
    return "updates" in trace


def kind_of(trace: Trace) -> Kind:
    """What there is to plot, by what the probe holds."""
    if "loss_rnn" in trace:
        return RACE
    return FORECAST if "ratio" in trace else RECALL


def curve(trace: Trace, frame: Frame, argument: str = "") -> Rows:
    """A legend with the numbers reached, and the curves under it; in grey those of the training
    before the last knob was turned, where they are compared with the same level."""
    kind = kind_of(trace)
    level = float(trace[kind.level])
    if frame.before is None or float(frame.before[kind.level]) != level:
        frame = replace(frame, earlier=NOTHING)
    x, y = _across(frame), _up(kind, level, frame)
    series, marks = [], []
    for told in kind.curves:
        points = _points(frame, told.metric)
        scaled = tuple((step, _scaled(value, kind.log)) for step, value in points)
        series.append(Series(scaled, told.role, told.mark))
        ends = [point for point in scaled if math.isfinite(point[1])]
        if ends and len(kind.curves) > 1:
            marks.append(Mark(*ends[-1], told.mark, told.role, told.mark, named=True))
    for told in kind.curves:
        points = _points(replace(frame, history=frame.earlier), told.metric)
        scaled = tuple((step, _scaled(value, kind.log)) for step, value in points)
        series.append(Series(scaled, "grey", told.mark.lower()))
    picture = plot(
        series,
        x,
        y,
        cells=frame.width,
        rows=max(1, frame.height - 1),
        level=_scaled(level, kind.log),
        marks=marks,
        letters=frame.ascii,
    )
    return (_legend(kind, trace, frame), *picture)


def now(trace: Trace, frame: Frame, metric: str) -> float | None:
    """A metric as last reported; before the first report what the untrained net has."""
    last = frame.history.last
    if last is not None and metric in last.metrics:
        return last.metrics[metric]
    return float(trace[metric]) if last is None and metric in trace else None


def solved(frame: Frame, cell: str) -> float | None:
    """After how many updates a cell of a race had learned the task, if it has."""
    last = frame.history.last
    return last.metrics.get(f"solved_{cell}") if last is not None else None


def number(value: float | None) -> str:
    """A number of a training in ROOM cells at least."""
    return ("·" if value is None else amount(value)).ljust(ROOM)


def done(frame: Frame) -> str:
    """The sign behind what has been learned."""
    return " +" if frame.ascii else " ✓"


def times(value: float | None) -> str:
    """How many times the baseline: two decimals, or what large numbers look like."""
    if value is None or not value < 100:
        return number(value).strip()
    return f"{value:.2f}"


def _points(frame: Frame, metric: str) -> tuple[tuple[float, float], ...]:
    """What was reported of a metric; of a cell that has got there, up to then."""
    points = frame.history.series(metric)
    end = solved(frame, metric.rpartition("_")[2])
    if end is None:
        return points
    before = tuple(point for point in points if point[0] < end)
    return (*before, *points[len(before) : len(before) + 1])


def _across(frame: Frame) -> Axis:
    ends = [told.last.step for told in (frame.history, frame.earlier) if told.last is not None]
    end = nice(max(FIRST_END, *ends, 0))
    half = f"{end / 2:g}"
    ticks = ((0.0, "0"), (end / 2, half), (end, f"{end:g}"))
    return Axis(0, end, ticks, frame.words("learning.updates"))


def _up(kind: Kind, level: float, frame: Frame) -> Axis:
    """The range of y; one that all curves fit in, if something has grown beyond it."""
    if not kind.log:
        low, high = kind.ends
        return Axis(low, high, ((high, f"{high:g}"), (0.5, "0.5"), (level, f"{level:.2f}")))
    low, high = (level * factor for factor in kind.ends)
    found = [
        v
        for told, history in product(kind.curves, (frame.history, frame.earlier))
        for _, v in history.series(told.metric)
        if v > 0
    ]
    found = [v for v in found if math.isfinite(v)]
    high = max([high, *(nice(v) for v in found if v > high)])
    tens = range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)
    ticks = [(math.log10(level), number(level).strip())]
    ticks += [(float(n), f"{10.0**n:g}" if n > -4 else f"1e{n}".replace("-", "−")) for n in tens]
    return Axis(math.log10(low), math.log10(high), tuple(ticks))


def _scaled(value: float, log: bool) -> float:
    if not log:
        return value
    return math.log10(value) if value > 0 and math.isfinite(value) else math.nan


def _legend(kind: Kind, trace: Trace, frame: Frame) -> Row:
    """Each curve with the number it has reached, and what it is compared with."""
    words = frame.words
    spans: list[Span] = []
    for n, told in enumerate(kind.curves):
        series = Series((), told.role, told.mark)
        name = words(told.name) if "." in told.name else told.name
        reached = solved(frame, told.metric.rpartition("_")[2]) is not None
        spans += [
            Span("   " if n else ""),
            sample(series, letters=frame.ascii),
            Span(f" {name} ", told.role),
            Span(number(now(trace, frame, told.metric)), "", True),
            Span(done(frame) if reached else "  ", "right"),
        ]
    level = f"{words(kind.named)} {number(float(trace[kind.level])).strip()}"
    legend = (
        *spans,
        Span("  " + ("--" if frame.ascii else "┈┈"), "line"),
        Span(f" {level}", "grey"),
    )
    before: Row = ()
    if frame.earlier.updates:
        look = sample(Series((), "grey", "*"), letters=frame.ascii)
        before = (Span("   "), look, Span(f" {words('curve.before')}", "grey"))
    for shown in ((*legend, *before), legend):
        if width(shown) <= frame.width:
            return shown
    return tuple(spans)
