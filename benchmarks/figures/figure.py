"""A figure: a number computed from a seed, and the range in which it was first found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

SHARE = 0.6  # more than this share of the seeds must lie in the range: 4 of 5, 2 of 3
BESIDE = 1  # seeds by which a count may differ: as many as may lie outside a range


@dataclass(frozen=True)
class Figure:
    """A number computed from a seed, with its range.

    Attributes:
        part: part of the experiments, "a" to "j".
        what: short description.
        low: lower end of the range.
        high: upper end of the range.
        run: function that computes the number from a seed.
        seeds: number of seeds.
        quick: whether a quick run includes it.
        count: number of seeds that lay in the range; None if all did.
    """

    part: str
    what: str
    low: float
    high: float
    run: Callable[[int], float]
    seeds: int = 5
    quick: bool = True
    count: int | None = None

    def inside(self, found: Sequence[float]) -> int:
        """Return how many numbers lie in the range."""
        return sum(self.low <= value <= self.high for value in found)

    def reproduced(self, found: Sequence[float]) -> bool:
        """Return whether enough numbers lie in the range.

        If `count` is given, about that many must.
        """
        inside = self.inside(found)
        if self.count is None:
            return inside > SHARE * len(found)
        return abs(inside - self.count) <= BESIDE


def about(value: float) -> tuple[float, float]:
    """Return the range of a number that was written as "about" this value."""
    return 0.9 * value, 1.1 * value


def rounded(value: float, step: float) -> tuple[float, float]:
    """Return the range of a number that was rounded to multiples of `step`."""
    return value - step / 2, value + step / 2
