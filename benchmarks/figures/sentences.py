"""(e) Sentiment of sentences: "the movie was not good", "… was bad but never awful"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

import numpy as np
from numpy.random import Generator

from rnntutor.nn.layers import one_hot
from rnntutor.nn.models import Arrays, SequenceToVector

from .figure import Figure
from .training import BATCH, FRESH, seen, started, until, updates, yes_or_no

STEPS, UNITS, RATE, LONGEST = 14, 16, 1e-2, 600
GOOD = ("good", "great", "fine", "lovely", "funny")
BAD = ("bad", "awful", "poor", "boring", "sad")
START, NOT, BUT = ("the", "movie", "was"), ("not", "never"), "but"
WORDS = ("", *START, *NOT, BUT, *BAD, *GOOD)  # id 0 pads on the left
READ, ASKED = 2000, 10000  # sentences for fitting the bag of words, and for measuring it
# Updates until 99 % are right.
RIGHT_AFTER = {"rnn": (300, 500), "lstm": (163, 221), "gru": (137, 159)}


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures of this part: three nets, and a bag of words, which ignores order.

    Answers before the last word are left out: the nets answer only at the end. How "99 %" was
    measured was not written down: here on new sentences, every other update.
    """
    for kind, (low, high) in RIGHT_AFTER.items():
        name = kind.upper()
        what = f"sentiment, {name} H=16, 600 updates: share right"
        yield Figure("e", what, 1.0, 1.0, partial(_right, kind))
        what = f"sentiment, {name}: updates until 99 % are right"
        yield Figure("e", what, low, high, partial(_soon, kind))
        for text, (p_low, p_high) in (("not good", (0, 0.005)), ("not bad", (0.995, 1))):
            what = f'P(positive) of "the movie was {text}", {name}'
            run = partial(_positive, kind, (*START, *text.split()))
            yield Figure("e", what, p_low, p_high, run)
    what = "sentiment, bag of words: share right (chance 0.5)"
    yield Figure("e", what, 0.47, 0.52, _by_counting, 3)


def _sentence(numbers: Generator) -> tuple[list[str], int]:
    """Draw a sentence and its sentiment (1 positive, 0 negative).

    Half of the adjectives are negated. Three of ten sentences have two clauses, and the one after
    "but" decides, whatever the first one is.
    """
    says = int(numbers.integers(2))
    words = [*START, *_clause(numbers, says)]
    if numbers.random() < 0.3:
        words = [*START, *_clause(numbers, int(numbers.integers(2))), BUT, *_clause(numbers, says)]
    return words, says


def _clause(numbers: Generator, says: int) -> list[str]:
    """Draw an adjective of this sentiment, or a negated one of the opposite."""
    negated = numbers.random() < 0.5
    adjective = str(numbers.choice((BAD, GOOD)[says != negated]))
    return [str(numbers.choice(NOT)), adjective] if negated else [adjective]


def _sentences(numbers: Generator, batch: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw word ids (T,B), padded on the left, and sentiments (B,)."""
    ids, judged = np.zeros((STEPS, batch), np.intp), np.zeros(batch, np.intp)
    for n in range(batch):
        words, judged[n] = _sentence(numbers)
        ids[-len(words) :, n] = _numbers(words)
    return ids, judged


def _numbers(words: list[str] | tuple[str, ...]) -> list[int]:
    return [WORDS.index(word) for word in words]


def _read(model: SequenceToVector, ids: np.ndarray) -> np.ndarray:
    """Return the logit (1,B) of "positive" after the last word."""
    return model.forward(one_hot(ids, len(WORDS), np.float32))


def _training(kind: str, seed: int) -> tuple[SequenceToVector, Iterator[int]]:
    """Return a net, and the updates that train it."""
    model = started(SequenceToVector(kind, len(WORDS), UNITS, 1, seed=seed), seed)
    numbers = np.random.default_rng([seed, 1])

    def gradients() -> Arrays:
        ids, judged = _sentences(numbers, BATCH)
        return model.backward(yes_or_no(_read(model, ids), judged)[1])

    return model, updates(model, gradients, RATE)


def _share(model: SequenceToVector, asked: tuple[np.ndarray, np.ndarray]) -> float:
    return float(((_read(model, asked[0])[0] > 0) == asked[1]).mean())


@cache
def _trained(kind: str, seed: int) -> SequenceToVector:
    model, made = _training(kind, seed)
    seen(made, (LONGEST,), lambda: None)
    return model


def _right(kind: str, seed: int) -> float:
    """Return the share right on new sentences."""
    return _share(_trained(kind, seed), _sentences(np.random.default_rng([seed, 2]), FRESH))


def _soon(kind: str, seed: int) -> float:
    """Return the number of updates until the share right is 99 % for the first time."""
    model, made = _training(kind, seed)
    asked = _sentences(np.random.default_rng([seed, 3]), FRESH)
    return until(made, lambda: _share(model, asked) >= 0.99, every=2, most=LONGEST)


def _positive(kind: str, words: tuple[str, ...], seed: int) -> float:
    ids = np.zeros((STEPS, 1), np.intp)
    ids[-len(words) :, 0] = _numbers(words)
    return float(1 / (1 + np.exp(-_read(_trained(kind, seed), ids)[0, 0])))


def _by_counting(seed: int) -> float:
    """Return the share right of logistic regression on word counts."""
    numbers = np.random.default_rng([seed, 4])
    (read, says), (asked, wanted) = (_sentences(numbers, many) for many in (READ, ASKED))
    counts, weights = _counts(read), np.zeros(len(WORDS))
    for _ in range(1000):
        chance = 1 / (1 + np.exp(-counts @ weights))
        weights -= counts.T @ (chance - says) / READ
    return float(((_counts(asked) @ weights > 0) == wanted).mean())


def _counts(ids: np.ndarray) -> np.ndarray:
    """Return how often each word occurs in each sentence, (B,N)."""
    return np.asarray(one_hot(ids, len(WORDS), np.float64).sum(axis=0).T)
