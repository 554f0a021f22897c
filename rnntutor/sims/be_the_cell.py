"""A memory of two slots kept by hand, and a trained LSTM reading the same tape."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnntutor.nn import equations
from rnntutor.nn.plain import trace_lstm
from rnntutor.nn.trace import Array, Trace
from rnntutor.sims import _snapshot, _tape
from rnntutor.sims import base
from rnntutor.sims._made import made
from rnntutor.sims._read import choice, whole
from rnntutor.sims._tape import ACTIONS, KEEP, Sign, Tape
from rnntutor.sims.base import Knob, SettingError, Simulation, knob

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
            raise SettingError("setting.unknown", name=name, choices="action@1, action@2, …")
        elif value not in (None, ""):
            step = whole(name, match[1], 1, LONGEST)
            actions[step] = choice(name, value, ACTIONS)
    return made(TapeSettings, plain, actions=tuple(sorted(actions.items())))


def action_knob(settings: TapeSettings, name: str) -> Knob:
    """The knob of a setting; "action@t" is what is done at the cursor's step."""
    if _ACTION.fullmatch(name):
        return Knob("choice", choices=settings.choices)
    return base._field(settings, name)


def value(settings: TapeSettings, name: str) -> object:
    """What a setting stands on; an action that these slots do not have is none."""
    match = _ACTION.fullmatch(name)
    if match is None:
        return getattr(settings, name)
    done = dict(settings.actions).get(int(match[1]) if (match[1] or "t") != "t" else 0, KEEP)
    return done if done in settings.choices else KEEP


def trace(settings: TapeSettings) -> Trace:
    """The LSTM's run over the tape, and beside it the learner's:
    mark and digit (T,) of each step, digit -1 where the mark is asked for; truth (T,), the digit
    asked for, -1 where none is; action (T,), 0 to keep, 1 or 2 to write there; slot_mark and
    slot_digit (T,2), what the slots hold after it, -1 where nothing; answer and lstm_answer (T,),
    -1 where there is none."""
    tape = settings.tape
    weights = _snapshot.parameters(WEIGHTS, "lstm")
    start = np.zeros(len(weights["b_f"]))
    labels = tuple(map(str, tape))
    run = trace_lstm(weights, _tape.coded(tape), start, start, labels=labels)
    asked = np.array([sign.asks for sign in tape])
    arrays: dict[str, Array] = dict(run.arrays)
    arrays["p"] = _probabilities(arrays["y"])
    arrays |= {
        "mark": np.array([float(sign.mark) for sign in tape]),
        "digit": np.array([float(sign.digit) for sign in tape]),
        "truth": np.array(_tape.truth(tape), np.float64),
        "lstm_answer": np.where(asked, arrays["y"].argmax(axis=1), -1.0),
        **_played(settings, tape),
    }
    return Trace(run.kind, run.steps, arrays, run.fixed, run.labels)
