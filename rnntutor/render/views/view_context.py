"""What a drawing is told besides the trace: where the cursor is, how much room there is."""

from __future__ import annotations

from dataclasses import dataclass

from rnntutor.nn.trace import Trace
from rnntutor.nn.training import History
from rnntutor.words import Words

NOTHING = History()


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """How far a run has been revealed: phase `phase` (from 1) of step `t` was the last computed.
    Cursor(0, 0) is the start: only h_0 and c_0 are known. After all P phases of step t the
    moment is (t, P)."""

    t: int = 0
    phase: int = 0


@dataclass(frozen=True, slots=True)
class ViewContext:
    """at: the last phase computed; what comes after it is drawn as `·`.
    phases: their names, in order ("sum", "gates", …); at.phase counts into it from 1.
    width, height: the room, in cells and rows; a view never takes more.
    unit: the unit that the view looks at, from 0.
    focus: quantities or views to be lit; all else grey. Empty: the phase itself decides.
    shared: the shared weights are shown (key w).
    open: the row of the arithmetic whose products are shown ("" for none).
    history: what a training run has reported; empty for a simulation that does not train.
    before, earlier: the run as it was before the last knob was turned, and what its training had
    reported: a curve that is left in grey.
    """

    words: Words
    at: Cursor
    phases: tuple[str, ...]
    width: int = 76
    height: int = 8
    unit: int = 0
    focus: frozenset[str] = frozenset()
    shared: bool = False
    open: str = ""
    ascii: bool = False
    history: History = NOTHING
    before: Trace | None = None
    earlier: History = NOTHING

    def known(self, t: int, phase: str = "") -> bool:
        """Whether step t's phase (or, without one, all of step t) has been computed."""
        last = self.phases.index(phase) + 1 if phase in self.phases else len(self.phases)
        return Cursor(t, last) <= self.at

    @property
    def squared(self) -> str:
        """What stands behind a number that is squared: with ASCII alone 0.753² would be 0.7532."""
        return "^2" if self.ascii else "²"

    @property
    def now(self) -> str:
        """The name of the phase that the cursor stands on; "" at the start."""
        return self.phases[self.at.phase - 1] if self.at.phase else ""
