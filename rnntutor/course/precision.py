"""How exact a number has to be: what the question says of it, and what passes.

The author gives a tolerance; from it follow how many decimals are asked for, what is right (the
larger of the tolerance and 2 %), and what is the right method worked out too coarsely.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from rnntutor.course.blocks import Numeric, Question, Variant
from rnntutor.course.variant import Instance, band, tolerance

SHARE = 0.4  # of the way to the nearest known mistake: the most that 2 % may reach
COARSE = 5  # of the author's tolerance: what rounding in between may cost in a numeric question
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


def wanted(question: Question, instance: Instance | None) -> Precision | None:
    """How exact the answer has to be; None for a question without a number."""
    match question.body:
        case Numeric() as body:
            return _of(body.middle, body.spread, body.whole, body.percent)
        case Variant() as body if instance is not None:
            return _of(instance.key, body.atol, instance.whole)
    return None


def _of(key: float, spread: float, whole: bool, percent: bool = False) -> Precision:
    if whole:
        return Precision(WHOLE, percent=percent)
    decimals = max(1, math.ceil(-math.log10(spread) - 1e-9)) if spread > 0 else 3
    if 0 < abs(key) < SMALL:
        return Precision(DIGITS, max(1, decimals + math.floor(math.log10(abs(key))) + 1), percent)
    return Precision(DECIMALS, decimals, percent)


def numeric(body: Numeric) -> Passes:
    """What passes for a numeric question. A known mistake never does: between the key and the
    nearest one at most SHARE of the way is right, and half of it right but for rounding."""
    spread, key = body.spread, body.middle
    if body.whole:
        return Passes(body.low, body.high, body.low, body.high)
    nearest = min((abs(value - key) for value, _ in body.slips), default=math.inf)
    right = max(spread, min(0.02 * abs(key), SHARE * nearest))
    coarse = max(right, min(COARSE * spread, nearest / 2))
    return Passes(key - right, key + right, key - coarse, key + coarse)


def traced(block: Variant, drawn: Instance) -> Passes:
    """What passes for a variant of a trace question."""
    right = tolerance(block, drawn)
    least, most = band(block, drawn)
    return Passes(drawn.key - right, drawn.key + right, least, most)
