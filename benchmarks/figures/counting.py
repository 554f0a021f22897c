"""(i) One unit that counts: is the depth of nested brackets 0?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice

import numpy as np
from numpy.random import Generator

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.fast_lstm import LSTMBuffers
from rnntutor.nn.layers import Recurrent
from rnntutor.nn.losses import cross_entropy, squared_error
from rnntutor.nn.models import Arrays, SequenceToSequence

from .figure import Figure
from .training import BATCH, seen, started, updates

STEPS, RATE, LONGEST = 30, 2e-2, 600
PATIENT = (
    10000  # updates of the net that outputs the depth (not written down); c has settled by then
)
UP, DOT = 0.6, 0.2  # share of each symbol; the second was not written down
OPEN, CLOSED, NOTHING = 0, 1, 2
ASKED = 500


@dataclass(frozen=True)
class Counter:
    """Results of one trained unit.

    Attributes:
        soon: updates until 98 % are right.
        memory: |correlation| of c (or h, without a c) with the depth.
        far: share right at T=200.
        gates: means of f over all symbols and of i and o over brackets; |mean of g| over opening
            and over closing brackets.
    """

    soon: float
    memory: float
    far: float
    gates: dict[str, float]


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures of this part.

    One unit of each cell (b_f 3 unless stated), and one LSTM unit that outputs the depth itself.
    How "98 % are right" was measured was not written down: here on new sequences, every five
    updates.
    """
    for name, what, low, high in (
        ("soon", "updates until 98 % is right", 384, 535),
        ("memory", "|correlation| of c", 0.995, 0.999),
        ("far", "share right at T=200", 0.995, 1.0),
    ):
        run = partial(_counter, "lstm", 3.0, name)
        yield Figure("i", f"brackets, one LSTM unit: {what}", low, high, run)
    for name, low, high in (
        *(("f", 0.92, 0.99), ("i", 0.95, 1.0), ("o", 0.95, 1.0)),
        *(("|g| at (", 0.95, 1.0), ("|g| at )", 0.93, 1.0)),
    ):
        what = f"brackets, one LSTM unit: {name}"
        yield Figure("i", what, low, high, partial(_gate, name))
    what = "brackets, one LSTM unit, b_f 1: |correlation| of c"
    yield Figure("i", what, 0.98, 0.99, partial(_counter, "lstm", 1.0, "memory"), 4)
    for kind, low, high in (("gru", 0.6, 0.8), ("rnn", 0.46, 0.84)):
        what = f"brackets, one {kind.upper()} unit: |correlation| of h"
        yield Figure("i", what, low, high, partial(_counter, kind, 0.0, "memory"))
    for name, low, high in (("|correlation| of c", 0.997, 0.999), ("right at T=100", 0.76, 0.9)):
        what = f"the depth itself, one LSTM unit: {name}"
        yield Figure("i", what, low, high, partial(_depth, name), quick=False)


def _brackets(numbers: Generator, steps: int, batch: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw sequences of brackets and dots.

    Returns:
        x (T,3,B), one-hot of ( ) and dot, never more closed than open; and the depth (T,B).
    """
    signs, depth = np.full((steps, batch), NOTHING), np.zeros((steps, batch), int)
    now = np.zeros(batch, int)
    for t in range(steps):
        up, dot = numbers.random(batch) < UP, numbers.random(batch) < DOT
        move = np.where(dot, 0, np.where(up, 1, np.where(now > 0, -1, 0)))
        now = now + move
        signs[t], depth[t] = np.choose(move + 1, [CLOSED, NOTHING, OPEN]), now
    return np.eye(3, dtype=np.float32)[signs].swapaxes(1, 2), depth


def _counter(kind: str, forget: float, name: str, seed: int) -> float:
    return float(getattr(_trained(kind, forget, seed), name))


def _gate(name: str, seed: int) -> float:
    return _trained("lstm", 3.0, seed).gates[name]


@cache
def _trained(kind: str, forget: float, seed: int) -> Counter:
    """Train one unit for 600 updates and measure it."""
    model = started(SequenceToSequence(kind, 3, 1, 2, seed=seed), seed, forget)
    numbers, soon = np.random.default_rng([seed, 1]), float("nan")

    def gradients() -> Arrays:
        x, depth = _brackets(numbers, STEPS, BATCH)
        return model.backward(cross_entropy(model.forward(x), (depth == 0).astype(int))[1])

    def right(x: np.ndarray, depth: np.ndarray) -> float:
        return float(((model.forward(x).argmax(axis=1) == 1) == (depth == 0)).mean())

    asked = _brackets(np.random.default_rng([seed, 2]), STEPS, ASKED)
    for done in islice(updates(model, gradients, RATE), LONGEST):
        if math.isnan(soon) and done % 5 == 0 and right(*asked) >= 0.98:
            soon = float(done)
    far = right(*_brackets(np.random.default_rng([seed, 3]), 200, ASKED))
    right(*asked)
    memory = abs(float(np.corrcoef(_memory(model).ravel(), asked[1].ravel())[0, 1]))
    return Counter(soon, memory, far, _gates(model, asked[0]) if kind == "lstm" else {})


def _memory(model: SequenceToSequence) -> Array:
    """Return c of an LSTM, or h of another cell, over the last run, (T,B)."""
    assert isinstance(model.cell, Recurrent)
    now = model.cell.cell.now
    states = now.c if isinstance(now, LSTMBuffers) else now.h
    return states[1:, 0].astype(np.float64)


def _gates(model: SequenceToSequence, x: np.ndarray) -> dict[str, float]:
    """Return the gates' values in the last run, which read x (T,3,B); see `Counter.gates`."""
    assert isinstance(model.cell, Recurrent)
    now = model.cell.cell.now
    assert isinstance(now, LSTMBuffers)
    o, i, f, g = (now.a[:-1, row] for row in range(4))
    opened, closed = x[:, OPEN] > 0, x[:, CLOSED] > 0
    brackets = opened | closed
    return {
        "f": float(f.mean()),
        "i": float(i[brackets].mean()),
        "o": float(o[brackets].mean()),
        "|g| at (": abs(float(g[opened].mean())),
        "|g| at )": abs(float(g[closed].mean())),
    }


def _depth(name: str, seed: int) -> float:
    return _said(seed)[name]


@cache
def _said(seed: int) -> dict[str, float]:
    """Train one unit to output the depth and measure it."""
    model = started(SequenceToSequence("lstm", 3, 1, 1, seed=seed), seed, 3.0)
    numbers = np.random.default_rng([seed, 1])

    def gradients() -> Arrays:
        x, depth = _brackets(numbers, STEPS, BATCH)
        wanted = depth[:, None].astype(np.float32)
        return model.backward(squared_error(model.forward(x), wanted)[1])

    seen(updates(model, gradients, RATE), (PATIENT,), lambda: None)
    far, deep = _brackets(np.random.default_rng([seed, 3]), 100, ASKED)
    right = float((np.rint(model.forward(far)[:, 0]) == deep).mean())
    asked, depth = _brackets(np.random.default_rng([seed, 2]), STEPS, ASKED)
    model.forward(asked)
    memory = abs(float(np.corrcoef(_memory(model).ravel(), depth.ravel())[0, 1]))
    return {"|correlation| of c": memory, "right at T=100": right}
