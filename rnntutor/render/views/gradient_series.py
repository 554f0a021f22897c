"""Gradients by distance: the series to draw, their names, and how far they are computed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.cells.spec import FORGET
from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.curves import Series
from rnntutor.render.views.view_context import ViewContext
from rnntutor.subjects.runs import BackwardFlow, GradientCurve

LOWS, HIGHS = (-2, -4, -8, -16, -32, -64), (0, 2, 4, 8, 16)
OVER = 0.25  # a curve that exceeds a power of ten by at most this does not extend the axis
GONE, BURST = 1e-3, 1e3  # bounds of a vanished and an exploded gradient
NEAR, FAR = 0.1, 10.0  # between these a gradient counts as preserved


@dataclass(frozen=True, slots=True)
class GradientSeries:
    """The gradient of one cell.

    Attributes:
        key: suffix of its arrays.
        name: displayed name.
        of: state whose gradient it is.
        role: role of its colour.
        letter: letter in ASCII.
        gate: gate on its direct path, "" for none.
        by_hand: the cell is one unit that is set by hand.
    """

    key: str
    name: str
    of: str
    role: str
    letter: str
    gate: str
    by_hand: bool

    def values(self, trace: Trace) -> Array:
        """Return the gradient by distance, (T+1,)."""
        return np.asarray(trace[f"grad_{self.key}"])


@cache
def _series(curve: GradientCurve, by_hand: bool) -> GradientSeries:
    spec = CELLS[curve.cell]
    gate = spec.with_role(FORGET)
    return GradientSeries(
        curve.key,
        curve.cell.upper(),
        spec.memory,
        spec.colour,
        curve.cell[0].upper(),
        gate.value if gate else "",
        by_hand,
    )


def curves(trace: Trace) -> tuple[GradientSeries, ...]:
    """Return the gradient curves to draw, at most two."""
    flow = trace.of(BackwardFlow)
    return tuple(_series(curve, flow.by_hand) for curve in flow.curves)


def untrained(trace: Trace) -> bool:
    """Return whether the weights are random, not a unit set by hand."""
    return not trace.of(BackwardFlow).by_hand


def reached_distance(trace: Trace, context: ViewContext) -> int:
    """Return the distance reached at the cursor; distance 0 is known from the start."""
    return min(context.at.t, trace.steps)


def power(value: float) -> float:
    """Return log₁₀ of a value; NaN for 0."""
    return math.log10(value) if value > 0 else math.nan


def ghosts(trace: Trace, context: ViewContext) -> tuple[GradientSeries, ...]:
    """Return the drawn curves that have changed since before the last knob turn."""
    before = context.before
    if before is None or untrained(before) != untrained(trace):
        return ()  # all cells are in every run with random weights, and in none set by hand
    return tuple(c for c in curves(trace) if not np.array_equal(c.values(before), c.values(trace)))


def visible_series(
    trace: Trace, context: ViewContext, x_of: Callable[[int], float]
) -> tuple[list[Series], list[Series]]:
    """Return log₁₀ of the gradients so far, and in grey those before the last knob turn.

    Args:
        x_of: returns the position of a distance on the horizontal axis.
    """

    def points(values: Array) -> tuple[tuple[float, float], ...]:
        seen = values[: reached_distance(trace, context) + 1]
        return tuple((x_of(d), power(float(v))) for d, v in enumerate(seen))

    now = [
        Series(points(curve.values(trace)), curve.role, curve.letter, dotted=n > 0)
        for n, curve in enumerate(curves(trace))
    ]
    before = zip(ghosts(trace, context), ghost_values(trace, context), strict=True)
    return now, [Series(points(values), "grey", c.letter.lower()) for c, values in before]


def ghost_values(trace: Trace, context: ViewContext) -> list[Array]:
    """Return the earlier values of the `ghosts`."""
    before = context.before
    return [] if before is None else [c.values(before) for c in ghosts(trace, context)]


def spread_of(trace: Trace) -> bool:
    """Return whether an RNN with a matrix U is drawn, so that the size of U is shown."""
    return untrained(trace) and any(not c.gate for c in curves(trace))


def spread(trace: Trace) -> str:
    """Return the spectral radius and the largest singular value of the RNN's U as text."""
    return f"ρ(U) {float(trace['rho']):.2f} ≤ {spread_most(trace)}"


def spread_most(trace: Trace) -> str:
    """Return the largest singular value of the RNN's U as text."""
    return f"σ_max {float(trace['sigma_max']):.2f}"


def bounds(trace: Trace, before: Sequence[Array] = ()) -> tuple[int, int]:
    """Return the powers of ten that bound all curves, including earlier ones.

    They are taken from a few fixed numbers, so that a knob turn rarely changes the axis.
    """
    drawn = [*(c.values(trace) for c in curves(trace)), *before]
    logs = np.array([power(float(v)) for values in drawn for v in values])
    logs = logs[np.isfinite(logs)]
    least, most = (float(logs.min()), float(logs.max())) if logs.size else (0.0, 0.0)
    low = next((n for n in LOWS if n <= least), LOWS[-1])
    return low, next((n for n in HIGHS if n + OVER >= most), HIGHS[-1])


def verdict(value: float) -> str:
    """Return the key of the text on a gradient that was multiplied by `value`."""
    if value < GONE:
        return "gone"
    if value > BURST:
        return "burst"
    return "through" if NEAR <= value <= FAR else "less" if value < 1 else "more"
