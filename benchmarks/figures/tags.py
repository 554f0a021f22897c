"""(h) Tags that depend on the next or previous symbol: reading one way, and both ways."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

import numpy as np
from numpy.random import Generator

from rnntutor.nn.layers import one_hot
from rnntutor.nn.losses import cross_entropy
from rnntutor.nn.models import Arrays, SequenceToSequence

from .figure import Figure, about
from .training import BATCH, FRESH, seen, started, until, updates

STEPS, UNITS, RATE, LONGEST = 15, 16, 1e-2, 600
SYMBOLS, TAGS, X, Y = 12, 3, 10, 11  # ten digits, and X and Y, whose tags depend on a digit
ASKED = 4 * FRESH  # sequences, so that the share of right X is known to 0.007
PATIENT = 1500  # updates of the narrow nets
# (units, merge) -> how many of five seeds reached every tag right.
NARROW = {
    (2, "concat"): 3,
    (2, "sum"): 0,
    (3, "concat"): 5,
    (3, "sum"): 4,
    (4, "concat"): 5,
    (4, "sum"): 5,
}


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures of this part.

    The merges "ave" and "mul" are left out: the engine has concat and sum. How many other symbols
    there were, and how frequent X and Y, was not written down; with fewer symbols a narrower net is
    enough.
    """
    for kind in ("rnn", "lstm"):
        for units in (16, 32):
            for ahead, low, high in ((True, 0.48, 0.52), (False, 0.9995, 1.0)):
                which = "tag by the next symbol" if ahead else "every other tag"
                what = f"{which}, {kind.upper()} H={units} one way"
                run = partial(_one_way, kind, units, ahead)
                yield Figure("h", what, low, high, run, quick=units == UNITS)
        for merge in ("concat", "sum"):
            what = f"every tag, {kind.upper()} {merge}"
            yield Figure("h", what, 0.9995, 1.0, partial(_both_ways, kind, merge))
    for merge in ("concat", "sum"):
        what = f"updates until 99 % of the tags are right, RNN {merge}"
        yield Figure("h", what, *about(105), partial(_soon, merge))
    for (units, merge), count in NARROW.items():
        what = f"every tag at last, RNN {merge} H={units}: the best share"
        run = partial(_best, units, merge)
        yield Figure("h", what, 1.0, 1.0, run, quick=False, count=count)


def _sentences(numbers: Generator, batch: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw symbols and tags (T,B).

    The tag of an X is the parity of the next digit, of a Y that of the previous one, else 2. About
    one symbol in five is an X or a Y.
    """
    symbols = numbers.integers(0, 10, (STEPS, batch))
    marked = numbers.random((STEPS, batch)) < 0.2
    marked[[0, -1]] = False
    marked[1:] &= ~marked[:-1]  # no two of them are neighbours
    symbols[marked] = numbers.choice([X, Y], int(marked.sum()))
    tags = np.full_like(symbols, 2)
    after, before = np.roll(symbols, -1, 0), np.roll(symbols, 1, 0)
    tags[symbols == X] = after[symbols == X] % 2
    tags[symbols == Y] = before[symbols == Y] % 2
    return symbols, tags


def _training(
    kind: str, merge: str | None, units: int, seed: int
) -> tuple[SequenceToSequence, Iterator[int]]:
    """Return a net, and the updates that train it."""
    model = SequenceToSequence(kind, SYMBOLS, units, TAGS, seed=seed, merge=merge)
    numbers = np.random.default_rng([seed, 1])

    def gradients() -> Arrays:
        symbols, tags = _sentences(numbers, BATCH)
        return model.backward(cross_entropy(_read(model, symbols), tags)[1])

    return started(model, seed), updates(model, gradients, RATE)


def _read(model: SequenceToSequence, symbols: np.ndarray) -> np.ndarray:
    """Return the logits of the tags (T,K,B)."""
    return model.forward(one_hot(symbols, SYMBOLS, np.float32))


@cache
def _hits(kind: str, merge: str | None, units: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return new symbols (T,B), and which of their tags are right after 600 updates."""
    model, made = _training(kind, merge, units, seed)
    seen(made, (LONGEST,), lambda: None)
    symbols, tags = _sentences(np.random.default_rng([seed, 2]), ASKED)
    return symbols, _read(model, symbols).argmax(axis=1) == tags


def _one_way(kind: str, units: int, ahead: bool, seed: int) -> float:
    """Return the share of right tags of X (`ahead`), or of all other symbols."""
    symbols, hits = _hits(kind, None, units, seed)
    return float(hits[(symbols == X) == ahead].mean())


def _both_ways(kind: str, merge: str, seed: int) -> float:
    return float(_hits(kind, merge, UNITS, seed)[1].mean())


def _soon(merge: str, seed: int) -> float:
    model, made = _training("rnn", merge, UNITS, seed)
    symbols, tags = _sentences(np.random.default_rng([seed, 3]), 100)

    def reached() -> bool:
        return float((_read(model, symbols).argmax(axis=1) == tags).mean()) >= 0.99

    return until(made, reached, every=5, most=LONGEST)


def _best(units: int, merge: str, seed: int) -> float:
    """Return the best share of right tags, measured every 50 updates."""
    model, made = _training("rnn", merge, units, seed)
    symbols, tags = _sentences(np.random.default_rng([seed, 3]), FRESH)

    def share() -> float:
        return float((_read(model, symbols).argmax(axis=1) == tags).mean())

    return max(seen(made, range(50, PATIENT + 1, 50), share).values())
