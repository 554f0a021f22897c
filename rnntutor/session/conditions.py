"""The quantities of conditions: their values on a stage and at a cursor of a run."""

from __future__ import annotations

from collections.abc import Mapping

from rnntutor.course.sim_spec import Condition
from rnntutor.nn.trace import PathError, Trace, split_path
from rnntutor.render.views.view_context import Cursor
from rnntutor.session.stage import Stage, knob_value


def current_value(stage: Stage, condition: Condition) -> object:
    """Return the value of a condition's quantity at the cursor; None while it is unknown."""
    return value_at(stage, condition.of, stage.cursor)


def value_at(stage: Stage, path: str, at: Cursor) -> object:
    """Return a metric of the training run or another value of the run.

    Args:
        stage: the stage.
        path: its name in the conditions of lessons ("c[4][0]").
        at: the cursor; the value is None if it is not known there.
    """
    settings = {name: knob_value(stage, name) for name in stage.spec.controls} | dict(stage.given)
    report = last_report(stage)
    if path in report:
        return report[path]
    return value_of(
        path,
        trace=stage.trace,
        at=at,
        phases=stage.transport.phases,
        measures=stage.measures,
        settings=settings,
    )


def last_report(stage: Stage) -> Mapping[str, float]:
    """Return the last report of the training: "updates", "loss" and its metrics."""
    if stage.training is None:
        return {}
    last = stage.training.history.last
    if last is None:
        return {"updates": 0.0}
    return {**last.metrics, "loss": last.loss, "updates": float(last.step)}


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
