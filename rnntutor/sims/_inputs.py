"""What a cell reads: numbers, or words as vectors."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.trace import Array

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


def noise(steps: int, inputs: int, seed: int) -> Array:
    """Inputs when none are given, (T, D). A longer run begins with the shorter one."""
    return np.array(
        [
            np.random.default_rng([seed, _NUMBERS, t]).uniform(-1.5, 1.5, inputs).round(2)
            for t in range(1, steps + 1)
        ]
    )


def cycled(rows: Array, steps: int) -> Array:
    """The rows cut to `steps`, or repeated from the first until there are enough."""
    return rows[np.arange(steps) % len(rows)]


def label(row: Array, t: int) -> str:
    """What stands over the column of an input without a word: its number, or x and the step."""
    return f"{row[0]:g}".replace("-", "−") if row.size == 1 else f"x{t}"
