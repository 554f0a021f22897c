"""A network that predicts the next symbol: its training, its loss in bits, the text it writes."""

from __future__ import annotations

import math

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from rnntutor.nn.arrays import Array, Ids
from rnntutor.nn.layers import Recurrent, one_hot
from rnntutor.nn.losses import cross_entropy, softmax
from rnntutor.nn.models import SequenceToSequence
from rnntutor.nn.optimisers import Adam, clip_grad_norm
from rnntutor.sims.text.corpus import Corpus

BATCH, STEPS = 16, 32  # excerpts of one update, and how far back their gradient goes
RATE, MOST = 3e-3, 1.0
DATA, DICE = 1, 2  # streams of random numbers beside that of the weights
LINES = 4  # the likeliest line, and three that are drawn
LENGTH = 96  # symbols of a line


def network(corpus: Corpus, cell: str, units: int, seed: int) -> SequenceToSequence:
    """Return the untrained network: one-hot symbols in, logits of the next symbol out."""
    size = len(corpus.alphabet)
    return SequenceToSequence(cell, size, units, size, seed=seed)


class TextTrainer:
    """Trains a network on random excerpts, each read from a zero state; the gradient goes back at
    most STEPS symbols (truncated BPTT).

    Args:
        net: the network.
        corpus: the text.
        seed: seed of the excerpts.
        after: updates already made, which also determine the excerpts.
    """

    def __init__(
        self, net: SequenceToSequence, corpus: Corpus, seed: int, *, after: int = 0
    ) -> None:
        """Start training; `after` updates have already been made, which also determine the
        excerpts."""
        self.net, self.corpus = net, corpus
        self._numbers = np.random.default_rng([seed, DATA, after])
        self._adam = Adam(net.params, RATE)

    def update(self) -> float:
        """Make one update and return the loss of its excerpts before it, in nats a symbol."""
        train = self.corpus.train
        steps = min(STEPS, len(train) - 1)
        start = self._numbers.integers(0, len(train) - steps, BATCH)
        ids = train[start + np.arange(steps + 1)[:, None]]
        x = one_hot(ids[:-1], len(self.corpus.alphabet), np.float32)
        with np.errstate(over="ignore", invalid="ignore"):
            loss, dy = cross_entropy(self.net.forward(x), ids[1:])
            gradients = self.net.backward(dy)
            clip_grad_norm(gradients, MOST)
            self._adam.step(gradients)
        return loss


def bits(net: SequenceToSequence, ids: Ids) -> float:
    """Return the mean of -log2 p of each next symbol, reading the text in one run from a zero
    state; the first symbol is not predicted."""
    size = net.head.params["V"].shape[0]
    y = net.forward(one_hot(ids[:-1, None], size, np.float32))
    return cross_entropy(y, ids[1:, None])[0] / math.log(2)


def lines(net: SequenceToSequence, temperature: float, dice: Generator) -> NDArray[np.intp]:
    """Return the lines written after a line's end, (LINES, LENGTH).

    Row 0 takes the most probable symbol, the others are sampled from softmax(y / temperature).
    Equal random numbers make equal choices, so two lines differ only by temperature and network.
    """
    size = net.head.params["V"].shape[0]
    hot = np.eye(size, dtype=np.float32)
    thrown = dice.random((LENGTH, LINES))
    ids = np.zeros(LINES, np.intp)
    written = np.empty((LINES, LENGTH), np.intp)
    state: tuple[Array, ...] = ()
    for t in range(LENGTH):
        y = net.forward(hot[:, ids][None], *state)[0].astype(np.float64)
        state = tuple(part.copy() for part in net.last)
        reached = np.cumsum(softmax(y / temperature), axis=0)
        ids = np.minimum((reached < thrown[t] * reached[-1]).sum(axis=0), size - 1)
        ids[0] = y[:, 0].argmax()
        written[:, t] = ids
    return written


def probe(net: SequenceToSequence, ids: Ids) -> tuple[Array, Array]:
    """Read symbols from a zero state; return h (T+1,H) and the logits y (T,K)."""
    size = net.head.params["V"].shape[0]
    y = net.forward(one_hot(ids[:, None], size, np.float32))[..., 0].astype(np.float64)
    assert isinstance(net.cell, Recurrent)
    return net.cell.cell.now.h[..., 0].astype(np.float64), y
