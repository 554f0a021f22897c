"""(g) Mapping one sequence to another through the encoder's last state alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.random import Generator

from rnntutor.nn.losses import cross_entropy
from rnntutor.nn.models import Arrays, EncoderDecoder
from rnntutor.sims.common import demos, translate

from .figure import Figure
from .training import BATCH, FRESH, seen, started, updates

END, UNITS, DIGITS = 0, 64, 10
RATE, SLOW = 1e-2, 5e-3  # rate of the dates, rate of the digits
PAIRS = 8000  # dates to train on
Numbered = tuple[list[int], list[int]]  # ids of a source and of its target, which ends with END
Pairs = tuple[np.ndarray, np.ndarray]  # sources (S,B); targets (T,B) and END


@dataclass(frozen=True)
class Task:
    """A task of mapping sequences.

    Attributes:
        source: number of source symbols.
        target: number of target symbols.
        draw: function that draws pairs of one length for training.
        asked: number of digits -> new pairs of each length.
    """

    source: int
    target: int
    draw: Callable[[], Pairs]
    asked: dict[int, list[Pairs]]


@dataclass(frozen=True)
class Training:
    """Settings of one training run.

    Attributes:
        kind: the cell.
        longest: highest number of digits, or DATES.
        rate: learning rate of Adam.
    """

    kind: str
    longest: int
    rate: float


@dataclass(frozen=True)
class Right:
    """Share of targets with every symbol right, and share of right symbols."""

    exact: float
    signs: float


DATES = 0
# The updates after which new pairs are tried: 1, 2 and 4 s of up to five digits, 1, 4 and 10 s of
# up to eight, 2, 5, 10 and 15 s of dates. An update of these took 2.6 ms for its 24 steps; one of
# up to five digits has 7 steps on average, of up to eight 10.
THEMES = {5: (1320, 2640, 5280), 8: (920, 3700, 9240), DATES: (770, 1920, 3850, 5770)}
# An update of an RNN takes a third of that: 1 and 4 s. How long its other trainings were was not
# written down.
OF_RNN = {5: (3960, 15840), 8: (9240,), DATES: (5770,)}
# Longest number, cell, updates, digits of the test numbers, and the range found there.
REVERSED = (
    (5, "lstm", 1320, 5, 0.9, 1.0),
    (5, "lstm", 2640, 5, 0.9, 1.0),
    (5, "lstm", 5280, 5, 0.95, 1.0),
    (5, "lstm", 5280, 7, 0.35, 0.65),
    (5, "gru", 5280, 5, 0.95, 1.0),
    (5, "rnn", 3960, 5, 0.83, 1.0),
    (5, "rnn", 15840, 5, 0.83, 1.0),
    (8, "lstm", 920, 8, 0.3, 0.5),
    (8, "lstm", 3700, 8, 0.85, 0.95),
    (8, "lstm", 9240, 8, 0.92, 0.99),
    (8, "gru", 9240, 8, 0.79, 0.88),
    (8, "rnn", 9240, 8, 0.0, 0.6),
)
# The years of the dates were not written down: here 1900 to 2049.
DATED = (
    *(("lstm", 770, 0.03, 0.22), ("lstm", 1920, 0.42, 0.97)),
    *(("lstm", 3850, 0.88, 1.0), ("lstm", 5770, 0.97, 1.0), ("gru", 3850, 0.36, 1.0)),
)


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures of this part: digits reversed, and dates.

    For digits with a GRU after one second a single number (.75) was written, which gives no range.
    """
    for longest, kind, done, digits, low, high in REVERSED:
        what = f"{digits} digits reversed (≤ {longest}), {kind.upper()}, {done}: exact"
        run = partial(_exact, Training(kind, longest, SLOW), done, digits)
        yield Figure("g", what, low, high, run, quick=(longest, kind, digits) == (5, "lstm", 5))
    what = "5 digits reversed, RNN at rate 0.01, 15840: exact"
    run = partial(_exact, Training("rnn", 5, RATE), 15840, 5)
    yield Figure("g", what, 0.0, 0.015, run, quick=False)  # it "decays to .01"
    for kind, done, low, high in DATED:
        what = f"dates, {kind.upper()}, {done} updates: exact right"
        run = partial(_exact, Training(kind, DATES, RATE), done, DATES)
        yield Figure("g", what, low, high, run, quick=False)
    for rate in (RATE, 3e-3):
        training = Training("rnn", DATES, rate)
        for name, low, high in (("exact", 0.0, 0.012), ("signs", 0.45, 0.74)):
            what = f"dates, RNN at rate {rate:g}, 5770 updates: {name} right"
            run = partial(_exact if name == "exact" else _signs, training, 5770, DATES)
            yield Figure("g", what, low, high, run, quick=False)


