"""Measures that read a number of the trace."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from rnntutor.nn.trace import Trace, split_path

Measure = Callable[[Any, Trace], float]


def recorded_measures(*names: str, **paths: str) -> dict[str, Measure]:
    """Return measures that each read a number of the trace: `names` under their own name, `paths`
    at a path; NaN where the trace lacks the quantity."""
    found = {name: name for name in names} | paths
    return {name: partial(_at, path) for name, path in found.items()}


def _at(path: str, settings: object, trace: Trace) -> float:
    return float(trace[path]) if split_path(path)[0] in trace else float("nan")
