"""Whether what a step asks for has been done."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rnntutor.course.blocks import Condition
from rnntutor.nn.trace import PathError, Trace, split_path
from rnntutor.render.views.view_context import Cursor

# A number read off the screen may be rounded in its last place.
CLOSE = 1e-9


def value_of(
    path: str,
    *,
    trace: Trace,
    at: Cursor,
    phases: int,
    measures: Mapping[str, float],
    settings: Mapping[str, object],
) -> object:
    """What `path` names, or None while it is not yet known: a place of the transport ("t",
    "phase"), a setting, a measure of the whole run (known at its end), a place of the trace
    (known once its step is complete)."""
    finished = at >= Cursor(trace.steps, phases)
    if path == "t":
        return at.t if at.phase == phases or at.t == 0 else at.t - 1
    if path == "phase":
        return at.phase
    if path in settings:
        return settings[path]
    if path in measures:
        return measures[path] if finished else None
    try:
        name, places = split_path(path)
        if name in trace.arrays and places and Cursor(trace.turned(places[0]), phases) > at:
            return None
        return trace[path]
    except PathError:
        return None


def holds(condition: Condition, value: object) -> bool:
    """Whether `value` is / is at least / is at most / lies between what the condition says."""
    if isinstance(value, str) or isinstance(condition.value, str):
        return condition.test == "is" and value == condition.value
    number = _number(value)
    if number is None:
        return False
    low, high = _bounds(condition)
    return low - CLOSE <= number <= high + CLOSE


def _bounds(condition: Condition) -> tuple[float, float]:
    """The numbers between which the value has to lie."""
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
    """`value` as a float, or None if it is not one number."""
    if isinstance(value, int | float | np.number):
        return float(value)
    if isinstance(value, np.ndarray) and value.size == 1:
        return float(value.item())
    return None
