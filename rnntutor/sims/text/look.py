"""What a character model shows: the lines it writes, and a passage it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rnntutor.nn.arrays import Array, read_only
from rnntutor.nn.losses import softmax
from rnntutor.nn.models import SequenceToSequence
from rnntutor.nn.trace import Trace
from rnntutor.sims.text import model
from rnntutor.sims.text.corpus import END, Corpus, is_final, join_syllables, split
from rnntutor.subjects.runs import LanguageModel

PASSAGE = 360  # symbols
DICE = 3  # the same for every net and temperature
_LABELS = {END: "/", " ": "_"}


@dataclass(frozen=True, eq=False)
class Stand:
    """A network as it was after a number of updates.

    Attributes:
        corpus: the text.
        cell: kind of the cell.
        updates: number of updates made.
        params: a copy of its parameters.
        costs: bits a symbol of the training and of the held-out text.
    """

    corpus: Corpus
    cell: str
    updates: int
    params: Mapping[str, Array]
    costs: tuple[float, float]

    def net(self) -> SequenceToSequence:
        """Return a new network with these parameters, which shares nothing with one in training."""
        units = self.params["head.V"].shape[1]
        made = model.network(self.corpus, self.cell, units, seed=0)
        made.load(self.params)
        return made


def stand(net: SequenceToSequence, corpus: Corpus, cell: str, updates: int) -> Stand:
    """Return the present state of a network."""
    costs = model.bits(net, corpus.train), model.bits(net, corpus.held)
    params = {name: read_only(value.copy()) for name, value in net.params.items()}
    return Stand(corpus, cell, updates, params, costs)


def best(stands: tuple[Stand, ...]) -> Stand:
    """Return the state with the lowest held-out loss."""
    return min(stands, key=lambda one: one.costs[1])


@lru_cache(maxsize=16)
def lines(of: Stand, temperature: float) -> tuple[str, ...]:
    """Return the lines that the network writes, the most probable first. Cached, since only the
    present network is new at each report."""
    dice = np.random.default_rng(DICE)
    return tuple(map(of.corpus.as_text, model.lines(of.net(), temperature, dice)))


def real_words(of: Stand, temperature: float) -> float:
    """Return the share of the sampled words that occur in the text."""
    drawn = lines(of, temperature)[1:]
    words = [word for line in drawn for word in line.split()[:-1]]  # the last one is cut
    return sum(word in of.corpus.words for word in words) / max(1, len(words))


def look(stands: tuple[Stand, ...], used: Stand, **shown: float) -> Trace:
    """Return the run of the network over the beginning of its text, with the weights of `used`.

    Over the T symbols: h (T+1,H); y and p (T,K), the prediction of the next symbol; p_drawn, the
    same under `temperature`; letter (T,), the index in `letters` of the character that the symbol
    belongs to; read (T,), the code point of the part of that character read so far; next (T,), the
    next symbol.

    Fixed: alphabet and letters, code points; final, which symbols close a syllable; of the M
    states, the last being the present: sample_at, sample_bits, sample_held_out (M,) and
    sample_lines (M,4,L), code points padded with 0; of the state in use: used (its updates), bits,
    held_out and words, the share of real words among the sampled ones; guess, the bits of a uniform
    guess; and the settings in `shown`: temperature, unit, threshold.

    Args:
        stands: the states, in order of updates.
        used: the one whose weights are used.
        shown: display settings.
    """
    corpus = used.corpus
    ids = corpus.train[: PASSAGE + 1]
    h, y = model.probe(used.net(), ids[:-1])
    symbols = [corpus.alphabet[i] for i in ids[:-1]]
    letter, read, letters = _characters(corpus, symbols)
    written = [lines(one, shown["temperature"]) for one in stands]
    longest = max(len(line) for four in written for line in four)
    arrays: dict[str, Array] = {
        "h": h,
        "y": y,
        "p": np.asarray(softmax(y.T).T, np.float64),
        "p_drawn": np.asarray(softmax(y.T / shown["temperature"]).T, np.float64),
        "letter": letter,
        "read": read,
        "next": ids[1:].astype(np.float64),
    }
    fixed: Mapping[str, Array] = {
        "alphabet": _points("".join(map(join_syllables, corpus.alphabet))),
        "final": np.array([float(is_final(symbol)) for symbol in corpus.alphabet]),
        "letters": letters,
        "sample_at": np.array([float(one.updates) for one in stands]),
        "sample_bits": np.array([one.costs[0] for one in stands]),
        "sample_held_out": np.array([one.costs[1] for one in stands]),
        "sample_lines": np.array([[_points(line, longest) for line in four] for four in written]),
        "updates": np.array(float(stands[-1].updates)),
        "used": np.array(float(used.updates)),
        "bits": np.array(used.costs[0]),
        "held_out": np.array(used.costs[1]),
        "words": np.array(real_words(used, shown["temperature"])),
        "guess": np.array(np.log2(len(corpus.alphabet))),
        **{name: np.array(float(value)) for name, value in shown.items()},
    }
    labels = tuple(_LABELS.get(symbol, join_syllables(symbol)) for symbol in symbols)
    return Trace(used.cell, len(symbols), arrays, fixed, labels, subject=LanguageModel())


def _characters(corpus: Corpus, symbols: list[str]) -> tuple[Array, Array, Array]:
    """Return letter and read (T,), and letters (N,), of the passage."""
    letter: list[int] = []
    read: list[str] = []
    letters: list[str] = []
    for character in corpus.text:
        parts = split(character)
        for n in range(1, len(parts) + 1):
            if len(letter) == len(symbols):
                break
            letters[len(letters) - (n > 1) :] = [join_syllables(parts[:n])]
            letter.append(len(letters) - 1)
            read.append(letters[-1])
    return np.array(letter, np.float64), _points("".join(read)), _points("".join(letters))


def _points(text: str, length: int = 0) -> Array:
    """Return code points, padded with 0 to `length`."""
    points = [float(ord(c)) for c in text]
    return np.array(points + [0.0] * (length - len(points)))
