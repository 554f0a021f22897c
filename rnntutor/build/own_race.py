"""Trains a learner's cell beside the engine's, from the same weights and on the same data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any

import numpy as np

from rnntutor.build.follow import Stopped
from rnntutor.build.own_net import OwnCell, OwnNet
from rnntutor.build.process import Trouble
from rnntutor.nn.models import SequenceToVector
from rnntutor.nn.trace import Trace
from rnntutor.nn.training import Update
from rnntutor.sims import race
from rnntutor.sims.base import SettingError, Simulation
from rnntutor.sims.common import fit as _fit
from rnntutor.sims.common import tasks
from rnntutor.sims.race import RaceSettings, Standing
from rnntutor.subjects.training import LearningCurve, Racer

MINE = "mine"
_CURVE = LearningCurve(
    metric=f"loss_{MINE}",
    key=f"race.{MINE}",
    role="accent",
    mark=MINE[0].upper(),
    solved=f"solved_{MINE}",
)
BATCH = 8  # sequences: the functions take one after the other
STEPS = 10
REPORT = 0.15  # seconds of training from one report to the next
PAIRS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "rnn": (("rnn_step", "rnn_forward"), "rnn_backward"),
    "lstm": (("lstm_step",), "lstm_backward"),
}
"""Of each cell that can be trained: the functions that go forward, one of which is needed, and the
one that goes back. Of a GRU there is no exercise that goes back."""


def partners(exercise: str) -> tuple[str, ...]:
    """Return the exercises of which one is needed as well to train a cell; empty if the exercise
    belongs to no trainable cell."""
    for forward, backward in PAIRS.values():
        if exercise in forward:
            return (backward,)
        if exercise == backward:
            return forward
    return ()


class OwnRace:
    """The race of a learner's cell against the engine's.

    Each training run has a process, which must be ended. `trouble` tells why the learner's cell has
    dropped out.

    Args:
        sources: name -> source of the forward and the backward function.
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.kind = next(kind for kind, (_, back) in PAIRS.items() if back in sources)
        forward, self._backward = PAIRS[self.kind]
        self._forward = next(name for name in forward if name in sources)
        self.use = "race"
        self.given: Mapping[str, object] = {"cell": self.kind}
        names = (self._forward, self._backward)
        self.sources: Mapping[str, str] = {name: sources[name] for name in names}
        self.trouble: Trouble | None = None
        self._cell: OwnCell | None = None

    @property
    def simulation(self) -> Simulation:
        """The race as a simulation with two cells."""
        return Simulation(
            name="own-race",
            settings=RaceSettings,
            make=self._make,
            trace=self._untrained_probe,
            views=lambda settings: ("curves", "table", f"probe:{self.kind}"),
            phases=race.SIMULATION.phases,
            updates=self._updates,
            command=f"build {self._forward} --race",
        )

    @property
    def ended(self) -> bool:
        """Whether no training run is in progress."""
        return self._cell is None or self._cell.stop.is_set()

    def end(self) -> None:
        """End the current training run."""
        if self._cell is not None:
            self._cell.end()

    def _make(self, given: Mapping[str, object]) -> RaceSettings:
        if given.get("cell", self.kind) != self.kind:
            name = self._forward
            raise SettingError("setting.own", name="cell", value=self.kind, exercise=name)
        return race.make({"T": STEPS, **given, **self.given})

    def _fits(self, settings: RaceSettings, own: OwnCell) -> dict[str, _fit.Fit]:
        def with_own(model: SequenceToVector) -> SequenceToVector:
            return OwnNet(model, own)

        return {
            self.kind: race.fit(settings, self.kind, batch=BATCH),
            MINE: race.fit(settings, self.kind, batch=BATCH, of=with_own),
        }

    def _updates(self, settings: RaceSettings) -> Iterator[Update]:
        """Yield a report after each batch of updates: as many as the learner's cell makes in REPORT
        seconds.

        A cell that has solved the task stops, and so does the learner's cell after an error, which
        `trouble` then holds.
        """
        self.end()
        self.trouble = None
        self._cell = own = OwnCell(self.kind, self._forward, self._backward, self.sources)
        task, fits = tasks.TASKS[settings.task], self._fits(settings, own)
        seconds, solved = dict.fromkeys(fits, 0.0), dict[str, float]()
        racing, done = set(fits), 0
        try:
            while racing and done < race.MOST:
                until = monotonic() + REPORT
                while racing and done < race.MOST:
                    done += 1
                    for name in sorted(racing):
                        start = monotonic()
                        self._one(fits[name], own)
                        seconds[name] += monotonic() - start
                        if fits[name].below(task.solved):
                            solved[name] = float(done)
                        out = name == MINE and (self.trouble is not None or own.stop.is_set())
                        if name in solved or not fits[name].finite or out:
                            racing.discard(name)
                    if monotonic() >= until:
                        break
                yield self._report(settings, fits, done, seconds, solved)
        finally:
            own.end()

    def _one(self, fit: _fit.Fit, own: OwnCell) -> None:
        try:
            fit.update()
        except Stopped as stopped:
            if own is self._cell and not own.stop.is_set():
                self.trouble = stopped.trouble

    def _report(
        self,
        settings: RaceSettings,
        fits: Mapping[str, _fit.Fit],
        done: int,
        seconds: Mapping[str, float],
        solved: Mapping[str, float],
    ) -> Update:
        metrics = {f"seconds_{name}": value for name, value in seconds.items()}
        metrics |= {f"solved_{name}": value for name, value in solved.items()}
        metrics |= {f"loss_{name}": one.lately for name, one in fits.items() if one.updates}
        losses = [one.lately for one in fits.values() if one.updates and one.finite]
        loss = float(np.mean(losses)) if losses else float("nan")
        standings = {name: race.standing(settings, one) for name, one in fits.items()}
        return Update(done, loss, metrics, look=partial(self._probe, standings))

    def _untrained_probe(self, settings: RaceSettings) -> Trace:
        standing = race.standing(settings, race.fit(settings, self.kind, batch=BATCH))
        return self._probe({self.kind: standing, MINE: standing}, settings)

    def _probe(self, standings: Mapping[str, Standing], settings: Any) -> Trace:
        """Return the probe of the engine's cell, with the losses and parameter counts of both."""
        run = race.probe_run({self.kind: standings[self.kind]}, settings)
        mine = {
            f"loss_{MINE}": np.array(standings[MINE].loss),
            f"parameters_{MINE}": run.fixed[f"parameters_{self.kind}"],
        }
        racers = (race.racer(self.kind), Racer(MINE, _CURVE, own=True))
        subject = race.of(tasks.TASKS[settings.task], racers, cells=(self.kind,))
        return replace(run, subject=subject, fixed={**run.fixed, **mine})
