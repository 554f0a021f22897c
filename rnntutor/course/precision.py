"""The precision that an answer needs: what the question states, and which values pass.

The author gives a tolerance. It determines the number of decimals to state, the right interval (the
larger of the tolerance and 2 %), and the wider interval of answers from the right method with too
much rounding.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

SHARE = 0.4  # limit of the 2 % interval, as a fraction of the distance to the nearest known mistake
SMALL = 0.01  # below it significant digits are counted instead of decimals

WHOLE, DECIMALS, DIGITS = "whole", "decimals", "digits"


@dataclass(frozen=True, slots=True)
class Precision:
    """The precision stated for an answer.

    Attributes:
        kind: WHOLE, DECIMALS or DIGITS (significant digits).
        count: Number of decimals or digits.
        percent: Whether the answer is in per cent.
    """

    kind: str
    count: int = 0
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Passes:
    """The intervals of values that pass; the wider one contains the other.

    Attributes:
        low: Lowest right value.
        high: Highest right value.
        least: Lowest value that is right except for rounding.
        most: Highest value that is right except for rounding.
    """

    low: float
    high: float
    least: float
    most: float


def precision_of(key: float, spread: float, *, whole: bool, percent: bool = False) -> Precision:
    """Return the precision to state for an answer that is right within `spread` of the key."""
    if whole:
        return Precision(WHOLE, percent=percent)
    decimals = max(1, math.ceil(-math.log10(spread) - 1e-9)) if spread > 0 else 3
    if 0 < abs(key) < SMALL:
        return Precision(DIGITS, max(1, decimals + math.floor(math.log10(abs(key))) + 1), percent)
    return Precision(DECIMALS, decimals, percent)
