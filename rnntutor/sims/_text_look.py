"""What is to be seen of a character model: the lines it writes, and a passage it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnntutor.nn.losses import softmax
from rnntutor.nn.models import SequenceToSequence
from rnntutor.nn.trace import Array, Trace
from rnntutor.sims import _text_model
from rnntutor.sims._text import END, Corpus, joined, split

PASSAGE = 360  # symbols
DICE = 3  # the same for every net and temperature
_LABELS = {END: "/", " ": "_"}


@dataclass(frozen=True)
class Sample:
    """What a net is like after `updates` updates: its lines (the likeliest first), the bits a
    symbol costs of the text it trains on and of the part held out, and the share of the words it
    draws that stand in the text."""

    updates: int
    lines: tuple[str, ...]
    bits: float
    held_out: float
    words: float


def costs(net: SequenceToSequence, corpus: Corpus) -> tuple[float, float]:
    """The bits that a symbol costs: of the text that is trained on, of the part held out."""
    return _text_model.bits(net, corpus.train), _text_model.bits(net, corpus.held)


def sample(
    net: SequenceToSequence,
    corpus: Corpus,
    updates: int,
    temperature: float,
    known: tuple[float, float] | None = None,
) -> Sample:
    """Let the net write, and count what the two parts of the text cost it (unless that is
    known)."""
    dice = np.random.default_rng(DICE)
    drawn = tuple(map(corpus.shown, _text_model.lines(net, temperature, dice)))
    words = [word for line in drawn[1:] for word in line.split()[:-1]]  # the last one is cut
    share = sum(word in corpus.words for word in words) / max(1, len(words))
    return Sample(updates, drawn, *(known or costs(net, corpus)), share)


def look(
    net: SequenceToSequence,
    corpus: Corpus,
    cell: str,
    samples: tuple[Sample, ...],
    **shown: float,
) -> Trace:
    """The net reading the beginning of its text.

    Over the T symbols: h (T+1,H), y and p (T,K), the probability of what comes next; p_drawn,
    the same under `temperature`; place (T,), which character of `letters` the symbol belongs to,
    and read (T,), the code point of what has been read of that character; next (T,), which symbol
    comes.
    Fixed: alphabet and letters, code points; for the M samples, the last of them the present:
    sample_at, sample_bits, sample_held_out (M,) and sample_lines (M,4,L), code points with 0 after
    the end; bits and held_out, the present ones, and guess, what a symbol costs without any
    knowledge; and what is `shown`: temperature, unit, threshold.
    """
    ids = corpus.train[: PASSAGE + 1]
    h, y = _text_model.probe(net, ids[:-1])
    symbols = [corpus.alphabet[i] for i in ids[:-1]]
    place, read, letters = _characters(corpus, symbols)
    longest = max(len(line) for one in samples for line in one.lines)
    arrays: dict[str, Array] = {
        "h": h,
        "y": y,
        "p": np.asarray(softmax(y.T).T, np.float64),
        "p_drawn": np.asarray(softmax(y.T / shown["temperature"]).T, np.float64),
        "place": place,
        "read": read,
        "next": ids[1:].astype(np.float64),
    }
    fixed: Mapping[str, Array] = {
        "alphabet": _points("".join(map(joined, corpus.alphabet))),
        "letters": letters,
        "sample_at": np.array([float(one.updates) for one in samples]),
        "sample_bits": np.array([one.bits for one in samples]),
        "sample_held_out": np.array([one.held_out for one in samples]),
        "sample_lines": np.array(
            [[_points(line, longest) for line in one.lines] for one in samples]
        ),
        "bits": np.array(samples[-1].bits),
        "held_out": np.array(samples[-1].held_out),
        "guess": np.array(np.log2(len(corpus.alphabet))),
        **{name: np.array(float(value)) for name, value in shown.items()},
    }
    labels = tuple(_LABELS.get(symbol, joined(symbol)) for symbol in symbols)
    return Trace(cell, len(symbols), arrays, fixed, labels)


def _characters(corpus: Corpus, symbols: list[str]) -> tuple[Array, Array, Array]:
    """place and read (T,), letters (N,), of the passage."""
    place: list[int] = []
    read: list[str] = []
    letters: list[str] = []
    for character in corpus.text:
        parts = split(character)
        for n in range(1, len(parts) + 1):
            if len(place) == len(symbols):
                break
            letters[len(letters) - (n > 1) :] = [joined(parts[:n])]
            place.append(len(letters) - 1)
            read.append(letters[-1])
    return np.array(place, np.float64), _points("".join(read)), _points("".join(letters))


def _points(text: str, length: int = 0) -> NDArray[np.float64]:
    """Code points, with 0 up to `length`."""
    points = [float(ord(c)) for c in text]
    return np.array(points + [0.0] * (length - len(points)))
