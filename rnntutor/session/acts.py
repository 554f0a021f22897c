"""The acts of a step with a simulation: read, predict, after a missed prediction because, do, told.
Each has the screen in turn."""

from __future__ import annotations

from rnntutor.session import because, outcome
from rnntutor.session.stage import Stage

READ, PREDICT, BECAUSE, DO, TOLD = "read", "predict", "because", "do", "told"


def act(stage: Stage | None, *, reading: bool) -> str:
    """Which act a step is in. reading: whether the text has the screen; a step without a
    simulation has nothing else. What has come out is told in the run that it speaks of, and only
    there: under other settings there is something to do again."""
    if stage is None or reading:
        return READ
    if not stage.ready:
        return PREDICT
    if because.reasons(stage) or because.is_told(stage):
        return BECAUSE
    return TOLD if is_told(stage) else DO


def is_told(stage: Stage) -> bool:
    """Whether everything that the step asks for has come out in the run that is on the stage."""
    if stage.spec.do or stage.spec.goal:
        return outcome.told(stage)
    return outcome.verdict(stage) is not None


def complete(stage: Stage | None) -> bool:
    """Whether every task of the step is done. A prediction may be skipped."""
    if stage is None:
        return True
    if stage.spec.goal:
        return stage.goal_met
    return stage.task_done or not stage.spec.do
