"""The position in a run, moved by a phase, by a time step, to the start or to the end."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnntutor.render.views.view_context import Cursor

SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0)
PHASES_PER_SECOND = 2.0  # at speed 1


@dataclass(frozen=True, slots=True)
class Transport:
    """The position in a run.

    Attributes:
        steps: number of time steps, T.
        phases: number of phases per step, P.
        position: number of computed phases, 0…T·P.
        running: whether it advances on its own.
        speed: index into SPEEDS.
    """

    steps: int
    phases: int
    position: int = 0
    running: bool = False
    speed: int = 1

    @property
    def last(self) -> int:
        """The position of the end."""
        return self.steps * self.phases

    @property
    def cursor(self) -> Cursor:
        """The position as step and phase."""
        if self.position == 0:
            return Cursor()
        t, phase = divmod(self.position - 1, self.phases)
        return Cursor(t + 1, phase + 1)

    @property
    def interval(self) -> float:
        """Seconds between phases."""
        return 1 / (PHASES_PER_SECOND * SPEEDS[self.speed])

    def to(self, position: int) -> Transport:
        """Go to a position, clamped to the run; the end stops a running transport."""
        position = max(0, min(position, self.last))
        return replace(self, position=position, running=self.running and position < self.last)

    def phase(self, count: int) -> Transport:
        """Move by `count` phases and stop."""
        return replace(self, running=False).to(self.position + count)

    def step(self, count: int) -> Transport:
        """Go to the end of the next time step (+1) or of the previous one (-1), and stop."""
        t, within = divmod(self.position, self.phases)
        if count > 0:
            t += 1
        elif within == 0:
            t -= 1
        return replace(self, running=False).to(t * self.phases)

    def start(self) -> Transport:
        """Go to the start and stop."""
        return replace(self, running=False, position=0)

    def end(self) -> Transport:
        """Go to the end and stop."""
        return replace(self, running=False, position=self.last)

    def toggle(self) -> Transport:
        """Run or pause; a finished run starts again."""
        if self.running:
            return replace(self, running=False)
        start = 0 if self.position == self.last else self.position
        return replace(self, running=True, position=start)

    def tick(self) -> Transport:
        """Advance by one phase if running."""
        return self.to(self.position + 1) if self.running else self

    def faster(self, count: int) -> Transport:
        """Change the speed by `count` levels."""
        return replace(self, speed=max(0, min(self.speed + count, len(SPEEDS) - 1)))

    def rescale(self, steps: int, phases: int) -> Transport:
        """Return the same position in a run with other numbers of steps and phases.

        A complete step stays complete.
        """
        t, within = divmod(self.position, self.phases)
        position = t * phases + min(within, phases)
        return replace(self, steps=steps, phases=phases).to(min(position, steps * phases))
