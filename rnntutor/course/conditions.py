"""Test whether a value fulfils a condition of a step."""

from __future__ import annotations

import numpy as np

from rnntutor.course.sim_spec import Condition

# Tolerance for rounding errors at the bounds.
CLOSE = 1e-9


def holds(condition: Condition, value: object) -> bool:
    """Return whether `value` passes the condition's test (is, at_least, at_most or between)."""
    if isinstance(value, str) or isinstance(condition.value, str):
        return condition.test == "is" and value == condition.value
    number = _number(value)
    if number is None:
        return False
    low, high = _bounds(condition)
    return low - CLOSE <= number <= high + CLOSE


def _bounds(condition: Condition) -> tuple[float, float]:
    """Return the lowest and the highest number that fulfil the condition."""
    if condition.test == "between" and isinstance(condition.value, tuple):
        low, high = condition.value
        return float(low), float(high)
    wanted = _number(condition.value)
    if wanted is None:
        return np.inf, -np.inf
    return (
        -np.inf if condition.test == "at_most" else wanted,
        np.inf if condition.test == "at_least" else wanted,
    )


def _number(value: object) -> float | None:
    """Return `value` as a float, or None if it is not a single number."""
    if isinstance(value, int | float | np.number):
        return float(value)
    if isinstance(value, np.ndarray) and value.size == 1:
        return float(value.item())
    return None
