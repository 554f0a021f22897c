"""What a figure is: something that comes out of a seed as one number, and where it came out when it
was first found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

SHARE = 0.6  # of the seeds that have to lie in the range, at the least: 4 of 5, 2 of 3
BESIDE = 1  # seeds that a count may be off: as many as may lie outside a range


@dataclass(frozen=True)
class Figure:
    """part: of the experiments, "a". what: in a few words. low, high: where it was. run: seed ->
    the number. seeds: from how many. quick: whether a quick run has it. count: of so many seeds it
    was there; None if of all."""

    part: str
    what: str
    low: float
    high: float
    run: Callable[[int], float]
    seeds: int = 5
    quick: bool = True
    count: int | None = None

    def inside(self, found: Sequence[float]) -> int:
        """How many of the numbers lie in the range."""
        return sum(self.low <= value <= self.high for value in found)

    def reproduced(self, found: Sequence[float]) -> bool:
        """Whether enough of them do; where not all did, whether about as many do."""
        inside = self.inside(found)
        if self.count is None:
            return inside > SHARE * len(found)
        return abs(inside - self.count) <= BESIDE


def about(value: float) -> tuple[float, float]:
    """The range of a number that was written as "about" that."""
    return 0.9 * value, 1.1 * value


def rounded(value: float, step: float) -> tuple[float, float]:
    """The range of a number that was written in steps of that size."""
    return value - step / 2, value + step / 2