def _exact(training: Training, done: int, digits: int, seed: int) -> float:
    return _course(training, seed)[done][digits].exact


def _signs(training: Training, done: int, digits: int, seed: int) -> float:
    return _course(training, seed)[done][digits].signs


@cache
def _course(training: Training, seed: int) -> dict[int, dict[int, Right]]:
    """Train, and return results on new pairs: updates -> digits -> `Right`."""
    of = _digits(training.longest, seed) if training.longest else _dates(seed)
    model = EncoderDecoder(training.kind, of.source, of.target, UNITS, seed=seed)

    def gradients() -> Arrays:
        source, target = of.draw()
        y = model.forward(source, demos.before(target))
        return model.backward(cross_entropy(y, target)[1])

    def look() -> dict[int, Right]:
        return {digits: _right(model, asked) for digits, asked in of.asked.items()}

    made = updates(started(model, seed), gradients, training.rate)
    looks = OF_RNN if training.kind == "rnn" else THEMES
    return seen(made, looks[training.longest], look)


def _right(model: EncoderDecoder, asked: Sequence[Pairs]) -> Right:
    hits = [model.greedy(source, END, len(target)) == target for source, target in asked]
    exact = np.concatenate([each.all(axis=0) for each in hits])
    signs = np.concatenate([each[:-1].ravel() for each in hits])
    return Right(float(exact.mean()), float(signs.mean()))


def _digits(longest: int, seed: int) -> Task:
    """Return the task of reversing numbers, drawn anew for every update.

    New numbers are of the longest length, and two digits longer than any in training.
    """
    numbers, fresh = (np.random.default_rng([seed, stream]) for stream in (1, 2))

    def draw() -> Pairs:
        return _numbers(numbers, int(numbers.integers(1, longest + 1)), BATCH)

    asked = {digits: [_numbers(fresh, digits, FRESH)] for digits in (longest, longest + 2)}
    return Task(DIGITS + 1, DIGITS + 1, draw, asked)


def _numbers(numbers: Generator, digits: int, batch: int) -> Pairs:
    source = numbers.integers(1, DIGITS + 1, (digits, batch))
    return source, np.concatenate([source[::-1], np.full((1, batch), END)])


def _dates(seed: int) -> Task:
    """Return the task of rewriting dates, written in three forms; new ones were not in training."""
    of = translate.TASKS[translate.DATES]
    numbers, fresh = (np.random.default_rng([seed, stream]) for stream in (1, 2))
    read = translate.examples(numbers, of, PAIRS, False)
    source, target = (demos.Symbols.of(pair[side] for pair in read) for side in (0, 1))

    def ids(pair: translate.TranslationPair) -> Numbered:
        return source.ids(pair[0]), [*target.ids(pair[1]), END]

    stream = demos.batches(numbers, [ids(pair) for pair in read], BATCH)
    asked: dict[int, list[Numbered]] = {}
    for given, told in map(ids, translate.examples(fresh, of, FRESH, True)):
        asked.setdefault(len(given), []).append((given, told))
    columns = [_columns(pairs) for pairs in asked.values()]
    return Task(len(source), len(target), lambda: next(stream), {DATES: columns})


def _columns(pairs: Sequence[Numbered]) -> Pairs:
    given, told = zip(*pairs, strict=True)
    return np.array(given).T, np.array(told).T
