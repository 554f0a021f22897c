"""A memory of two slots kept by hand, and a trained LSTM that reads the same tape."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells import equations, reference
from rnntutor.nn.trace import Trace
from rnntutor.sims.base import Knob, SettingError, Simulation, knob, knobs
from rnntutor.sims.be_the_cell import tape as _tape
from rnntutor.sims.be_the_cell.tape import ACTIONS, KEEP, MemorySlots, Tape
from rnntutor.sims.common import snapshot
from rnntutor.sims.common.read import choice, whole
from rnntutor.sims.common.settings_from import build_settings
from rnntutor.subjects.runs import SlotGame

TASKS = {"two": 2, "one": 1}  # how many marks there are
SHORTEST, LONGEST = 8, 40
WEIGHTS = "be_the_cell"
_ACTION = re.compile(r"action(?:@(t|\d+))?")


@dataclass(frozen=True)
class TapeSettings:
    """The settings of a game.

    Attributes:
        task: "two" for digits marked A or B, "one" for A only.
        T: number of steps.
        slots: number of the learner's slots.
        seed: seed of the tape.
        actions: (step, action) of the learner; at other steps the slots are kept.
    """

    task: str = knob("two", "choice", choices=tuple(TASKS))
    T: int = knob(16, "int", low=SHORTEST, high=LONGEST, symbol="T", decimals=0)
    slots: int = knob(2, "int", low=1, high=2, decimals=0)
    seed: int = knob(7, "int", low=0, high=9999, decimals=0)
    actions: tuple[tuple[int, str], ...] = ()

    @property
    def tape(self) -> Tape:
        """The tape, drawn from the seed."""
        return _tape.draw_tape(self.seed, self.T, TASKS[self.task])

    @property
    def choices(self) -> tuple[str, ...]:
        """The actions possible at a step."""
        return ACTIONS[: 1 + self.slots]


def make(given: Mapping[str, object]) -> TapeSettings:
    """Return settings from (name, value) pairs, including `action@4`.

    Raises:
        SettingError: a setting does not exist or cannot have that value.
    """
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
    return build_settings(TapeSettings, plain, actions=tuple(sorted(actions.items())))


def action_knob(settings: TapeSettings, name: str) -> Knob:
    """Return the knob of a setting; "action@t" is the action at the cursor's step."""
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
    """Return the value of a setting (names as for `action_knob`, with a number for `t`)."""
    match = _ACTION.fullmatch(name)
    if match is None:
        return getattr(settings, name)
    return _done(settings, int(match[1])) if match[1] not in (None, "t") else KEEP


def _done(settings: TapeSettings, t: int) -> str:
    """Return the learner's action at step t; an action for a missing slot counts as keeping."""
    action = dict(settings.actions).get(t, KEEP)
    return action if action in settings.choices else KEEP


def trace(settings: TapeSettings) -> Trace:
    """Return the LSTM's run over the tape together with the learner's.

    mark and digit (T,): the tape, digit -1 for a question; truth (T,): the right answer, -1 where
    nothing is asked; action (T,): 0 to keep, 1 or 2 to write to that slot; slot_mark and slot_digit
    (T,2): contents of the slots after the step, -1 for empty; answer and lstm_answer (T,): -1 for
    none.
    """
    tape = settings.tape
    weights = snapshot.parameters(WEIGHTS, "lstm")
    start = np.zeros(len(weights["b_f"]))
    labels = tuple(map(str, tape))
    run = reference.trace("lstm", weights, _tape.encode(tape), start, start, labels=labels)
    asked = np.array([sign.asks for sign in tape])
    arrays: dict[str, Array] = dict(run.arrays)
    arrays |= {
        "mark": np.array([float(sign.mark) for sign in tape]),
        "digit": np.array([float(sign.digit) for sign in tape]),
        "truth": np.array(_tape.truth(tape), np.float64),
        "lstm_answer": np.where(asked, arrays["y"].argmax(axis=1), -1.0),
        **_play(settings, tape),
    }
    return replace(run, subject=SlotGame(), arrays=arrays)


def _play(settings: TapeSettings, tape: Tape) -> dict[str, Array]:
    """Return contents and answers of the learner's slots, step by step."""
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
    """Return the share of questions that the learner's slots answer correctly."""
    return _right(trace, "answer")


def lstm_score(settings: TapeSettings, trace: Trace) -> float:
    """Return the share of questions that the LSTM answers correctly."""
    return _right(trace, "lstm_answer")


def _right(trace: Trace, who: str) -> float:
    truth = trace.arrays["truth"]
    asked = truth >= 0
    return float((trace.arrays[who] == truth)[asked].mean())


def source(settings: TapeSettings, phase: str) -> tuple[Callable[..., Any], ...]:
    """Return the functions of a phase: the learner's part, then the LSTM's."""
    found: dict[str, tuple[Callable[..., Any], ...]] = {
        "read": (_tape.encode, equations.lstm_gates, equations.lstm_candidate),
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
