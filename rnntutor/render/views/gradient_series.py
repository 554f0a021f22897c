"""Gradients by distance: which there are, what they are called, and how far they are known."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.cells.spec import FORGET
from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.curves import Series
from rnntutor.render.views.view_context import ViewContext

LOWS, HIGHS = (-2, -4, -8, -16, -32, -64), (0, 2, 4, 8, 16)
OVER = 0.25  # a curve that goes no higher above 10⁰ than this stays below it
GONE, BURST = 1e-3, 1e3  # a gradient that is called vanished, exploded
NEAR, FAR = 0.1, 10.0  # between these it has come through


@dataclass(frozen=True, slots=True)
class GradientSeries:
    """One cell's gradient. key: the ending of its arrays; name: as it is written; of: the state
    it is the gradient of; role: its colour; letter: in ASCII. gate: the one on its direct path."""

    key: str
    name: str
    of: str
    role: str
    letter: str
    gate: str = ""

    def values(self, trace: Trace) -> Array:
        """By distance, from 0 to T."""
        return np.asarray(trace[f"grad_{self.key}"])


def _curve(key: str, kind: str) -> GradientSeries:
    spec = CELLS[kind]
    gate = spec.with_role(FORGET)
    return GradientSeries(
        key, kind.upper(), spec.memory, spec.colour, kind[0].upper(), gate.value if gate else ""
    )


_CURVES = {
    c.key: c
    for c in (
        *(_curve(kind, kind) for kind in CELLS),
        _curve("unit", "rnn"),
        _curve("latch", "lstm"),
    )
}


def curves(trace: Trace) -> tuple[GradientSeries, ...]:
    """Those that are drawn, two at the most; the kind of the trace names them."""
    return tuple(_CURVES[key] for key in trace.kind.split("+"))


def untrained(trace: Trace) -> bool:
    """Whether random weights made it, not a unit set by hand."""
    return "unit" not in trace.kind


def reached(trace: Trace, context: ViewContext) -> int:
    """The distance that has been reached; 0 is known from the start."""
    return min(context.at.t, trace.steps)


def power(value: float) -> float:
    """log₁₀; not a number for 0, which has none."""
    return math.log10(value) if value > 0 else math.nan


def ghosts(trace: Trace, context: ViewContext) -> tuple[GradientSeries, ...]:
    """The drawn curves that were others before the last knob was turned."""
    before = context.before
    if before is None:
        return ()
    return tuple(
        c
        for c in curves(trace)
        if f"grad_{c.key}" in before and not np.array_equal(c.values(before), c.values(trace))
    )


def drawn(
    trace: Trace, context: ViewContext, place: Callable[[int], float]
) -> tuple[list[Series], list[Series]]:
    """log₁₀ of the gradients as far as they have come, and in grey what they were before the last
    knob was turned. place: of a distance on the axis across."""

    def points(values: Array) -> tuple[tuple[float, float], ...]:
        seen = values[: reached(trace, context) + 1]
        return tuple((place(d), power(float(v))) for d, v in enumerate(seen))

    now = [
        Series(points(curve.values(trace)), curve.role, curve.letter, dotted=n > 0)
        for n, curve in enumerate(curves(trace))
    ]
    before = zip(ghosts(trace, context), ghost_values(trace, context), strict=True)
    return now, [Series(points(values), "grey", c.letter.lower()) for c, values in before]


def ghost_values(trace: Trace, context: ViewContext) -> list[Array]:
    """What the `ghosts` were."""
    before = context.before
    return [] if before is None else [c.values(before) for c in ghosts(trace, context)]


def spread_of(trace: Trace) -> bool:
    """Whether one of the drawn curves is that of an RNN with a matrix U, whose size is told."""
    return "rho" in trace and any(not c.gate for c in curves(trace))


def spread(trace: Trace) -> str:
    """Both sizes of the RNN's U: the spectral radius and the largest singular value."""
    return f"ρ(U) {float(trace['rho']):.2f} ≤ {spread_most(trace)}"


def spread_most(trace: Trace) -> str:
    """The largest singular value of the RNN's U, the most that it makes of any vector."""
    return f"σ_max {float(trace['sigma_max']):.2f}"


def bounds(trace: Trace, before: Sequence[Array] = ()) -> tuple[int, int]:
    """The powers of ten between which all curves lie, and those that stood here before; of a few,
    so that a turn of a knob seldom moves them."""
    drawn = [*(c.values(trace) for c in curves(trace)), *before]
    logs = np.array([power(float(v)) for values in drawn for v in values])
    logs = logs[np.isfinite(logs)]
    least, most = (float(logs.min()), float(logs.max())) if logs.size else (0.0, 0.0)
    low = next((n for n in LOWS if n <= least), LOWS[-1])
    return low, next((n for n in HIGHS if n + OVER >= most), HIGHS[-1])


def verdict(value: float) -> str:
    """The key of what is said of a gradient that is `value` times what it was."""
    if value < GONE:
        return "gone"
    if value > BURST:
        return "burst"
    return "through" if NEAR <= value <= FAR else "less" if value < 1 else "more"
