"""(i) Parity: is the number of ones so far odd? Answered at every step, or after the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np
from numpy.random import Generator

from rnntutor.nn.losses import cross_entropy
from rnntutor.nn.models import Arrays, SequenceToSequence, SequenceToVector

from .figure import Figure
from .training import BATCH, started, updates

# The rate, and T of the answer at every step, were not written down.
UNITS, RATE, LONG = 8, 1e-2, 20
SOLVED, LOOK = (0.99, 1.0), 100  # the second: updates between two measurements
SEEDS, ASKED = 4, 500
CELLS = ("rnn", "lstm", "gru")


@dataclass
class Length:
    """The present length of the training sequences; it grows during training."""

    steps: int


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures of this part.

    A net succeeds with 99 % of new answers right within six seconds of training.
    """
    for kind in CELLS:
        what = f"parity at every step, T={LONG}, {kind.upper()}: the best share"
        yield Figure("i", what, *SOLVED, partial(_every_step, kind), quick=False)
    # 6 s, at some 0.2 ms an update.
    for kind, count in (("lstm", 0), ("rnn", 1), ("gru", 3)):
        what = f"parity after T=8, {kind.upper()} gets it: the best share"
        run = partial(_at_the_end, kind, 8, 8, 20000)
        yield Figure("i", what, *SOLVED, run, SEEDS, quick=False, count=count)
    what = "parity after T=20, all cells in turn: the best share"
    yield Figure("i", what, *SOLVED, _in_turn, len(CELLS) * SEEDS, quick=False, count=1)
    for kind, count in (("rnn", 4), ("lstm", 3), ("gru", 2)):
        what = f"parity after T=2 … 20, growing, {kind.upper()}: the best share"
        run = partial(_at_the_end, kind, 2, LONG, 5000)
        yield Figure("i", what, *SOLVED, run, SEEDS, quick=False, count=count)


def _bits(numbers: Generator, steps: int, batch: int) -> tuple[np.ndarray, np.ndarray]:
    """Return x (T,1,B) of 0 and 1, and the parity of the ones so far (T,B)."""
    bits = numbers.integers(0, 2, (steps, 1, batch))
    return bits.astype(np.float32), bits[:, 0].cumsum(axis=0) % 2


def _every_step(kind: str, seed: int) -> float:
    model = started(SequenceToSequence(kind, 1, UNITS, 2, seed=seed), seed)
    numbers = np.random.default_rng([seed, 1])

    def gradients() -> Arrays:
        x, odd = _bits(numbers, LONG, BATCH)
        return model.backward(cross_entropy(model.forward(x), odd)[1])

    x, odd = _bits(np.random.default_rng([seed, 2]), LONG, ASKED)
    best = 0.0
    for done in islice(updates(model, gradients, RATE), 5000):
        if done % LOOK == 0:
            best = max(best, float((model.forward(x).argmax(axis=1) == odd).mean()))
        if best >= SOLVED[0]:
            break
    return best


def _in_turn(seed: int) -> float:
    return _at_the_end(CELLS[seed % len(CELLS)], LONG, LONG, 12000, seed // len(CELLS))


def _at_the_end(kind: str, first: int, last: int, most: int, seed: int) -> float:
    """Return the best share of right answers at length `last`.

    The sequences start at length `first` and grow by one step whenever 99 % are right. How they
    grew in the first experiment was not written down.
    """
    model = started(SequenceToVector(kind, 1, UNITS, 2, seed=seed), seed)
    numbers, now = np.random.default_rng([seed, 1]), Length(first)

    def gradients() -> Arrays:
        x, odd = _bits(numbers, now.steps, BATCH)
        return model.backward(cross_entropy(model.forward(x), odd[-1])[1])

    def share(steps: int) -> float:
        x, odd = _bits(np.random.default_rng([seed, 2]), steps, ASKED)
        return float((model.forward(x).argmax(axis=0) == odd[-1]).mean())

    best = 0.0
    for done in islice(updates(model, gradients, RATE), most):
        if done % LOOK == 0:
            found = share(now.steps)
            best = max(best, found if now.steps == last else 0.0)
            now.steps += found >= SOLVED[0] and now.steps < last
        if best >= SOLVED[0]:
            break
    return best
