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
from rnntutor.subjects.training import ValueKind

Batch = tuple[Array, Array | Classes]
SYMBOLS = 8


def adding(numbers: Generator, steps: int, batch: int) -> Batch:
    """Return x (T,2,B), values and marks, and the sums (1,B) of the marked values. Needs T ≥ 2."""
    x = np.zeros((steps, 2, batch), np.float32)
    x[:, 0] = numbers.random((steps, batch), np.float32)
    half, each = steps // 2, np.arange(batch)
    for start, end in ((0, half), (half, steps)):
        x[numbers.integers(start, end, batch), 1, each] = 1
    return x, (x[:, 0] * x[:, 1]).sum(axis=0, keepdims=True)


def recall(numbers: Generator, steps: int, batch: int) -> Batch:
    """Return x (T,9,B), one-hot symbols and a flag on step 1, and the flagged symbols (B,)."""
    symbols = numbers.integers(0, SYMBOLS, (steps, batch))
    x = np.zeros((steps, SYMBOLS + 1, batch), np.float32)
    x[:, :SYMBOLS] = np.eye(SYMBOLS, dtype=np.float32)[symbols].swapaxes(1, 2)
    x[0, SYMBOLS] = 1
    return x, symbols[0]


def letters(x: Array) -> tuple[str, ...]:
    """Return the symbols of a recall sequence x (T,9) as letters, the flagged one starred."""
    return tuple(chr(ord("A") + int(row[:-1].argmax())) + "*" * int(row[-1]) for row in x)


def regression_loss(y: Array, target: Array | Classes) -> tuple[float, Array]:
    """Return the mean of (y - target)² and its gradient in y (1,B)."""
    return squared_error(y, np.asarray(target, y.dtype))


def classification_loss(y: Array, target: Array | Classes) -> tuple[float, Array]:
    """Return the mean cross-entropy and its gradient in y (K,B)."""
    return cross_entropy(y, np.asarray(target, np.intp))


@dataclass(frozen=True)
class SequenceTask:
    """A task for training.

    Attributes:
        inputs: D.
        outputs: K.
        make: (numbers, T, B) -> inputs and targets.
        loss: a loss as in nn.losses.
        baseline: loss of the best answer that ignores the input.
        solved: below this loss the task counts as learned.
        rate: learning rate that the experiments used.
        steps: sequence length T at which the cells differ most within seconds.
        values: kind of the inputs and targets.
        half: loss of an answer that knows one of the two numbers to add; None for other tasks.
    """

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
    "adding": SequenceTask(
        2, 1, adding, regression_loss, 1 / 6, 0.01, 1e-2, 50, "numbers", half=1 / 12
    ),
    # Every symbol equally probable: ln 8.
    "recall": SequenceTask(
        SYMBOLS + 1,
        SYMBOLS,
        recall,
        classification_loss,
        float(np.log(SYMBOLS)),
        0.05,
        5e-3,
        20,
        "symbols",
    ),
}
