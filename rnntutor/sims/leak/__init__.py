"""A leaky average: a state that keeps a fixed share of itself at each step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.sims.base import Simulation, knob, knobs
from rnntutor.sims.common.settings_from import made


@dataclass(frozen=True)
class LeakSettings:
    """keep: the share of the old state that stays. T: number of steps."""

    keep: float = knob(0.8, "float", low=0, high=1, step=0.1, symbol="k")
    T: int = knob(8, "int", low=1, high=30, symbol="T", decimals=0)


def make(given: Mapping[str, object]) -> LeakSettings:
    """Settings from (name, value) pairs. Raises SettingError."""
    return made(LeakSettings, given)


def step(h: float, x: float, keep: float) -> float:
    """h = k h_prev + (1 - k) x."""
    return keep * h + (1 - keep) * x


def trace(settings: LeakSettings) -> Trace:
    """x (T,1) is 1 at the first step and 0 after it; h (T+1,1), from 0."""
    x = np.eye(settings.T)[0]
    h = [0.0]
    for value in x:
        h.append(step(h[-1], float(value), settings.keep))
    return Trace("leak", settings.T, {"x": x[:, None], "h": np.array(h)[:, None]})


def source(settings: LeakSettings, phase: str) -> tuple[Callable[..., Any], ...]:
    """The function that computes a step."""
    return (step,)


SIMULATION = Simulation(
    name="leak",
    settings=LeakSettings,
    make=make,
    trace=trace,
    views=lambda settings: ("leak",),
    phases=lambda settings: ("leak",),
    source=source,
    alone=frozenset(knobs(LeakSettings)),
)
