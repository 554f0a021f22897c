"""Why something else came out than was predicted: one reason is chosen before going on."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.course.sim_spec import Because, PredictChoice, SimSpec
from rnntutor.session import outcome, predicting
from rnntutor.session.stage import Stage


def reasons(stage: Stage | None) -> tuple[Because, ...]:
    """The reasons to choose from while one is asked for; none at any other time. They are asked
    once the run has shown that the prediction was wrong."""
    if stage is None or chosen(stage) is not None:
        return ()
    verdict = outcome.verdict(stage)
    return every(stage) if verdict is not None and not verdict.right else ()


def every(stage: Stage) -> tuple[Because, ...]:
    """The reasons that the lesson gives to choose from, asked for now or not."""
    spec = stage.prediction.spec if stage.prediction is not None else None
    return spec.because if isinstance(spec, PredictChoice) else ()


def choose(stage: Stage, place: int) -> Stage:
    """The stage with the reason at that place (from 0) chosen; unchanged where none is asked for
    or there is no such reason."""
    if not 0 <= place < len(reasons(stage)):
        return stage
    assert stage.prediction is not None
    return replace(stage, prediction=replace(stage.prediction, because=place))


def follows(spec: SimSpec) -> bool:
    """Whether a missed prediction of this stage is followed by reasons."""
    return isinstance(spec.predict, PredictChoice) and bool(spec.predict.because)


def back_to(stage: Stage, given: int) -> Stage:
    """A stage just opened, with the option that was predicted here before (its place from 0), as
    far into its run as the reasons are asked for. A training is to be run again before that."""
    spec = stage.spec.predict
    if not isinstance(spec, PredictChoice) or not 0 <= given < len(spec.options):
        return stage
    stage = predicting.predict(stage, given)
    places = range(stage.transport.position, stage.transport.last + 1)
    if stage.training is None:
        runs = (replace(stage, transport=stage.transport.to(place)) for place in places)
        stage = next((run for run in runs if reasons(run)), stage)
    return replace(stage, acted=False)


def chosen(stage: Stage) -> Because | None:
    """The reason that was chosen."""
    prediction = stage.prediction
    if prediction is None or prediction.because is None:
        return None
    return every(stage)[prediction.because]


def is_told(stage: Stage | None) -> bool:
    """Whether it is being told what is right or wrong with the reason that was chosen."""
    if stage is None or chosen(stage) is None:
        return False
    return stage.prediction is not None and not stage.prediction.because_read


def read(stage: Stage) -> Stage:
    """The stage once that has been read."""
    if stage.prediction is None or not is_told(stage):
        return stage
    return replace(stage, prediction=replace(stage.prediction, because_read=True))
