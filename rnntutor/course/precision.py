"""How exact a number has to be: what the question says of it, and what passes.

The author gives a tolerance; from it follow how many decimals are asked for, what is right (the
larger of the tolerance and 2 %), and what is the right method worked out too coarsely.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

SHARE = 0.4  # of the way to the nearest known mistake: the most that 2 % may reach
SMALL = 0.01  # below it decimals are counted from the first digit that is not 0

WHOLE, DECIMALS, DIGITS = "whole", "decimals", "digits"


@dataclass(frozen=True, slots=True)
class Precision:
    """kind: WHOLE, DECIMALS or DIGITS (significant ones). count: how many. percent: whether the
    answer is in per cent."""

    kind: str
    count: int = 0
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Passes:
    """What is right (from low to high), and what is right but for rounding (from `least` to
    `most`, which contain the others)."""

    low: float
    high: float
    least: float
    most: float


def precision_of(key: float, spread: float, *, whole: bool, percent: bool = False) -> Precision:
    """How exact an answer has to be that is right within `spread` of the key."""
    if whole:
        return Precision(WHOLE, percent=percent)
    decimals = max(1, math.ceil(-math.log10(spread) - 1e-9)) if spread > 0 else 3
    if 0 < abs(key) < SMALL:
        return Precision(DIGITS, max(1, decimals + math.floor(math.log10(abs(key))) + 1), percent)
    return Precision(DECIMALS, decimals, percent)
