"""(f) Captions: from a picture of 8 × 8 to "a tee at the top left"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial

import numpy as np
from numpy.random import Generator

from rnntutor.nn.losses import cross_entropy
from rnntutor.nn.models import Arrays, VectorToSequence
from rnntutor.sims.common import demos
from rnntutor.sims.common.demos import END
from rnntutor.sims.types import pictures as _pictures
from rnntutor.sims.types.pictures import DescribedPicture

from .figure import Figure
from .training import BATCH, seen, started, updates

RATE = 1e-2
HELD_OUT = 12  # pictures of the 72
ASKED = 2000  # noisy pictures for a share, which is then known to 0.003
FOUND = {200: (0.18, 0.91), 400: (0.79, 0.95), 1500: (0.975, 0.995)}


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures of this part: every cell at each number of updates."""
    for kind in ("rnn", "lstm", "gru"):
        for done, (low, high) in FOUND.items():
            what = f"captions, {kind.upper()}, {done} updates: share exact"
            yield Figure("f", what, low, high, partial(_exact, kind, done))
    # The cell, and how many were held out, were not written down.
    what = f"captions, GRU, {HELD_OUT} combinations held out: share exact"
    yield Figure("f", what, 0.04, 0.29, _composed, quick=False)


def _exact(kind: str, done: int, seed: int) -> float:
    """Return the share of captions with every word right, for pictures with new noise."""
    return _shares(kind, seed)[done]


@cache
def _shares(kind: str, seed: int) -> dict[int, float]:
    told = _pictures.every("en")
    return _course(kind, seed, told, told)


def _composed(seed: int) -> float:
    """Return the same share for combinations of shape and place that were not in training.

    Each shape and each place was, separately.
    """
    told = _pictures.every("en")
    order = np.random.default_rng([seed, 3]).permutation(len(told))
    kept, held = ([told[n] for n in part] for part in (order[HELD_OUT:], order[:HELD_OUT]))
    return _course("gru", seed, kept, held)[max(FOUND)]


def _course(
    kind: str, seed: int, told: Sequence[DescribedPicture], asked: Sequence[DescribedPicture]
) -> dict[int, float]:
    """Train on pictures with captions, and measure on others.

    Args:
        kind: the cell.
        seed: seed of the net and of the data.
        told: pictures and captions to train on.
        asked: pictures and captions to measure on.

    Returns:
        Number of updates -> share of exact captions.
    """
    words = demos.Symbols.of(text for _, text in _pictures.every("en"))
    model = started(_pictures.net(len(words), kind=kind, seed=seed), seed)
    numbers = np.random.default_rng([seed, 1])

    def gradients() -> Arrays:
        pictures, said = _batch(numbers, words, told, BATCH)
        y = model.forward(pictures, demos.before(said))
        return model.backward(cross_entropy(y, said, _counted(said))[1])

    def share() -> float:
        return _share(model, *_batch(np.random.default_rng([seed, 2]), words, asked, ASKED))

    return seen(updates(model, gradients, RATE), FOUND, share)


def _batch(
    numbers: Generator, words: demos.Symbols, told: Sequence[DescribedPicture], batch: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return noisy pictures (64,B), drawn evenly, and captions (T,B) padded with END."""
    chosen = [told[n] for n in numbers.integers(len(told), size=batch)]
    clear = np.array([picture for picture, _ in chosen])
    noisy = _pictures.noisy(numbers, clear, _pictures.NOISE)
    said = np.full((max(len(text) for _, text in chosen) + 1, batch), END)
    for n, (_, text) in enumerate(chosen):
        said[: len(text), n] = words.ids(text)
    return noisy.reshape(batch, -1).T.astype(np.float32), said


def _share(model: VectorToSequence, pictures: np.ndarray, wanted: np.ndarray) -> float:
    said = model.greedy(pictures, END, len(wanted))
    return float(((said == wanted) | (_counted(wanted) == 0)).all(axis=0).mean())


def _counted(said: np.ndarray) -> np.ndarray:
    """Return 1 for every symbol of the targets (T,B) up to the first END, else 0."""
    ends = np.cumsum(said == END, axis=0)
    return np.asarray(ends - (said == END) == 0, np.float32)
