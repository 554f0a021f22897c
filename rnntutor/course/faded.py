"""What a `faded` question holds: a calculation line by line, some of whose numbers are left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnntutor.course.blocks import Inline
from rnntutor.course.question import Body
from rnntutor.course.sim_spec import KnownMistake
from rnntutor.course.variant import Variant

ARROWS = ("", "↓", "←", "→", "↑")


@dataclass(frozen=True, slots=True)
class CalculationLine:
    """One line of the calculation.

    of: where its number stands in the model's trace. label: what is computed, as a formula.
    work: the same with slots, as an expression: `(1 - {{ h[2] }}^2) * {{ dh[2] }}`.
    arrow: the way a gradient comes or goes, one of ARROWS. gap: what is said of a wrong number;
    a line without it is not left out. wrong: known mistakes.
    """

    of: str
    label: Inline
    work: str
    arrow: str = ""
    gap: Inline = ()
    wrong: tuple[KnownMistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Faded(Body):
    """The `variant` block of a faded question. numbers: what is drawn and computed, with no number
    asked for; lines: in the order of the calculation."""

    numbers: Variant
    lines: tuple[CalculationLine, ...]

    @property
    def gaps(self) -> tuple[CalculationLine, ...]:
        """The lines whose numbers the learner fills in."""
        return tuple(line for line in self.lines if line.gap)

    @property
    def variants(self) -> tuple[Variant, ...]:
        """Each gap as a question of its own for the same numbers."""
        return tuple(replace(self.numbers, ask=gap.of, wrong=gap.wrong) for gap in self.gaps)
