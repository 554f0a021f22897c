"""What a full bar stands for: the same for every bar of a picture, and said beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable

from rnntutor.nn.arrays import Array

_STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_FEW = (1.0, 2.0, 5.0, 10.0)


def nice(value: float, steps: tuple[float, ...] = _FEW) -> float:
    """The next of a few round numbers at or above a positive value, so that an axis that grows
    with it seldom moves."""
    power: float = 10.0 ** math.floor(math.log10(value))
    return next(m * power for m in steps if m * power >= value * (1 - 1e-9))


def full(values: Iterable[Array | float], *, least: float = 0.0) -> float:
    """What a full bar stands for where these values are drawn: the largest size, rounded up, and
    never less than `least`; 1 where there is nothing but zeros."""
    sizes = [abs(float(v)) for some in values for v in _flat(some)]
    largest = max([least, *(size for size in sizes if math.isfinite(size))])
    return nice(largest, _STEPS) if largest > 0 else 1.0


def _flat(values: Array | float) -> Iterable[float]:
    return [values] if isinstance(values, int | float) else values.reshape(-1).tolist()
