"""Gradients as numbers: log₁₀ by distance for each cell; and what a single unit remembers."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.numbers import amount, full_bar, minus
from rnntutor.render.primitives import bars
from rnntutor.render.primitives.curves import Axis, Series, plot, sample
from rnntutor.render.primitives.glyphs import subscript
from rnntutor.render.views import gradient_curves
from rnntutor.render.views.gradient_series import (
    GradientSeries,
    bounds,
    curves,
    power,
    reached_distance,
    untrained,
    visible_series,
)
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width

NAME, EACH, BAR = 7, 7, 4
HELD = 8  # width in cells of the names beside a unit's state
POWERS = (0, -20, -40)  # powers of ten on the axis of a single unit's gradients
LOWEST, HIGHEST = 4, 8  # minimum and maximum height of their plot in rows
# Distances to show besides the ends and the selected one, most informative first.
_DISTANCES = (10, 20, 5, 1, 50, 30, 2, 40, 70, 15, 3, 60, 80, 90)


def tape(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw log₁₀ of each cell's gradient (1 at distance 0) at a few distances, with bars.

    LSTM and GRU also have the product of their keeping gates.
    """
    at = _distances(trace, (context.width - NAME) // EACH)
    head: Row = (
        Span(pad("log₁₀", NAME), "grey"),
        *(
            Span(pad(str(d), EACH - 1, right=True) + " ", "" if d == context.at.t else "grey")
            for d in at
        ),
    )
    rows: list[Row] = [head]
    for curve in curves(trace):
        values = curve.values(trace)
        rows.append(
            _numbers(context, curve, curve.name, values, at, reached_distance(trace, context))
        )
        if curve.gate and not curve.by_hand:
            path = np.asarray(trace[f"path_{curve.key}"])
            name = f" ∏{curve.gate}"
            rows.append(
                _numbers(
                    context, curve, name, path, at, reached_distance(trace, context), faint=True
                )
            )
        rows.append(_bars(trace, context, curve, at))
    if untrained(trace) and context.height > len(rows):
        said = f"{context.words('flow.relative')} · {context.words('flow.untrained')}"
        rows.append((Span(said, "grey"),))
    return tuple(rows)


def _distances(trace: Trace, count: int) -> list[int]:
    """Return as many distances as fit, from far to near."""
    wanted = (0, trace.steps, int(trace["distance"]), *_DISTANCES)
    found = [d for d in dict.fromkeys(wanted) if d <= trace.steps]
    return sorted(found[: max(1, count)], reverse=True)


def _numbers(
    context: ViewContext,
    curve: GradientSeries,
    name: str,
    values: Array,
    at: list[int],
    far: int,
    *,
    faint: bool = False,
) -> Row:
    spans = [Span(pad(name, NAME), "grey" if faint else curve.role, not faint)]
    for d in at:
        shown = _log(float(values[d])) if d <= far else "·"
        now = d == context.at.t and not faint
        spans.append(Span(pad(shown, EACH - 1, right=True) + " ", "" if now else "grey", now))
    return tuple(spans)


def _log(value: float) -> str:
    """Return log₁₀ with two decimals, in at most six cells; "−∞" for 0."""
    if not value > 0:
        return "−∞"
    shown = minus(f"{power(value):+.2f}")
    return " 0.00" if shown[1:] == "0.00" else shown


def _bars(trace: Trace, context: ViewContext, curve: GradientSeries, at: list[int]) -> Row:
    """Return the logarithms as bars, after the powers of an empty and a full bar."""
    low, high = bounds(trace)
    values, far = curve.values(trace), reached_distance(trace, context)
    spans = [Span(pad(minus(f"{low}…{high}"), NAME), "grey")]
    for d in at:
        over = power(float(values[d])) - low if d <= far else 0.0
        glyph = bars.level(over if over > 0 else None, max(1, high - low))
        drawn = glyph if glyph == bars.NOTHING else glyph * BAR
        spans.append(
            Span(pad(drawn, EACH - 1, right=True) + " ", curve.role if d <= far else "faint")
        )
    return tuple(spans)


def kept(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw a unit that remembers and its LSTM counterpart: their states and gradients.

    State and gradient share their columns; the axis of the gradients is fixed.
    """
    rows: list[Row] = []
    for curve in curves(trace):
        state = np.abs(np.asarray(trace[curve.of])).reshape(-1)
        rows += [_memory_row(trace, context, curve), _state(context, curve, state)]
    high = max(LOWEST, min(HIGHEST, context.height - len(rows)))
    return (*rows, *_gradients(trace, context, high))


def _memory_row(trace: Trace, context: ViewContext, curve: GradientSeries) -> Row:
    """Return the unit's equation, its first and last state, and its gradient."""
    T = trace.steps
    state = np.asarray(trace[curve.of]).reshape(-1)
    gate = f"c = {amount(float(trace['f_latch[1]']))}·c" if curve.gate else ""
    rule = gate or f"h = tanh({float(trace['w']):g}·h)"
    back = amount(float(curve.values(trace)[T])) if reached_distance(trace, context) == T else "·"
    first, last = f"{curve.of}{subscript(0)}", f"{curve.of}{subscript(T)}"
    ends = f"{first} {amount(float(state[0]))} → {last} {amount(float(state[-1]))}"
    text = f"∂{last}/∂{first} = {back}"
    left = f"{rule}   {ends}   "
    look = sample(Series((), curve.role, curve.letter, bool(curve.gate)), letters=context.ascii)
    head = Span(pad(f"{curve.name} ", 6), curve.role, True)
    used = width((head, Span(left), Span(text), Span(" "), look))
    if used > context.width:
        left = f"{ends}  "
    back_ = Span(text, "grad", reached_distance(trace, context) == T)
    return (head, Span(left, "grey"), back_, Span(" "), look)


def _sample(values: Array, room: int) -> list[tuple[int, float]]:
    """Return (index, value) of as many values as there are cells."""
    last = len(values) - 1
    indices = [round(cell / max(1, room - 1) * last) for cell in range(room)]
    return [(index, float(values[index])) for index in indices]


def _state(context: ViewContext, curve: GradientSeries, state: Array) -> Row:
    room = min(context.width - HELD, max(2, len(state)))
    drawn = "".join(bars.level(v, 1.0) for _, v in _sample(state, room))
    return (Span(pad(f"|{curve.of}| {full_bar(1.0)}", HELD), "grey"), Span(drawn, curve.role))


def _gradients(trace: Trace, context: ViewContext, rows: int) -> Rows:
    """Return log₁₀ of the gradients so far, and in grey those before the last knob turn."""
    T = trace.steps
    now, ghost = visible_series(trace, context, lambda d: float(T - d))
    log = "log10" if context.ascii else "log₁₀"
    ticks = ((p, minus(f"{log if not p else ''} {p}")) for p in POWERS)
    return plot(
        [*now, *ghost],
        Axis(0, T, ((0, "t=0"), (T, f"t={T}"))),
        Axis(
            POWERS[-1], POWERS[0], tuple((p, pad(text, HELD - 1, right=True)) for p, text in ticks)
        ),
        cells=min(context.width, HELD + max(8, T + 1)),
        rows=rows,
        letters=context.ascii,
    )


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe memory and gradient of the unit."""
    if reached_distance(trace, context) < trace.steps:
        return context.words("caption.kept_going", d=reached_distance(trace, context))
    state = np.asarray(trace["h"]).reshape(-1)
    back = float(curves(trace)[0].values(trace)[-1])
    share = abs(float(state[-1])) / (abs(float(state[0])) or 1.0)
    if share >= 0.3:
        key = "kept_both" if back >= 1e-3 else "kept_no_gradient"
    else:
        key = "kept_gradient" if back >= 1e-3 else "kept_lost"
    return context.words(f"caption.{key}", h=amount(float(state[-1])), g=amount(back))


VIEWS = (
    View("tape", tape, describe=gradient_curves.describe),
    View("kept", kept, describe=describe),
)
