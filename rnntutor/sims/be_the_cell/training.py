"""Trains the LSTM that reads the tape, and makes its snapshot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from rnntutor.nn.arrays import Array
from rnntutor.nn.layers import Recurrent
from rnntutor.nn.losses import Classes, cross_entropy
from rnntutor.nn.models import SequenceToSequence
from rnntutor.nn.optimisers import Adam, clip_grad_norm
from rnntutor.sims.be_the_cell import tape as _tape

UNITS, KEEP_BIAS, SEED = 10, 2.0, 0
BATCH, STEPS, UPDATES = 32, 20, 3000
RATE, MOST = 1e-2, 1.0
LATE, SLOWER = 0.7, 1 / 3  # the rate of the last updates
SAMPLE = 400  # tapes by which the units are sorted


def batch(numbers: Generator, count: int, steps: int) -> tuple[Array, Classes, Array]:
    """Return x (T,D,B), the right answers (T,B) and a mask of the questions, for tapes with one
    mark and with two."""
    tapes = [
        _tape.random_tape(numbers, steps, marks) for marks in numbers.integers(1, 3, count).tolist()
    ]
    x = np.stack([_tape.encode(tape) for tape in tapes], axis=-1).astype(np.float32)
    truth = np.array([_tape.truth(tape) for tape in tapes]).T
    return x, np.maximum(truth, 0), (truth >= 0).astype(np.float32)


def train(tell: Callable[[float], None]) -> SequenceToSequence:
    """Return the trained LSTM.

    Args:
        tell: called with the share done.
    """
    numbers = np.random.default_rng([SEED, 1])
    net = SequenceToSequence(
        "lstm", _tape.INPUTS, UNITS, _tape.DIGITS, seed=SEED, forget_bias=KEEP_BIAS
    )
    adam = Adam(net.params, RATE)
    for step in range(1, UPDATES + 1):
        adam.lr = RATE * (SLOWER if step > LATE * UPDATES else 1)
        x, target, asked = batch(numbers, BATCH, STEPS)
        _, dy = cross_entropy(net.forward(x), target, asked)
        gradients = net.backward(dy)
        clip_grad_norm(gradients, MOST)
        adam.step(gradients)
        tell(step / UPDATES)
    return net


def right(net: SequenceToSequence, numbers: Generator, count: int, steps: int) -> float:
    """Return the share of questions answered correctly on `count` new tapes."""
    x, target, asked = batch(numbers, count, steps)
    return float((net.forward(x).argmax(axis=1) == target)[asked > 0].mean())


def snapshot(tell: Callable[[float], None]) -> dict[str, NDArray[Any]]:
    """Train the LSTM and return the arrays of its file: W_f, U_f, b_f, …, V and b_y.

    The units are sorted: unit 0 keeps A's digit most clearly, unit 1 B's, followed by the others.
    """
    net = train(tell)
    order = _by_clearness(net)
    assert isinstance(net.cell, Recurrent)
    apart: Mapping[str, Array] = net.cell.unpacked
    found: dict[str, NDArray[Any]] = {}
    for name, value in apart.items():
        sorted_ = value[order]
        found[name] = sorted_[:, order] if name.startswith("U") else sorted_
    found["V"] = net.head.params["V"][:, order]
    found["b_y"] = net.head.params["b"]
    return found


def _by_clearness(net: SequenceToSequence) -> list[int]:
    """Return the units in order: one for A, one for B, then from the clearest to the least clear.

    A unit keeps a mark's digits the more clearly, the more its gates i and f differ between those
    steps and all others.
    """
    numbers = np.random.default_rng([SEED, 2])
    tapes = [_tape.random_tape(numbers, STEPS, 2) for _ in range(SAMPLE)]
    net.forward(np.stack([_tape.encode(tape) for tape in tapes], axis=-1).astype(np.float32))
    assert isinstance(net.cell, Recurrent)
    gates = net.cell.cell.now.a[:-1]
    i, f = gates[:, UNITS : 2 * UNITS], gates[:, 2 * UNITS : 3 * UNITS]
    clear = np.zeros((2, UNITS))
    for n, mark in enumerate((_tape.A, _tape.B)):
        given = [[s.mark == mark and not s.asks for s in tape] for tape in tapes]
        here = np.array(given).T[:, None, :]
        for gate, sign in ((i, 1), (f, -1)):
            at = (gate * here).sum(axis=(0, 2)) / here.sum()
            else_ = (gate * ~here).sum(axis=(0, 2)) / (~here).sum()
            clear[n] += sign * (at - else_)
    a, b = (int(unit) for unit in clear.argmax(axis=1))
    rest = np.argsort(-clear.max(axis=0), kind="stable")
    return [a, b, *(int(unit) for unit in rest if unit not in (a, b))]
