"""The state of a training run: its reports, and starting, pausing, stepping and restarting it.

The generator that trains runs elsewhere, on a thread or in plain mode's loop.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from rnntutor.nn.training import History, Update
from rnntutor.render.views.view_context import NOTHING
from rnntutor.session.transport import SPEEDS

FRAMES_PER_SECOND = 4.0  # at speed 1
FIRST = 5.0  # longest pacing of a first training run, in seconds at speed 1


@dataclass(frozen=True, slots=True)
class Training:
    """The state of a training run.

    Attributes:
        history: the reports so far.
        running: whether reports are requested continuously.
        single: whether one report is requested by hand.
        speed: index into SPEEDS.
        until: number of updates at which training pauses; reports come as fast as possible until
            then. 0 for none.
        done: whether the generator has ended.
        diverged: whether the last loss is infinite or NaN.
        generation: incremented at each restart, to recognise late reports of the run before.
        reports: maximum number of reports, 0 if unknown.
        watched: whether reports are paced for watching, as in the first run. Later runs go at full
            speed, unless the chosen speed is below 1.
    """

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
        """The number of updates made."""
        last = self.history.last
        return last.step if last is not None else 0

    @property
    def loss(self) -> float | None:
        """The loss of the last report.

        It is None before any report, and where each cell has a loss of its own, because their mean
        has no meaning.
        """
        last = self.history.last
        if last is None or any(name.startswith("loss_") for name in last.metrics):
            return None
        return last.loss

    @property
    def wanted(self) -> bool:
        """Whether a report is requested."""
        return (self.running or self.single) and not self.done and not self.diverged

    @property
    def interval(self) -> float:
        """Seconds between reports."""
        if self.until or (not self.watched and SPEEDS[self.speed] >= 1):
            return 0.0
        each = 1 / FRAMES_PER_SECOND
        return (min(each, FIRST / self.reports) if self.reports else each) / SPEEDS[self.speed]

    def toggle(self) -> Training:
        """Run or pause; a finished training run restarts."""
        if self.done or self.diverged:
            return replace(self.anew(), running=True)
        return replace(self, running=not self.running, single=False, until=0)

    def to(self, updates: int) -> Training:
        """Run at full speed up to a number of updates."""
        return replace(self, running=self.updates < updates, single=False, until=updates)

    def one(self) -> Training:
        """Request one report."""
        single = not (self.done or self.diverged)
        return replace(self, running=False, single=single, until=0)

    def pause(self) -> Training:
        """Stop requesting reports."""
        return replace(self, running=False, single=False, until=0)

    def anew(self) -> Training:
        """Restart from the untrained net, at the same speed setting.

        A run that was seen to its end is not paced for watching again.
        """
        seen = self.done or self.diverged
        return Training(
            speed=self.speed,
            generation=self.generation + 1,
            reports=self.reports,
            watched=self.watched and not seen,
        )

    def hurry(self) -> Training:
        """Run to the end at full speed."""
        return replace(self, running=not (self.done or self.diverged), single=False, watched=False)

    def faster(self, count: int) -> Training:
        """Change the speed by `count` levels."""
        return replace(self, speed=max(0, min(self.speed + count, len(SPEEDS) - 1)))

    def add_report(self, update: Update) -> Training:
        """Add a report. An infinite or NaN loss ends the training run."""
        history = self.history.with_update(update)
        if math.isfinite(update.loss):
            there = 0 < self.until <= update.step
            running, until = (False, 0) if there else (self.running, self.until)
            return replace(self, history=history, running=running, single=False, until=until)
        return replace(self, history=history, running=False, single=False, diverged=True)

    def end(self) -> Training:
        """Mark the training run as finished."""
        return replace(self, running=False, single=False, done=True)
