"""The drawing context of a view besides the trace: cursor, size, selected unit, words."""

from __future__ import annotations

from dataclasses import dataclass

from rnntutor.nn.trace import Trace
from rnntutor.nn.training import History
from rnntutor.words import Words

NOTHING = History()


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """How far a run has been revealed.

    Cursor(0, 0) is the start, where only h_0 and c_0 are known. The end of step t is (t, P), with P
    phases per step.

    Attributes:
        t: the step.
        phase: last computed phase of that step, from 1.
    """

    t: int = 0
    phase: int = 0


@dataclass(frozen=True, slots=True)
class ViewContext:
    """The drawing context of a view.

    Attributes:
        words: words of the interface.
        at: the cursor; later values are drawn as `·`.
        phases: names of the phases in order ("sum", "gates", …); at.phase counts them from 1.
        width: available width in cells.
        height: available height in rows; a view never exceeds width or height.
        unit: the selected unit, from 0.
        focus: quantities or views to highlight, with everything else grey; if empty, the present
            phase decides.
        shared: whether the shared weights are shown (key w).
        open: the row of the arithmetic whose products are shown, "" for none.
        ascii: whether to draw in ASCII.
        history: reports of a training run; empty for a simulation that does not train.
        before: the run before the last knob turn, drawn in grey.
        earlier: the reports of its training.
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
        """Return whether step t's phase has been computed; without a phase, all of step t."""
        last = self.phases.index(phase) + 1 if phase in self.phases else len(self.phases)
        return Cursor(t, last) <= self.at

    @property
    def square_sign(self) -> str:
        """The exponent 2; in ASCII "^2", because 0.753² would become 0.7532."""
        return "^2" if self.ascii else "²"

    @property
    def now(self) -> str:
        """The name of the phase at the cursor; "" at the start."""
        return self.phases[self.at.phase - 1] if self.at.phase else ""
