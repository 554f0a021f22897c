"""Evaluate the quantity of a condition at a cursor of a run."""

from __future__ import annotations

from collections.abc import Mapping

from rnntutor.nn.trace import PathError, Trace, split_path
from rnntutor.render.views.view_context import Cursor


def value_of(
    path: str,
    *,
    trace: Trace,
    at: Cursor,
    phases: int,
    measures: Mapping[str, float],
    settings: Mapping[str, object],
) -> object:
    """Return the value that `path` names, or None while it is unknown at the cursor.

    Args:
        path: a transport position ("t", "phase"), a setting, a measure of the whole run (known at
            its end) or an entry of the trace (known once its step is complete).
        trace: the run.
        at: the cursor.
        phases: number of phases of a time step.
        measures: measures of the run, by name.
        settings: settings of the run, by name.
    """
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
        name, indices = split_path(path)
        if (
            name in trace.arrays
            and indices
            and Cursor(trace.computed_step(indices[0]), phases) > at
        ):
            return None
        return trace[path]
    except PathError:
        return None
