"""Data of a `faded` question: a calculation line by line, with some of its numbers left out."""

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

    Attributes:
        of: Path of the line's number in the trace of the model.
        label: The computed quantity, as a formula.
        work: The calculation as an expression with slots: `(1 - {{ h[2] }}^2) * {{ dh[2] }}`.
        arrow: Direction in which a gradient flows, one of ARROWS.
        gap: Feedback for a wrong number. A line without feedback is not a gap.
        wrong: Known mistakes.
    """

    of: str
    label: Inline
    work: str
    arrow: str = ""
    gap: Inline = ()
    wrong: tuple[KnownMistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Faded(Body):
    """The `variant` block of a faded question.

    Attributes:
        numbers: The drawn and computed numbers; its `ask` is empty.
        lines: Lines in the order of the calculation.
    """

    numbers: Variant
    lines: tuple[CalculationLine, ...]

    @property
    def gaps(self) -> tuple[CalculationLine, ...]:
        """Return the lines with a number to fill in."""
        return tuple(line for line in self.lines if line.gap)

    @property
    def variants(self) -> tuple[Variant, ...]:
        """Return each gap as a question variant of its own with the same numbers."""
        return tuple(replace(self.numbers, ask=gap.of, wrong=gap.wrong) for gap in self.gaps)
