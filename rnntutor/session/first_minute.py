"""The first minute: one small cell, and five things to do with it, each of which leads on.

What a newcomer does here is what every page of a lesson asks for: predict, run, look back, turn a
knob, answer. Pure: a state and what was done give the next state.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnntutor.course.blocks import Inline, Text
from rnntutor.course.sim_spec import Condition, PredictChoice, PredictOption, SimSpec
from rnntutor.session import predicting
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage
from rnntutor.words import Words

PREDICT, RUN, BACK, TURN, ANSWER, OVER = "predict", "run", "back", "turn", "answer", "over"
STOPS = (PREDICT, RUN, BACK, TURN, ANSWER)

KNOB = "U"
INPUTS = (1, 0, 0, 0, 0, 0)
ENOUGH = 0.8  # as far as U is turned up: the bars are seen to fall more slowly then
SPEED = 2  # of the run: the whole of it in about five seconds
OPTIONS = 3  # of the prediction and of the question
_WHEN = (
    Condition("h[2][0]", "between", (-0.05, 0.05)),
    Condition("h[2][0]", "between", (0.05, 0.7)),
    Condition("h[2][0]", "at_least", 0.76),
)  # what each option of the prediction says, in the order of the words
_RIGHT = 1  # the place of the right answer to the question


@dataclass(frozen=True, slots=True)
class FirstMinute:
    """place: how many of the five things are done. answer: the option that was chosen at the end,
    from 0; None before."""

    place: int = 0
    answer: int | None = None

    @property
    def stop(self) -> str:
        """What is to be done now; OVER when all is."""
        return STOPS[self.place] if self.place < len(STOPS) else OVER

    @property
    def right(self) -> bool:
        return self.answer == _RIGHT


def begin(words: Words) -> Stage:
    """The cell that everything is done with. Its words are those of the language."""
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


def translated(stage: Stage, words: Words) -> Stage:
    """The same stage with the words of another language."""
    return stages.translated(stage, begin(words).spec)


def _text(said: str) -> Inline:
    return (Text(said),)


def predicted(minute: FirstMinute, stage: Stage, option: int) -> tuple[FirstMinute, Stage]:
    """After a prediction; option: its place from 0."""
    if minute.stop != PREDICT:
        return minute, stage
    return acted(minute, stage, predicting.predict(stage, option))


def answered(minute: FirstMinute, option: int) -> FirstMinute:
    """After the answer to the question at the end."""
    if minute.stop != ANSWER:
        return minute
    return replace(minute, place=minute.place + 1, answer=option)


def acted(minute: FirstMinute, old: Stage, new: Stage) -> tuple[FirstMinute, Stage]:
    """After the stage has become another. What was asked for leads to the next stop. Once the knob
    is turned the run stands at its end, so that all of it is seen to change."""
    if new.given != old.given:
        new = replace(new, transport=new.transport.end())
    if _done(minute.stop, old, new):
        minute = replace(minute, place=minute.place + 1)
    return minute, new


def _done(stop: str, old: Stage, new: Stage) -> bool:
    if stop == PREDICT:
        return new.ready
    if stop == RUN:
        return new.finished
    if stop == BACK:
        return new.transport.position < old.transport.position
    value = stages.knob_value(new, KNOB)
    return stop == TURN and isinstance(value, float) and value >= ENOUGH - 1e-9
