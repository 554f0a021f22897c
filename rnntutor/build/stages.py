"""Simulations driven by a learner's function.

The engine's run supplies the function's arguments; a forward step then reads the states that it
returned itself. Quantities of the run that are found among the function's values are shown with
those values; all others are the engine's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from time import monotonic
from typing import Any

import numpy as np

from rnntutor import sims
from rnntutor.build.follow import PARTS, Followed, Stopped
from rnntutor.build.leaves import close
from rnntutor.build.pool import Pool
from rnntutor.build.process import Trouble
from rnntutor.build.runner import Kept
from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.sims.base import SettingError, Simulation

WALL = 5.0  # seconds on the clock for the whole run; processor time is bounded call by call
NOT_COMPUTED = frozenset({"x", "target", "wanted", "h_other", "diff", "marked"})


@dataclass(frozen=True)
class OwnTrace(Trace):
    """A run with the learner's values.

    Attributes:
        exercise: name of the exercise.
        own: names of the quantities with the learner's values.
        difference: largest difference between a returned value and the engine's.
        departs: the first quantity, with its step, that differs by more than rounding.
        trouble: why the function could not be used; all values are then the engine's.
    """

    exercise: str = ""
    own: frozenset[str] = frozenset()
    difference: float = 0.0
    departs: tuple[str, int] | None = None
    trouble: Trouble | None = None


class OwnStage:
    """The simulation of an exercise, driven by a learner's function in a process that must be
    ended."""

    def __init__(self, exercise: str, source: str) -> None:
        self.exercise = exercise
        self.sources: Mapping[str, str] = {exercise: source}
        self.part = PARTS[exercise]
        self.use, self.given = self.part.use, self.part.given
        self._kept = Kept(source, exercise)
        self.engine = sims.find(self.part.use)
        self._run = lru_cache(maxsize=4)(self._compute)

    @property
    def simulation(self) -> Simulation:
        """The exercise's simulation with the learner's values in its runs."""
        return replace(
            self.engine,
            make=self._make,
            trace=lambda settings: self._run(settings),
            command=f"build {self.exercise} --stage",
        )

    def begin(self, given: Mapping[str, object]) -> None:
        """Start the process and compute the run of these settings, which is then cached."""
        self._run(self._make(given))

    def end(self) -> None:
        """End the process."""
        self._kept.end()

    def _make(self, given: Mapping[str, object]) -> Any:
        """Return the settings.

        Raises:
            SettingError: the function cannot serve a setting.
        """
        for name, value in given.items():
            if name.startswith("clamp_") and value not in (None, ""):
                raise SettingError("setting.own_clamp", name=name)
            if name in self.given and value != self.given[name]:
                fixed = self.given[name]
                raise SettingError("setting.own", name=name, value=fixed, exercise=self.exercise)
        return self.engine.make({**given, **self.given})

    def _compute(self, settings: Any) -> OwnTrace:
        engine = self.engine.trace(settings)
        until = monotonic() + WALL
        try:
            followed = self.part.follow(
                self.exercise, engine, lambda given: self._kept.call(given, until - monotonic())
            )
        except Stopped as stopped:
            return replace(_as_own(engine, self.exercise), trouble=stopped.trouble)
        return laid_over(engine, self.exercise, followed)


def _as_own(engine: Trace, exercise: str) -> OwnTrace:
    return OwnTrace(**vars(engine), exercise=exercise)


def _find_quantity(pools: Sequence[Pool | None], values: Array) -> Array | None:
    """Return a quantity over time from the function's values, or None unless every call computed
    it."""
    rows: list[Array] = []
    for pool, value in zip(pools, values, strict=True):
        row = value if pool is None else pool.find(np.asarray(value))
        if row is None:
            return None
        rows.append(np.asarray(row))
    return np.array(rows)


def laid_over(engine: Trace, exercise: str, followed: Followed) -> OwnTrace:
    """Return the engine's run with the function's values where it computed them."""
    arrays, fixed = dict(engine.arrays), dict(engine.fixed)
    own: set[str] = set()
    differences: list[tuple[int, str, float, bool]] = []
    for name, rows in followed.arrays.items():
        there = np.array(engine.arrays[name], np.float64)
        right = there[-len(rows) :]
        for t, (row, wanted) in enumerate(zip(rows, right, strict=True), 1):
            differences.append((t, name, float(np.abs(row - wanted).max()), close(row, wanted)))
        arrays[name] = np.concatenate([there[: -len(rows)], np.array(rows)])
        own.add(name)
    for name, value in followed.fixed.items():
        wanted = np.asarray(engine.fixed[name])
        value = value.reshape(wanted.shape)  # a matrix of one entry is a number in some runs
        differences.append((0, name, float(np.abs(value - wanted).max()), close(value, wanted)))
        fixed[name] = value
        own.add(name)
    for name, values in engine.arrays.items():
        if name in own or name in (NOT_COMPUTED | engine.from_start | followed.given):
            continue
        found = _find_quantity(followed.pools, np.asarray(values))
        if found is not None:
            arrays[name] = found
            own.add(name)
    differing = [(t, name) for t, name, _, same in sorted(differences) if not same]
    return replace(
        _as_own(engine, exercise),
        arrays=arrays,
        fixed=fixed,
        own=frozenset(own),
        difference=max((off for _, _, off, _ in differences), default=0.0),
        departs=(differing[0][1], differing[0][0]) if differing else None,
    )
