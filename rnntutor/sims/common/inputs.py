"""Inputs of a cell: numbers, or words as vectors."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from rnntutor.nn.arrays import Array, read_only
from rnntutor.numbers import minus

# Streams of random numbers beside those of the parameters.
_WORDS, _NUMBERS = 100, 101


def embedding(word: str, inputs: int, seed: int) -> Array:
    """Return the vector (D,) of a word, drawn from the word and the seed alone; rounded to two
    decimals, as displayed."""
    spelled = [_WORDS, *word.encode()]
    return np.random.default_rng([seed, *spelled]).uniform(-1.5, 1.5, inputs).round(2)


def one_hot(word: str, words: tuple[str, ...]) -> Array:
    """Return the one-hot vector of a word."""
    return np.array([float(word == other) for other in words])


@lru_cache(maxsize=8)
def noise(steps: int, inputs: int, seed: int) -> Array:
    """Return random inputs (T,D); a longer run begins with the shorter one."""
    rows = [
        np.random.default_rng([seed, _NUMBERS, t]).uniform(-1.5, 1.5, inputs).round(2)
        for t in range(1, steps + 1)
    ]
    return read_only(np.array(rows))


def repeat_rows(rows: Array, steps: int) -> Array:
    """Return the first `steps` rows, repeating them from the start if there are too few."""
    return rows[np.arange(steps) % len(rows)]


SHORT = 8  # characters of the numbers that fit over a column


def labels(x: Array) -> tuple[str, ...]:
    """Return the column labels of numeric inputs: the numbers of each step, or x and the step if
    they are too long."""
    return _labels_of(tuple(map(tuple, x.tolist())))


@lru_cache(maxsize=8)
def _labels_of(rows: tuple[tuple[float, ...], ...]) -> tuple[str, ...]:
    told = tuple(minus(" ".join(f"{n:g}" for n in row)) for row in rows)
    if any(len(row) > 1 for row in rows) and max(map(len, told), default=0) > SHORT:
        return tuple(f"x{t}" for t in range(1, len(rows) + 1))
    return told
