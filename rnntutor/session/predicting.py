"""What the learner expects, and how it came out; every function returns the next stage."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.course.blocks import Condition, Inline, PredictChoice, PredictNumber
from rnntutor.course.expression import parse_number
from rnntutor.draw.frame import Moment
from rnntutor.nn.trace import PathError, split_path
from rnntutor.session.conditions import holds
from rnntutor.session.stage import RIGHT, SKIPPED, WRONG, Prediction, Stage, checked, value_at


def predict(stage: Stage, given: str | int) -> Stage:
    """The learner's prediction: a number as typed, or an option's place from 0.

    Text that is not a number changes nothing (the screen asks again).
    """
    if stage.prediction is None or not stage.prediction.open:
        return stage
    spec = stage.prediction.spec
    if isinstance(spec, PredictChoice):
        assert isinstance(given, int)
        return _predict_choice(stage, spec, given)
    number = parse_number(str(given))
    return stage if number is None else _predict_number(stage, spec, str(given), number)


def _predict_choice(stage: Stage, spec: PredictChoice, given: int) -> Stage:
    true = [n for n, (_, when) in enumerate(spec.options) if _at_end(stage, when)]
    key = true[0] if true else None
    state = RIGHT if given in true else WRONG
    return replace(stage, prediction=Prediction(spec, state, given, key), acted=True)


def _predict_number(stage: Stage, spec: PredictNumber, given: str, number: float) -> Stage:
    key = _asked_value(stage, spec.ask)
    state = RIGHT if abs(number - key) <= spec.atol else WRONG
    feedback: Inline = ()
    if state == WRONG:
        close = [
            (abs(number - slip), wrong.say)
            for wrong in spec.wrong
            if (slip := _slip(stage, spec.ask, wrong.slip, wrong.of)) is not None
            and abs(number - slip) <= spec.atol
        ]
        feedback = min(close, default=(0.0, ()), key=lambda pair: pair[0])[1]
    asked = Prediction(spec, state, given, key, feedback)
    revealed = replace(stage, prediction=asked, acted=True)
    # The answer is shown at once: the run goes to the end of the step that was asked about.
    name, places = split_path(spec.ask)
    over_time = bool(places) and name in stage.trace.arrays
    t = stage.trace.turned(places[0]) if over_time else stage.trace.steps
    place = max(stage.transport.place, t * stage.transport.phases)
    return checked(replace(revealed, transport=stage.transport.to(place)))


def _asked_value(stage: Stage, ask: str) -> float:
    """The value that a prediction asks for: a measure, or a place of the trace."""
    return stage.measures[ask] if ask in stage.measures else float(stage.trace[ask])


def _slip(stage: Stage, ask: str, slip: str, of: str) -> float | None:
    """The value that a known mistake gives; None where it has no value here."""
    try:
        if of:
            return float(stage.trace[of])
        return float(stage.simulation.slips[slip](stage.settings, stage.trace, ask))
    except (KeyError, PathError):
        return None


def skip(stage: Stage) -> Stage:
    """No prediction this time; the run is armed."""
    if stage.prediction is None or not stage.prediction.open:
        return stage
    return replace(stage, prediction=replace(stage.prediction, state=SKIPPED))


def _at_end(stage: Stage, condition: Condition) -> bool:
    end = Moment(stage.trace.steps, stage.transport.phases)
    return holds(condition, value_at(stage, condition.of, end))
