"""A padded batch: sequences of different lengths in one array, and a network that reads them
together.

The sequences count up or down by one from a random digit: "2 1 0 9". The direction is known from
the second digit on, so a network that keeps its state can predict the next digit.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.random import Generator

from rnntutor.nn.arrays import Array, Ids, Mask, read_only
from rnntutor.nn.layers import Recurrent, one_hot
from rnntutor.nn.losses import cross_entropy
from rnntutor.nn.models import SequenceToSequence
from rnntutor.nn.optimisers import Adam, clip_grad_norm

ROWS = 3  # B, of the batch in view
DIGITS = PAD = 10  # PAD is the symbol after the digits
SYMBOLS = 11  # D and K
SIGNS = (*"0123456789", "PAD")
RIGHT, LEFT = "right", "left"
SHORTEST = 2  # digits of a row
BATCH = 16  # sequences of an update
SAME = 5e-4  # states that do not differ in three decimals
RATE, MOST = 1e-2, 1.0
DATA, SHOWN, STREAM = 1, 2, 3  # streams of random numbers beside that of the weights


def counting_sequences(numbers: Generator, lengths: Ids, steps: int) -> Ids:
    """Return sequences (steps+1,B): `lengths` (B,) digits to read and the one after them, then
    padding."""
    start = numbers.integers(0, DIGITS, len(lengths))
    return _going(start, numbers.choice((-1, 1), len(lengths)), lengths, steps)


def both_ways(numbers: Generator, steps: int) -> Ids:
    """Return sequences of one length, as `counting_sequences` does, with every second one counting
    in the other direction."""
    start = numbers.integers(0, DIGITS, ROWS)
    way = numbers.choice((-1, 1)) * (-1) ** np.arange(ROWS)
    return _going(start, way, np.full(ROWS, steps, np.intp), steps)


def _going(start: Ids, way: Ids, lengths: Ids, steps: int) -> Ids:
    t = np.arange(steps + 1)[:, None]
    return np.where(t <= lengths, (start + way * t) % DIGITS, PAD)


def pad_batch(rows: Ids, lengths: Ids, side: str) -> tuple[Ids, Ids, Mask]:
    """Return inputs and targets, each (T,B), and where a row is real.

    Args:
        rows: sequences from `counting_sequences`.
        lengths: digits of each row, (B,).
        side: side of the padding; on the left the last digit of each row is at step T.
    """
    steps = len(rows) - 1
    real = np.arange(steps)[:, None] < lengths
    read, target = (np.where(real, part, PAD) for part in (rows[:-1], rows[1:]))
    if side == LEFT:
        order = (np.arange(steps)[:, None] + lengths) % steps
        read, target = (np.take_along_axis(part, order, axis=0) for part in (read, target))
        real = real[::-1]
    return read, target, real


def lengths(steps: int, shortest: int) -> Ids:
    """Return the number of digits of each displayed row: all, the shortest, and one between."""
    return np.array([steps, (steps + shortest + 1) // 2, shortest], np.intp)


def displayed_batch(steps: int, shortest: int, side: str, seed: int) -> tuple[Ids, Ids, Mask]:
    """Return the displayed batch, as `pad_batch` does."""
    numbers = np.random.default_rng([seed, SHOWN])
    each = lengths(steps, shortest)
    return pad_batch(counting_sequences(numbers, each, steps), each, side)


@lru_cache(maxsize=64)
def net(
    cell: str, units: int, steps: int, side: str, masked: bool, updates: int, seed: int
) -> SequenceToSequence:
    """Return a network that predicts the next symbol, trained on batches of sequences of 2 to
    `steps` digits.

    With a mask, padding on the left gives the same states and loss as padding on the right, so the
    network is trained on the latter.

    Args:
        cell: kind of the cell.
        units: H.
        steps: digits of the longest sequence.
        side: side of the padding.
        masked: exclude padding from loss and states.
        updates: number of updates.
        seed: seed of weights and data.
    """
    made = SequenceToSequence(cell, SYMBOLS, units, SYMBOLS, seed=seed)
    numbers, adam = np.random.default_rng([seed, DATA]), Adam(made.params, RATE)
    for _ in range(updates):
        each = numbers.integers(min(SHORTEST, steps), steps + 1, BATCH)
        rows = counting_sequences(numbers, each, steps)
        read, target, real = pad_batch(rows, each, RIGHT if masked else side)
        y = made.forward(one_hot(read, SYMBOLS, np.float32))
        _, dy = cross_entropy(y, target, real.astype(np.float32) if masked else None)
        gradients = made.backward(dy)
        clip_grad_norm(gradients, MOST)
        adam.step(gradients)
    for values in made.params.values():
        read_only(values)
    return made


def read(net: SequenceToSequence, ids: Ids, real: Mask | None) -> tuple[Array, Array]:
    """Return the states h (T+1,H,B) and the logits y (T,K,B) of a batch read step by step.

    Args:
        net: the network.
        ids: symbols (T,B).
        real: where it is False, the row's state stays unchanged; None to read every symbol.
    """
    cell = net.cell
    assert isinstance(cell, Recurrent)
    x = one_hot(ids, SYMBOLS, np.float32)
    state: tuple[Array, ...] = tuple(
        np.zeros((cell.output_size, ids.shape[1]), np.float32) for _ in range(cell.cell.num_states)
    )
    h = [state[0]]
    for t in range(len(ids)):
        cell.forward(x[t : t + 1], *state)
        new = tuple(part.copy() for part in cell.last)
        if real is not None:
            new = tuple(np.where(real[t], n, old) for n, old in zip(new, state, strict=True))
        state = new
        h.append(state[0])
    states = np.stack(h)
    return states.astype(np.float64), net.head.forward(states[1:]).astype(np.float64)


def surprise(y: Array, target: Ids) -> Array:
    """Return -ln p of the target at each step of each row, (T,B)."""
    steps, _, rows = y.shape
    return np.array(
        [
            [cross_entropy(y[t, :, b : b + 1], target[t, b : b + 1])[0] for b in range(rows)]
            for t in range(steps)
        ]
    )


def alone(net: SequenceToSequence, ids: Ids, real: Mask) -> Array:
    """Return the last state of each row read alone, without padding, (B,H)."""
    found = [read(net, ids[real[:, b], b][:, None], None)[0][-1, :, 0] for b in range(ids.shape[1])]
    return np.stack(found)
