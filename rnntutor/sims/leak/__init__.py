"""A leaky average: a state that keeps a fixed share of itself at each step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.sims.base import Simulation, knob, knobs
from rnntutor.sims.common.settings_from import build_settings


@dataclass(frozen=True)
class LeakSettings:
    """Settings.

    Attributes:
        keep: share of the old state that stays.
        T: number of steps.
    """

    keep: float = knob(0.8, "float", low=0, high=1, step=0.1, symbol="k")
    T: int = knob(8, "int", low=1, high=30, symbol="T", decimals=0)


def make(given: Mapping[str, object]) -> LeakSettings:
    """Return the settings of (name, value) pairs.

    Raises:
        SettingError: a setting does not exist or cannot have that value.
    """
    return build_settings(LeakSettings, given)


def step(h: float, x: float, keep: float) -> float:
    """Return h = k h_prev + (1 - k) x."""
    return keep * h + (1 - keep) * x


def trace(settings: LeakSettings) -> Trace:
    """Return the run: x (T, 1), which is 1 at the first step and then 0, and h (T+1, 1), from 0."""
    x = np.eye(settings.T)[0]
    h = [0.0]
    for value in x:
        h.append(step(h[-1], float(value), settings.keep))
    arrays = {"x": x[:, None], "h": np.array(h)[:, None]}
    return Trace("", settings.T, arrays, title=("leak",))


def source(settings: LeakSettings, phase: str) -> tuple[Callable[..., Any], ...]:
    """Return the function that computes a step."""
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
