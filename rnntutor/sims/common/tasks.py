"""Tasks that need a memory: data made on the fly, so that no sequence is ever seen twice.

Adding problem (Hochreiter & Schmidhuber 1997, with values in [0, 1] as Le et al. 2015): two of the
values are marked, one in each half; the sum of the two is asked for after the last step.
Delayed recall: the first symbol is flagged and asked for after the last step; all steps are drawn
from the same alphabet, so that what lies between cannot be told from what matters by its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from rnntutor.nn.arrays import Array
from rnntutor.nn.losses import Classes, cross_entropy, squared_error
from rnntutor.nn.subject import ValueKind

Batch = tuple[Array, Array | Classes]
SYMBOLS = 8


def adding(numbers: Generator, steps: int, batch: int) -> Batch:
    """x (T,2,B), the value and its mark, and the sum that is asked for (1,B). Needs T ≥ 2."""
    x = np.zeros((steps, 2, batch), np.float32)
    x[:, 0] = numbers.random((steps, batch), np.float32)
    half, each = steps // 2, np.arange(batch)
    for start, end in ((0, half), (half, steps)):
        x[numbers.integers(start, end, batch), 1, each] = 1
    return x, (x[:, 0] * x[:, 1]).sum(axis=0, keepdims=True)


def recall(numbers: Generator, steps: int, batch: int) -> Batch:
    """x (T,9,B), the symbol one-hot and the flag on step 1, and the flagged symbol (B,)."""
    symbols = numbers.integers(0, SYMBOLS, (steps, batch))
    x = np.zeros((steps, SYMBOLS + 1, batch), np.float32)
    x[:, :SYMBOLS] = np.eye(SYMBOLS, dtype=np.float32)[symbols].swapaxes(1, 2)
    x[0, SYMBOLS] = 1
    return x, symbols[0]


def letters(x: Array) -> tuple[str, ...]:
    """The symbols of a recall sequence x (T,9) as letters, the flagged one starred."""
    return tuple(chr(ord("A") + int(row[:-1].argmax())) + "*" * int(row[-1]) for row in x)


def squared(y: Array, target: Array | Classes) -> tuple[float, Array]:
    """The mean of (y - target)^2, and its gradient in y (1,B)."""
    return squared_error(y, np.asarray(target, y.dtype))


def surprise(y: Array, target: Array | Classes) -> tuple[float, Array]:
    """The mean cross-entropy, and its gradient in y (K,B)."""
    return cross_entropy(y, np.asarray(target, np.intp))


@dataclass(frozen=True)
class SequenceTask:
    """inputs: D. outputs: K. make: (numbers, T, B) -> x and what is asked for. loss: as in
    nn.losses. baseline: the loss of the best answer that does not read the input. solved: the
    loss from which on the task counts as learned. rate: the step size that experiments used.
    steps: T at which the cells differ most within seconds. values: what is read and asked for.
    half: the loss of an answer that knows one of the two numbers asked for; None of one alone."""

    inputs: int
    outputs: int
    make: Callable[[Generator, int, int], Batch]
    loss: Callable[[Array, Array | Classes], tuple[float, Array]]
    baseline: float
    solved: float
    rate: float
    steps: int
    values: ValueKind
    half: float | None = None


TASKS: Mapping[str, SequenceTask] = {
    # Always 1, the mean of the sum: what is left is its variance, 2/12.
    "adding": SequenceTask(2, 1, adding, squared, 1 / 6, 0.01, 1e-2, 50, "numbers", half=1 / 12),
    # Every symbol equally probable: ln 8.
    "recall": SequenceTask(
        SYMBOLS + 1, SYMBOLS, recall, surprise, float(np.log(SYMBOLS)), 0.05, 5e-3, 20, "symbols"
    ),
}
