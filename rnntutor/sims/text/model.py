"""A net that guesses the next symbol: its training, what it costs in bits, what it writes."""

from __future__ import annotations

import math

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from rnntutor.nn.arrays import Array, Ids
from rnntutor.nn.layers import Recurrent, one_hot
from rnntutor.nn.losses import cross_entropy, softmax
from rnntutor.nn.models import SequenceToSequence
from rnntutor.nn.optimisers import Adam, clip
from rnntutor.sims.text.corpus import Corpus

BATCH, STEPS = 16, 32  # excerpts of one update, and how far back their gradient goes
RATE, MOST = 3e-3, 1.0
DATA, DICE = 1, 2  # streams of random numbers beside that of the weights
LINES = 4  # the likeliest line, and three that are drawn
LENGTH = 96  # symbols of a line


def network(corpus: Corpus, cell: str, units: int, seed: int) -> SequenceToSequence:
    """The untrained net: symbols one-hot in, logits of the next symbol out."""
    size = len(corpus.alphabet)
    return SequenceToSequence(cell, size, units, size, seed=seed)


class TextTrainer:
    """A net being trained on excerpts from random places, each read from an empty state: the
    gradient goes back at most STEPS symbols (truncated BPTT)."""

    def __init__(
        self, net: SequenceToSequence, corpus: Corpus, seed: int, *, after: int = 0
    ) -> None:
        """after: the updates that the net has behind it; they choose the excerpts too."""
        self.net, self.corpus = net, corpus
        self._numbers = np.random.default_rng([seed, DATA, after])
        self._adam = Adam(net.params, RATE)

    def update(self) -> float:
        """One update; the loss of its excerpts, in nats a symbol, before it."""
        train = self.corpus.train
        steps = min(STEPS, len(train) - 1)
        start = self._numbers.integers(0, len(train) - steps, BATCH)
        ids = train[start + np.arange(steps + 1)[:, None]]
        x = one_hot(ids[:-1], len(self.corpus.alphabet), np.float32)
        with np.errstate(over="ignore", invalid="ignore"):
            loss, dy = cross_entropy(self.net.forward(x), ids[1:])
            gradients = self.net.backward(dy)
            clip(gradients, MOST)
            self._adam.step(gradients)
        return loss


def bits(net: SequenceToSequence, ids: Ids) -> float:
    """What a symbol of this text costs: the mean of -log2 p of what comes, read in one go from
    an empty state. The first symbol is read, not guessed."""
    size = net.head.params["V"].shape[0]
    y = net.forward(one_hot(ids[:-1, None], size, np.float32))
    return cross_entropy(y, ids[1:, None])[0] / math.log(2)


def lines(net: SequenceToSequence, temperature: float, dice: Generator) -> NDArray[np.intp]:
    """What the net writes after a line's end, (LINES, LENGTH): in row 0 always the likeliest
    symbol, in the others one drawn from softmax(y / temperature). The same dice make the same
    choices, so that only the temperature and the net tell two lines apart."""
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
    """The net reading these symbols from an empty state: h (T+1,H) and the logits y (T,K)."""
    size = net.head.params["V"].shape[0]
    y = net.forward(one_hot(ids[:, None], size, np.float32))[..., 0].astype(np.float64)
    assert isinstance(net.cell, Recurrent)
    return net.cell.cell.now.h[..., 0].astype(np.float64), y
