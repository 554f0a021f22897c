"""The introduction of one minute: a small cell and five actions to try on it, one after the other.

The actions are those of every lesson: predict, run, step back, turn a knob, answer a question. All
functions are pure: they take a state and an action and return the next state.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnntutor.course.blocks import Inline, Text
from rnntutor.course.sim_spec import Condition, PredictChoice, PredictOption, SimSpec
from rnntutor.session import predicting
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage
from rnntutor.words import Words

PREDICT, RUN, BACK, TURN_KNOB, ANSWER, OVER = "predict", "run", "back", "turn", "answer", "over"
STOPS = (PREDICT, RUN, BACK, TURN_KNOB, ANSWER)

KNOB = "U"
INPUTS = (1, 0, 0, 0, 0, 0)
ENOUGH = 0.8  # value of U to turn up to: the bars then visibly fall more slowly
SPEED = 2  # index of the run's speed: the whole run takes about five seconds
OPTIONS = 3  # number of options of the prediction and of the question
_WHEN = (
    Condition("h[2][0]", "between", (-0.05, 0.05)),
    Condition("h[2][0]", "between", (0.05, 0.7)),
    Condition("h[2][0]", "at_least", 0.76),
)  # the condition of each option of the prediction, in the order of the words
_RIGHT = 1  # index of the right answer to the question


@dataclass(frozen=True, slots=True)
class FirstMinute:
    """The learner's progress through the introduction.

    Attributes:
        index: of the action to be done: how many of the five have been.
        answer: index of the option chosen for the final question; None before.
    """

    index: int = 0
    answer: int | None = None

    @property
    def stop(self) -> str:
        """The action due now; OVER when all are done."""
        return STOPS[self.index] if self.index < len(STOPS) else OVER

    @property
    def right(self) -> bool:
        """Whether the question was answered right."""
        return self.answer == _RIGHT


def begin(words: Words) -> Stage:
    """Return the cell of the introduction, with the texts of the given language."""
    options = tuple(
        PredictOption(
            _text(words(f"first.predict.{n + 1}")), when, _text(words(f"first.because.{n + 1}"))
        )
        for n, when in enumerate(_WHEN)
    )
    settings = {"cell": "rnn", "units": 1, "x": INPUTS, "W": 1.0, KNOB: 0.5}
    spec = SimSpec(
        "cell",
        tuple(settings.items()),
        controls=(KNOB,),
        views=("strip",),
        cursor=1,
        predict=PredictChoice(options),
    )
    stage = stages.open_stage(spec)
    return replace(stage, transport=replace(stage.transport, speed=SPEED))


def translate(stage: Stage, words: Words) -> Stage:
    """Return the same stage with the texts of another language."""
    return stages.translate(stage, begin(words).spec)


def _text(said: str) -> Inline:
    return (Text(said),)


def predict(minute: FirstMinute, stage: Stage, option: int) -> tuple[FirstMinute, Stage]:
    """Return the state after a prediction.

    Args:
        option: index of the predicted option, from 0.
    """
    if minute.stop != PREDICT:
        return minute, stage
    return after_change(minute, stage, predicting.predict(stage, option))


def answer(minute: FirstMinute, option: int) -> FirstMinute:
    """Return the state after the answer to the final question."""
    if minute.stop != ANSWER:
        return minute
    return replace(minute, index=minute.index + 1, answer=option)


def after_change(minute: FirstMinute, old: Stage, new: Stage) -> tuple[FirstMinute, Stage]:
    """Return the state after any change of the stage, which may complete the current action.

    When the knob has been turned, the run jumps to its end to show the whole change.
    """
    if new.given != old.given:
        new = replace(new, transport=new.transport.end())
    if _done(minute.stop, old, new):
        minute = replace(minute, index=minute.index + 1)
    return minute, new


def _done(stop: str, old: Stage, new: Stage) -> bool:
    if stop == PREDICT:
        return new.ready
    if stop == RUN:
        return new.finished
    if stop == BACK:
        return new.transport.position < old.transport.position
    value = stages.knob_value(new, KNOB)
    return stop == TURN_KNOB and isinstance(value, float) and value >= ENOUGH - 1e-9
