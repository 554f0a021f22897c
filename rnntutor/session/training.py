"""A stage that trains: its reports, and how it is run, paused, stepped and begun anew.

The generator itself runs elsewhere (on a thread, or in a loop of lines); here is only its state.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from rnntutor.nn.training import History, Update
from rnntutor.render.views.view_context import NOTHING
from rnntutor.session.transport import SPEEDS

FRAMES_PER_SECOND = 4.0  # at speed 1
FIRST = 5.0  # seconds that the first run of a training takes at least, so that it is seen


@dataclass(frozen=True, slots=True)
class Training:
    """running: whether reports are asked for. single: one report is asked for by hand. speed: an
    index into SPEEDS. until: after so many updates it pauses by itself, and up to then reports come
    as fast as they are computed; 0 for neither. done: the generator has ended. diverged: the last
    loss is infinite or NaN. generation: one more each time that the training is begun anew, by
    which a late report of the one before is recognised.
    reports: how many there are at the most, 0 where nobody knows. watched: whether it is run to be
    watched, a report at a time, as the first one is; later ones take no longer than they need."""

    history: History = NOTHING
    running: bool = False
    single: bool = False
    speed: int = 1
    until: int = 0
    done: bool = False
    diverged: bool = False
    generation: int = 0
    reports: int = 0
    watched: bool = True

    @property
    def updates(self) -> int:
        """How many updates have been made."""
        last = self.history.last
        return last.step if last is not None else 0

    @property
    def loss(self) -> float | None:
        """The loss of the last report; None before it, and where each cell has a loss of its own:
        their mean says nothing."""
        last = self.history.last
        if last is None or any(name.startswith("loss_") for name in last.metrics):
            return None
        return last.loss

    @property
    def wanted(self) -> bool:
        """Whether a report is to come."""
        return (self.running or self.single) and not self.done and not self.diverged

    @property
    def interval(self) -> float:
        """Seconds from one report to the next."""
        if self.until or (not self.watched and SPEEDS[self.speed] >= 1):
            return 0.0
        each = 1 / FRAMES_PER_SECOND
        return (min(each, FIRST / self.reports) if self.reports else each) / SPEEDS[self.speed]

    def toggle(self) -> Training:
        """Run or pause; a training run that has ended begins anew."""
        if self.done or self.diverged:
            return replace(self.anew(), running=True)
        return replace(self, running=not self.running, single=False, until=0)

    def to(self, updates: int) -> Training:
        """Run as fast as it can until so many updates have been made."""
        return replace(self, running=self.updates < updates, single=False, until=updates)

    def one(self) -> Training:
        """One report by hand."""
        single = not (self.done or self.diverged)
        return replace(self, running=False, single=single, until=0)

    def pause(self) -> Training:
        return replace(self, running=False, single=False, until=0)

    def anew(self) -> Training:
        """From the untrained net, at the same speed. What has been seen once to its end is not
        waited for again."""
        seen = self.done or self.diverged
        return Training(
            speed=self.speed,
            generation=self.generation + 1,
            reports=self.reports,
            watched=self.watched and not seen,
        )

    def hurried(self) -> Training:
        """To its end as fast as it can."""
        return replace(self, running=not (self.done or self.diverged), single=False, watched=False)

    def faster(self, count: int) -> Training:
        return replace(self, speed=max(0, min(self.speed + count, len(SPEEDS) - 1)))

    def reported(self, update: Update) -> Training:
        """With one more report. An infinite loss, or NaN, ends the training."""
        history = self.history.plus(update)
        if math.isfinite(update.loss):
            there = 0 < self.until <= update.step
            running, until = (False, 0) if there else (self.running, self.until)
            return replace(self, history=history, running=running, single=False, until=until)
        return replace(self, history=history, running=False, single=False, diverged=True)

    def ended(self) -> Training:
        """The generator has no more to report."""
        return replace(self, running=False, single=False, done=True)
