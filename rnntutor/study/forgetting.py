"""The memory model: the formulas of FSRS-6 with the weights of the `fsrs` library.

The library creates a new card and log entry at every review; over a history of 100,000 answers the
formulas alone take a quarter of that time. A test compares every due day with the library's.

Source: https://github.com/open-spaced-repetition/py-fsrs
"""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

AGAIN, HARD, GOOD = 1, 2, 3
"""Ratings as numbered by the library. Its fourth, `Easy`, is never given."""

_EASY = 4
_LEAST, _EASIEST, _HARDEST = 0.001, 1.0, 10.0  # bounds of the library


class Memory(NamedTuple):
    """The state of the memory after a review.

    Attributes:
        stability: Days until the probability of recall has fallen to 0.9.
        difficulty: From 1 to 10.
        day: Day of the review.
    """

    stability: float
    difficulty: float
    day: int


class _Model(NamedTuple):
    """The weights of the library, and the parts of the formulas that are constant."""

    weights: tuple[float, ...]
    longest: int
    decay: float
    factor: float
    recall: float
    at_once: float
    reverted: float
    per_stability: float


@cache
def _model() -> _Model:
    from fsrs import Scheduler

    library = Scheduler()
    w = tuple(library.parameters)
    decay = -w[20]
    return _Model(
        weights=w,
        longest=library.maximum_interval,
        decay=decay,
        factor=0.9 ** (1 / decay) - 1,
        recall=math.e ** w[8],
        at_once=math.e ** (w[17] * w[18]),
        reverted=w[7] * _first_difficulty(w, _EASY),
        per_stability=library.desired_retention ** (1 / decay) - 1,
    )


def first(rating: int, day: int) -> Memory:
    """Return the memory after the first review."""
    w = _model().weights
    return Memory(max(w[rating - 1], _LEAST), _clamp(_first_difficulty(w, rating)), day)


def after(memory: Memory, rating: int, day: int) -> Memory:
    """Return the memory after a review on a later day."""
    model = _model()
    w, (stability, difficulty, last) = model.weights, memory
    recalled = (1 + model.factor * (day - last) / stability) ** model.decay
    if rating == AGAIN:
        forgotten = (
            w[11]
            * difficulty ** -w[12]
            * ((stability + 1) ** w[13] - 1)
            * math.e ** ((1 - recalled) * w[14])
        )
        new = min(forgotten, stability / model.at_once)
    else:
        growth = (
            model.recall
            * (11 - difficulty)
            * stability ** -w[9]
            * (math.e ** ((1 - recalled) * w[10]) - 1)
            * (w[15] if rating == HARD else 1)
        )
        new = stability * (1 + growth)
    step = (10.0 - difficulty) * -(w[6] * (rating - 3)) / 9.0
    reverting = model.reverted + (1 - w[7]) * (difficulty + step)
    return Memory(max(new, _LEAST), _clamp(reverting), day)


def interval(memory: Memory) -> int:
    """Return the days until the probability of recall has fallen to the desired retention."""
    model = _model()
    days = round(memory.stability / model.factor * model.per_stability)
    return min(max(days, 1), model.longest)


def _first_difficulty(weights: tuple[float, ...], rating: int) -> float:
    return float(weights[4] - math.e ** (weights[5] * (rating - 1)) + 1)


def _clamp(difficulty: float) -> float:
    return min(max(difficulty, _EASIEST), _HARDEST)
