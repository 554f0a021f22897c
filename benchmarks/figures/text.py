"""(d) A text, symbol by symbol: bits per symbol, and the share of real words in samples."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from rnntutor.sims.text import corpus as _text
from rnntutor.sims.text import model
from rnntutor.sims.text.look import real_words
from rnntutor.sims.text.look import stand as stand_of

from .figure import Figure

UNITS, SEEDS = 64, 3
LAST = 20  # losses that are averaged
WARM = 0.7  # temperature of the samples
SYLLABLES = "ko, syllables"


@dataclass(frozen=True)
class Stage:
    """Results of training after some updates.

    Attributes:
        bits: bits per symbol.
        words: share of real words.
    """

    bits: float
    words: float


# Text -> (updates, bits, share of real words). The times of .25 … 8 s are converted at
# 1.9, 2.7 and 3.4 ms an update.
STAGES = {
    "en": ((132, 3.0, 0.25), (263, 1.9, 0.4), (526, 0.8, 0.65), (1053, 0.3, 0.98), (2105, 0.2, 1)),
    "ko": (
        *((93, 4.3, 0.0), (185, 2.9, 0.02), (370, 1.9, 0.16), (741, 0.8, 0.32)),
        *((1481, 0.3, 0.97), (2963, 0.2, None)),
    ),
}
# For syllables the ranges themselves were written down.
WHOLE = ((147, 3.3, 5.1), (294, 1.1, 2.5), (588, 0.3, 0.5))
WHOLE_WORDS = ((294, 0.63), (588, 0.94))
MARKS = {lang: tuple(stage[0] for stage in stages) for lang, stages in STAGES.items()}
MARKS[SYLLABLES] = tuple(stage[0] for stage in WHOLE)
GUESS = {"en": math.log2(24), "ko": math.log2(47)}  # bits before any update


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures of this part.

    The texts are not the original ones, but as long (about 640 and 440 characters to learn) and of
    the same kind. So a range goes from the value at twice the updates to the value at half of them.
    A smaller net at a higher rate, and the RNN that diverged, are left out: their number of updates
    was not written down.
    """
    for lang, stages in STAGES.items():
        bits = [GUESS[lang], *(stage[1] for stage in stages), 0.0]
        for n, (updates, *_) in enumerate(stages, 1):
            what = f"{lang.upper()} text (not the first), {updates} updates: bits"
            run = partial(_bits, lang, updates)
            yield Figure("d", what, bits[n + 1], bits[n - 1], run, SEEDS, quick=lang == "en")
        words = [0.0, *(stage[2] for stage in stages if stage[2] is not None), 1.0]
        for n, updates in enumerate(MARKS[lang][: len(words) - 2], 1):
            what = f"{lang.upper()} text (not the first), {updates} updates: real words"
            run = partial(_words, lang, updates)
            yield Figure("d", what, words[n - 1], words[n + 1], run, SEEDS, quick=lang == "en")
    yield from _syllables()


def _syllables() -> Iterator[Figure]:
    for updates, low, high in WHOLE:
        what = f"KO text in syllables, {updates} updates: bits"
        run = partial(_bits, SYLLABLES, updates)
        yield Figure("d", what, low, high, run, SEEDS, quick=False)
    for updates, share in WHOLE_WORDS:
        what = f"KO text in syllables, {updates} updates: real words"
        run = partial(_words, SYLLABLES, updates)
        # About 40 words are sampled, so the share is known to 0.15.
        yield Figure("d", what, share - 0.15, min(1.0, share + 0.15), run, SEEDS, quick=False)


def _bits(text: str, updates: int, seed: int) -> float:
    return _stages(text, seed)[updates].bits


def _words(text: str, updates: int, seed: int) -> float:
    return _stages(text, seed)[updates].words


@cache
def _stages(text: str, seed: int) -> dict[int, Stage]:
    """Train an LSTM on a text; return number of updates -> results.

    The bits are the mean over the last excerpts trained on. Each excerpt starts from an empty
    state, so its first symbols always cost some bits.
    """
    corpus = _in_syllables() if text == SYLLABLES else _text.corpus(_text.builtin_text(text))
    reader = model.TextTrainer(model.network(corpus, "lstm", UNITS, seed), corpus, seed)
    losses: list[float] = []
    found: dict[int, Stage] = {}
    for mark in MARKS[text]:
        losses += [reader.update() for _ in range(mark - len(losses))]
        stand = stand_of(reader.net, corpus, "lstm", mark)
        bits = float(np.mean(losses[-LAST:])) / math.log(2)
        found[mark] = Stage(bits, real_words(stand, WARM))
    return found


@cache
def _in_syllables() -> _text.Corpus:
    """Return the Korean text with whole syllables as its symbols."""
    text = _text.builtin_text("ko")
    read = _text.corpus(text).text
    alphabet = (_text.END, *sorted(set(text) - {_text.END}))
    ids = np.array([alphabet.index(symbol) for symbol in text], np.intp)
    return _text.Corpus(read, alphabet, ids[: len(read)], ids[len(read) :])
