"""The acts of a step with a simulation, shown one after the other.

READ the text, PREDICT the outcome, choose the reason of a missed prediction (BECAUSE), DO the task,
read the outcome (TOLD).
"""

from __future__ import annotations

from rnntutor.session import because, outcome
from rnntutor.session.stage import Stage

READ, PREDICT, BECAUSE, DO, TOLD = "read", "predict", "because", "do", "told"


def act(stage: Stage | None, *, reading: bool) -> str:
    """Return the act that a step is in.

    A step returns from TOLD to DO when the settings change: its outcome belongs to one run only.

    Args:
        stage: the step's simulation; None if it has none, and then the act is READ.
        reading: whether the text is displayed instead of the simulation.
    """
    if stage is None or reading:
        return READ
    if not stage.ready:
        return PREDICT
    if because.reasons(stage) or because.is_told(stage):
        return BECAUSE
    return TOLD if is_told(stage) else DO


def is_told(stage: Stage) -> bool:
    """Return whether the run on the stage shows the outcome of all that the step asks for."""
    if stage.spec.do or stage.spec.goal:
        return outcome.told(stage)
    return outcome.verdict(stage) is not None


def complete(stage: Stage | None) -> bool:
    """Return whether every task of the step is done. A prediction may be skipped."""
    if stage is None:
        return True
    if stage.spec.goal:
        return stage.goal_met
    return stage.task_done or not stage.spec.do
