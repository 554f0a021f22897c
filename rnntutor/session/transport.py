"""Where a run stands, and how it moves: by a phase, by a time step, to the start, to the end."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnntutor.render.views.view_context import Cursor

SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0)
PHASES_PER_SECOND = 2.0  # at speed 1


@dataclass(frozen=True, slots=True)
class Transport:
    """steps: T; phases: P, the phases of one step; position: how many phases have been computed,
    0…T·P; running: whether it moves by itself; speed: an index into SPEEDS."""

    steps: int
    phases: int
    position: int = 0
    running: bool = False
    speed: int = 1

    @property
    def last(self) -> int:
        return self.steps * self.phases

    @property
    def moment(self) -> Cursor:
        """The position as step and phase."""
        if self.position == 0:
            return Cursor()
        t, phase = divmod(self.position - 1, self.phases)
        return Cursor(t + 1, phase + 1)

    @property
    def interval(self) -> float:
        """Seconds from one phase to the next."""
        return 1 / (PHASES_PER_SECOND * SPEEDS[self.speed])

    def to(self, position: int) -> Transport:
        """At another position; a run that reaches its end stops."""
        position = max(0, min(position, self.last))
        return replace(self, position=position, running=self.running and position < self.last)

    def phase(self, count: int) -> Transport:
        """A phase on (+1) or back (-1), by hand."""
        return replace(self, running=False).to(self.position + count)

    def step(self, count: int) -> Transport:
        """To the end of the next time step (+1), or of the one before the present (-1)."""
        t, within = divmod(self.position, self.phases)
        if count > 0:
            t += 1
        elif within == 0:
            t -= 1
        return replace(self, running=False).to(t * self.phases)

    def start(self) -> Transport:
        return replace(self, running=False, position=0)

    def end(self) -> Transport:
        return replace(self, running=False, position=self.last)

    def toggle(self) -> Transport:
        """Run or pause. A finished run starts again."""
        if self.running:
            return replace(self, running=False)
        start = 0 if self.position == self.last else self.position
        return replace(self, running=True, position=start)

    def tick(self) -> Transport:
        """A phase on, by itself."""
        return self.to(self.position + 1) if self.running else self

    def faster(self, count: int) -> Transport:
        return replace(self, speed=max(0, min(self.speed + count, len(SPEEDS) - 1)))

    def rescaled(self, steps: int, phases: int) -> Transport:
        """The same position in a run of another length, or of steps with other phases: a step that
        is complete stays complete."""
        t, within = divmod(self.position, self.phases)
        position = t * phases + min(within, phases)
        return replace(self, steps=steps, phases=phases).to(min(position, steps * phases))
