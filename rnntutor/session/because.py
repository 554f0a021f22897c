"""Reasons for a missed prediction: the learner chooses one before going on."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.course.sim_spec import Because, PredictChoice, SimSpec
from rnntutor.session import outcome, predicting
from rnntutor.session.stage import Stage


def reasons(stage: Stage | None) -> tuple[Because, ...]:
    """Return the reasons to choose from, or none if no choice is due.

    The choice is due once the run has shown the prediction to be wrong, until a reason is chosen.
    """
    if stage is None or chosen_reason(stage) is not None:
        return ()
    verdict = outcome.verdict(stage)
    return every(stage) if verdict is not None and not verdict.right else ()


def every(stage: Stage) -> tuple[Because, ...]:
    """Return all reasons that the lesson offers, whether or not a choice is due."""
    spec = stage.prediction.spec if stage.prediction is not None else None
    return spec.because if isinstance(spec, PredictChoice) else ()


def choose(stage: Stage, index: int) -> Stage:
    """Return the stage with a reason chosen; unchanged if no choice is due or the index is invalid.

    Args:
        index: index of the reason, from 0.
    """
    if not 0 <= index < len(reasons(stage)):
        return stage
    assert stage.prediction is not None
    return replace(stage, prediction=replace(stage.prediction, because=index))


def follows(spec: SimSpec) -> bool:
    """Return whether a missed prediction of this stage leads to a choice of reasons."""
    return isinstance(spec.predict, PredictChoice) and bool(spec.predict.because)


def back_to(stage: Stage, given: int) -> Stage:
    """Return a newly opened stage, restored to where the reason for a missed prediction is chosen.

    The transport moves to the first position at which the reasons are due. A training run has to be
    repeated before that.

    Args:
        given: index of the option that was predicted in an earlier session, from 0.
    """
    spec = stage.spec.predict
    if not isinstance(spec, PredictChoice) or not 0 <= given < len(spec.options):
        return stage
    stage = predicting.predict(stage, given)
    positions = range(stage.transport.position, stage.transport.last + 1)
    if stage.training is None:
        runs = (replace(stage, transport=stage.transport.to(position)) for position in positions)
        stage = next((run for run in runs if reasons(run)), stage)
    return replace(stage, acted=False)


def chosen_reason(stage: Stage) -> Because | None:
    """Return the chosen reason, or None."""
    prediction = stage.prediction
    if prediction is None or prediction.because is None:
        return None
    return every(stage)[prediction.because]


def is_told(stage: Stage | None) -> bool:
    """Return whether the feedback on the chosen reason is shown and not yet read."""
    if stage is None or chosen_reason(stage) is None:
        return False
    return stage.prediction is not None and not stage.prediction.because_read


def read(stage: Stage) -> Stage:
    """Return the stage with the feedback on the chosen reason marked as read."""
    if stage.prediction is None or not is_told(stage):
        return stage
    return replace(stage, prediction=replace(stage.prediction, because_read=True))
