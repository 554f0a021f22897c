"""A memory of two slots kept by hand, and a trained LSTM reading the same tape."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells import equations, reference
from rnntutor.nn.subject import SlotGame
from rnntutor.nn.trace import Trace
from rnntutor.sims.base import Knob, SettingError, Simulation, knob, knobs
from rnntutor.sims.be_the_cell import tape as _tape
from rnntutor.sims.be_the_cell.tape import ACTIONS, KEEP, MemorySlots, Tape
from rnntutor.sims.common import snapshot
from rnntutor.sims.common.read import choice, whole
from rnntutor.sims.common.settings_from import made

TASKS = {"two": 2, "one": 1}  # how many marks there are
SHORTEST, LONGEST = 8, 40
WEIGHTS = "be_the_cell"
_ACTION = re.compile(r"action(?:@(t|\d+))?")


@dataclass(frozen=True)
class TapeSettings:
    """task: "two", digits marked A or B, or "one", only A. T: steps. slots: of the learner.
    seed: of the tape. actions: (step, what the learner does there); elsewhere the slots are kept.
    """

    task: str = knob("two", "choice", choices=tuple(TASKS))
    T: int = knob(16, "int", low=SHORTEST, high=LONGEST, symbol="T", decimals=0)
    slots: int = knob(2, "int", low=1, high=2, decimals=0)
    seed: int = knob(7, "int", low=0, high=9999, decimals=0)
    actions: tuple[tuple[int, str], ...] = ()

    @property
    def tape(self) -> Tape:
        return _tape.drawn(self.seed, self.T, TASKS[self.task])

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be done at a step."""
        return ACTIONS[: 1 + self.slots]


def make(given: Mapping[str, object]) -> TapeSettings:
    """Settings from (name, value) pairs, `action@4` among them. Raises SettingError."""
    actions: dict[int, str] = {}
    plain: dict[str, object] = {}
    for name, value in given.items():
        match = _ACTION.fullmatch(name)
        if match is None:
            plain[name] = value
        elif match[1] is None or match[1] == "t":
            raise _unknown(name)
        elif value not in (None, ""):
            step = whole(name, match[1], 1, LONGEST)
            actions[step] = choice(name, value, ACTIONS)
    return made(TapeSettings, plain, actions=tuple(sorted(actions.items())))


def action_knob(settings: TapeSettings, name: str) -> Knob:
    """The knob of a setting; "action@t" is what is done at the cursor's step."""
    if _ACTION.fullmatch(name):
        return Knob("choice", choices=settings.choices)
    known = knobs(settings)
    if name not in known:
        raise _unknown(name)
    return known[name]


def _unknown(name: str) -> SettingError:
    choices = ", ".join((*knobs(TapeSettings), "action@1", "action@2", "…"))
    return SettingError("setting.unknown", name=name, choices=choices)


def value(settings: TapeSettings, name: str) -> object:
    """What a setting stands on (the name as for `action_knob`, a number for `t`)."""
    match = _ACTION.fullmatch(name)
    if match is None:
        return getattr(settings, name)
    return _done(settings, int(match[1])) if match[1] not in (None, "t") else KEEP


def _done(settings: TapeSettings, t: int) -> str:
    """What the learner does at step t; what these slots do not have is nothing."""
    action = dict(settings.actions).get(t, KEEP)
    return action if action in settings.choices else KEEP


def trace(settings: TapeSettings) -> Trace:
    """The LSTM's run over the tape, and beside it the learner's:
    mark and digit (T,) of each step, digit -1 where the mark is asked for; truth (T,), the digit
    asked for, -1 where none is; action (T,), 0 to keep, 1 or 2 to write there; slot_mark and
    slot_digit (T,2), what the slots hold after it, -1 where nothing; answer and lstm_answer (T,),
    -1 where there is none."""
    tape = settings.tape
    weights = snapshot.parameters(WEIGHTS, "lstm")
    start = np.zeros(len(weights["b_f"]))
    labels = tuple(map(str, tape))
    run = reference.trace("lstm", weights, _tape.coded(tape), start, start, labels=labels)
    asked = np.array([sign.asks for sign in tape])
    arrays: dict[str, Array] = dict(run.arrays)
    arrays |= {
        "mark": np.array([float(sign.mark) for sign in tape]),
        "digit": np.array([float(sign.digit) for sign in tape]),
        "truth": np.array(_tape.truth(tape), np.float64),
        "lstm_answer": np.where(asked, arrays["y"].argmax(axis=1), -1.0),
        **_played(settings, tape),
    }
    return replace(run, subject=SlotGame(), arrays=arrays)


def _played(settings: TapeSettings, tape: Tape) -> dict[str, Array]:
    """What the learner's slots hold and answer, step by step."""
    slots: MemorySlots = (None,) * settings.slots
    actions, marks, digits, answers = [], [], [], []
    for t, sign in enumerate(tape, 1):
        action = _done(settings, t)
        slots = _tape.act(slots, sign, t, action)
        actions.append(float(ACTIONS.index(action)))
        marks.append([float(slot[0].mark) if slot else -1.0 for slot in slots])
        digits.append([float(slot[0].digit) if slot else -1.0 for slot in slots])
        answers.append(float(_tape.answer(slots, sign.mark)) if sign.asks else -1.0)
    return {
        "action": np.array(actions),
        "slot_mark": np.array(marks),
        "slot_digit": np.array(digits),
        "answer": np.array(answers),
    }


def score(settings: TapeSettings, trace: Trace) -> float:
    """The share of the questions that the learner's slots answer right."""
    return _right(trace, "answer")


def lstm_score(settings: TapeSettings, trace: Trace) -> float:
    """The share of the questions that the LSTM answers right."""
    return _right(trace, "lstm_answer")


def _right(trace: Trace, who: str) -> float:
    truth = trace.arrays["truth"]
    asked = truth >= 0
    return float((trace.arrays[who] == truth)[asked].mean())


def source(settings: TapeSettings, phase: str) -> tuple[Callable[..., Any], ...]:
    """What runs in a phase: the learner's part, then the LSTM's."""
    found: dict[str, tuple[Callable[..., Any], ...]] = {
        "read": (_tape.coded, equations.lstm_gates, equations.lstm_candidate),
        "act": (_tape.act, equations.lstm_memory),
        "answer": (_tape.answer, equations.lstm_output, equations.head),
    }
    return found[phase]


SIMULATION = Simulation(
    name="be-the-cell",
    settings=TapeSettings,
    make=make,
    trace=trace,
    knob=action_knob,
    value=value,
    views=lambda settings: ("tape", "lstm"),
    phases=lambda settings: ("read", "act", "answer"),
    measures={"score": score, "lstm_score": lstm_score},
    source=source,
    extra_knobs=("action@t",),
)
