"""Make, skip and judge predictions; every function that does so returns the next stage."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.course.blocks import Inline
from rnntutor.course.expression import parse_number
from rnntutor.course.sim_spec import KnownMistake, PredictChoice, PredictNumber
from rnntutor.nn.trace import PathError
from rnntutor.session import outcome
from rnntutor.session import stage as stages
from rnntutor.session.outcome import with_ticks
from rnntutor.session.settling import settled_at
from rnntutor.session.stage import MADE, RIGHT, SKIPPED, WRONG, Prediction, Stage


def predict(stage: Stage, given: str | int) -> Stage:
    """Set the learner's prediction.

    Text that is not a number changes nothing, and the screen asks again. A prediction refers to the
    lesson's own run, so knobs turned earlier are reset.

    Args:
        given: the typed number, or the index of the option, from 0.
    """
    if stage.prediction is None or not stage.prediction.open:
        return stage
    spec = stage.prediction.spec
    if isinstance(spec, PredictChoice):
        assert isinstance(given, int)
        return _predict_choice(_reset_to_start(stage), spec, given)
    number = parse_number(str(given))
    return (
        stage
        if number is None
        else _predict_number(_reset_to_start(stage), spec, str(given), number)
    )


def _reset_to_start(stage: Stage) -> Stage:
    own = stage.simulation.make(dict(stage.spec.settings))
    return stage if stages.same_run(stage, own) else stages.reset(stage)


def _predict_choice(stage: Stage, spec: PredictChoice, given: int) -> Stage:
    """Set a predicted option.

    It is judged at once, though the verdict is shown later. A prediction about a training run is
    judged when the run has finished.
    """
    state, key = MADE, None
    if stage.training is None:
        key = outcome.came_true(stage, spec)
        state = RIGHT if given == key else WRONG
    made = Prediction(spec, state, given, key, settings=stage.settings)
    return replace(stage, prediction=made, acted=True)


def _predict_number(stage: Stage, spec: PredictNumber, given: str, number: float) -> Stage:
    key = asked_value(stage, spec.ask)
    state = RIGHT if abs(number - key) <= spec.atol else WRONG
    feedback: Inline = ()
    if state == WRONG:
        close = [
            (abs(number - slip), wrong.say)
            for wrong in spec.wrong
            if (slip := slip_value(stage, spec.ask, wrong)) is not None
            and abs(number - slip) <= spec.atol
        ]
        feedback = min(close, default=(0.0, ()), key=lambda pair: pair[0])[1]
    asked = Prediction(spec, state, given, key, feedback, stage.settings)
    revealed = replace(stage, prediction=asked, acted=True)
    # The answer is shown at once, so the run moves to the phase that computes it, and no further.
    known = settled_at(spec.ask, stage.trace, stage.phases)
    position = max(0, known.t - 1) * stage.transport.phases + known.phase
    position = max(stage.transport.position, position)
    return with_ticks(replace(revealed, transport=stage.transport.to(position)))


def asked_value(stage: Stage, ask: str) -> float:
    """Return the value that a prediction asks for: a measure, or an entry of the trace."""
    return stage.measures[ask] if ask in stage.measures else float(stage.trace[ask])


def slip_value(stage: Stage, ask: str, wrong: KnownMistake) -> float | None:
    """Return the value that a known mistake leads to, or None if it has none here."""
    try:
        if wrong.of:
            return float(stage.trace[wrong.of])
        slip = stage.simulation.misconceptions[wrong.slip]
        return float(slip(stage.settings, stage.trace, ask))
    except (KeyError, PathError):
        return None


def skip(stage: Stage) -> Stage:
    """Skip the prediction, so that the run may start."""
    if stage.prediction is None or not stage.prediction.open:
        return stage
    return replace(stage, prediction=replace(stage.prediction, state=SKIPPED))
