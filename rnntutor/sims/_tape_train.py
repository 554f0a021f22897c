"""The LSTM that reads the tape: its training, and the snapshot of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from rnntutor.nn.fast import Floats
from rnntutor.nn.losses import Classes, cross_entropy
from rnntutor.nn.models import SequenceToSequence
from rnntutor.nn.optimisers import Adam, clip
from rnntutor.sims import _tape

UNITS, KEEP_BIAS, SEED = 10, 2.0, 0
BATCH, STEPS, UPDATES = 32, 20, 3000
RATE, MOST = 1e-2, 1.0
LATE, SLOWER = 0.7, 1 / 3  # the rate of the last updates
SAMPLE = 400  # tapes by which the units are sorted


def batch(numbers: Generator, count: int, steps: int) -> tuple[Floats, Classes, Floats]:
    """x (T,D,B), the digit asked for (T,B) and 1 where one is; tapes with one mark and with two."""
    tapes = [
        _tape.random_tape(numbers, steps, marks) for marks in numbers.integers(1, 3, count).tolist()
    ]
    x = np.stack([_tape.coded(tape) for tape in tapes], axis=-1).astype(np.float32)
    truth = np.array([_tape.truth(tape) for tape in tapes]).T
    return x, np.maximum(truth, 0), (truth >= 0).astype(np.float32)


def train() -> Iterator[tuple[int, int, SequenceToSequence]]:
    """Train the LSTM, telling after each update: how many were made, of how many, the net."""
    numbers = np.random.default_rng([SEED, 1])
    net = SequenceToSequence(
        "lstm", _tape.INPUTS, UNITS, _tape.DIGITS, seed=SEED, keep_bias=KEEP_BIAS
    )
    adam = Adam(net.params, RATE)
    for step in range(1, UPDATES + 1):
        adam.rate = RATE * (SLOWER if step > LATE * UPDATES else 1)
        x, target, asked = batch(numbers, BATCH, STEPS)
        _, dy = cross_entropy(net.forward(x), target, asked)
        gradients = net.backward(dy)
        clip(gradients, MOST)
        adam.step(gradients)
        yield step, UPDATES, net


def right(net: SequenceToSequence, numbers: Generator, count: int, steps: int) -> float:
    """The share of questions answered right on that many tapes not seen before."""
    x, target, asked = batch(numbers, count, steps)
    return float((net.forward(x).argmax(axis=1) == target)[asked > 0].mean())
