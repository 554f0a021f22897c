"""Scales: the value of a full bar, shared by all bars of a picture and shown beside them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from rnntutor.nn.arrays import Array

_STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_FEW = (1.0, 2.0, 5.0, 10.0)


def nice(value: float, steps: tuple[float, ...] = _FEW) -> float:
    """Return the smallest of a few round numbers that is at least a positive value.

    A growing axis thus changes rarely.
    """
    power: float = 10.0 ** math.floor(math.log10(value))
    return next(m * power for m in steps if m * power >= value * (1 - 1e-9))


def full(values: Iterable[Array | float], *, least: float = 0.0) -> float:
    """Return the value of a full bar for drawing these values.

    This is their largest size, rounded up, at least `least`; 1 if all are zero.
    """
    sizes = [abs(float(v)) for some in values for v in _flat(some)]
    largest = max([least, *(size for size in sizes if math.isfinite(size))])
    return nice(largest, _STEPS) if largest > 0 else 1.0


def _flat(values: Array | float) -> Iterable[float]:
    return [values] if isinstance(values, int | float) else values.reshape(-1).tolist()
