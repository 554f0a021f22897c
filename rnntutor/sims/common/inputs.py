"""What a cell reads: numbers, or words as vectors."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from rnntutor.nn.arrays import Array, read_only
from rnntutor.numbers import minus

# Streams of random numbers beside those of the parameters.
_WORDS, _NUMBERS = 100, 101


def embedding(word: str, inputs: int, seed: int) -> Array:
    """The vector of a word, (D,), from the word and the seed alone: equal words have equal
    vectors wherever they stand. Two decimals, so that what is shown is what is used."""
    spelled = [_WORDS, *word.encode()]
    return np.random.default_rng([seed, *spelled]).uniform(-1.5, 1.5, inputs).round(2)


def one_hot(word: str, words: tuple[str, ...]) -> Array:
    """1 at the word's place among the different words, 0 elsewhere."""
    return np.array([float(word == other) for other in words])


@lru_cache(maxsize=8)
def noise(steps: int, inputs: int, seed: int) -> Array:
    """Inputs when none are given, (T, D). A longer run begins with the shorter one."""
    rows = [
        np.random.default_rng([seed, _NUMBERS, t]).uniform(-1.5, 1.5, inputs).round(2)
        for t in range(1, steps + 1)
    ]
    return read_only(np.array(rows))


def cycled(rows: Array, steps: int) -> Array:
    """The rows cut to `steps`, or repeated from the first until there are enough."""
    return rows[np.arange(steps) % len(rows)]


SHORT = 8  # characters of the numbers that fit over a column


def labels(x: Array) -> tuple[str, ...]:
    """What stands over the columns of inputs without words: their numbers; where those of a step
    are too many to be read there, x and the step."""
    return _labels_of(tuple(map(tuple, x.tolist())))


@lru_cache(maxsize=8)
def _labels_of(rows: tuple[tuple[float, ...], ...]) -> tuple[str, ...]:
    told = tuple(minus(" ".join(f"{n:g}" for n in row)) for row in rows)
    if any(len(row) > 1 for row in rows) and max(map(len, told), default=0) > SHORT:
        return tuple(f"x{t}" for t in range(1, len(rows) + 1))
    return told
