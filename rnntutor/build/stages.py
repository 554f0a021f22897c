"""A learner's function on the stage: what it computes takes the place of what the engine does.

The engine's run gives the function what it reads; a step of a cell then reads the states that it
has returned itself. Every quantity of the run that stands among the values of the function is shown
as it stands there; what it does not compute is the engine's.
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
    """A run that is the learner's. exercise: the function's name. own: the quantities that are its
    values. difference: the largest between what it returned and what the engine has there; departs:
    the first of these, and its step, that differs by more than rounding. trouble: why there is no
    such run; the values are the engine's then."""

    exercise: str = ""
    own: frozenset[str] = frozenset()
    difference: float = 0.0
    departs: tuple[str, int] | None = None
    trouble: Trouble | None = None


class OwnStage:
    """The stage of an exercise, driven by a learner's function. It has a process, to be ended."""

    def __init__(self, exercise: str, source: str) -> None:
        self.exercise = exercise
        self.sources: Mapping[str, str] = {exercise: source}
        self.part = PARTS[exercise]
        self.use, self.given = self.part.use, self.part.given
        self._kept = Kept(source, exercise)
        self.engine = sims.find(self.part.use)
        self._run = lru_cache(maxsize=4)(self._computed)

    @property
    def simulation(self) -> Simulation:
        """The part's simulation with the learner's values in its runs."""
        return replace(
            self.engine,
            make=self._make,
            trace=lambda settings: self._run(settings),
            command=f"build {self.exercise} --stage",
        )

    def begin(self, given: Mapping[str, object]) -> None:
        """Start the process and make the run of these settings, which is then at hand."""
        self._run(self._make(given))

    def end(self) -> None:
        """End the process."""
        self._kept.end()

    def _make(self, given: Mapping[str, object]) -> Any:
        """The settings; those that the function cannot serve are refused. Raises SettingError."""
        for name, value in given.items():
            if name.startswith("clamp_") and value not in (None, ""):
                raise SettingError("setting.own_clamp", name=name)
            if name in self.given and value != self.given[name]:
                fixed = self.given[name]
                raise SettingError("setting.own", name=name, value=fixed, exercise=self.exercise)
        return self.engine.make({**given, **self.given})

    def _computed(self, settings: Any) -> OwnTrace:
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


def _found(pools: Sequence[Pool | None], values: Array) -> Array | None:
    """A quantity over time as the function has it; None unless it has it in every call."""
    rows: list[Array] = []
    for pool, value in zip(pools, values, strict=True):
        row = value if pool is None else pool.find(np.asarray(value))
        if row is None:
            return None
        rows.append(np.asarray(row))
    return np.array(rows)


def laid_over(engine: Trace, exercise: str, followed: Followed) -> OwnTrace:
    """The engine's run with the values that the function has in place of the engine's."""
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
        found = _found(followed.pools, np.asarray(values))
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
