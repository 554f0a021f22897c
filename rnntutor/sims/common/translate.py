"""Networks that rewrite one sequence as another, with and without attention: dates in three forms
into one, and digits in reverse order."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.random import Generator

from rnntutor.assets import languages
from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.losses import cross_entropy, softmax
from rnntutor.nn.models import EncoderDecoder
from rnntutor.nn.trace import Trace
from rnntutor.sims.common import demos
from rnntutor.sims.common.demos import END, Symbols, before_end
from rnntutor.subjects.toys import Translation

DATES, DIGITS = "dates", "digits"
PARTS = {False: "without", True: "with"}
INPUTS = 16
LONGEST = 24  # signs of a source
SAID = 24  # what a net may say before it is stopped
TRAINED, TESTED = 8000, 200
LENGTHS = 16  # digits of the longest number trained on
ALL_LENGTHS = tuple(range(2, 21, 2))
TranslationPair = tuple[str, str]


@dataclass(frozen=True)
class TranslationTask:
    """A task of rewriting sequences.

    Attributes:
        units: H.
        steps: number of updates.
        rate: learning rate.
        seed: seed of the training run.
        make: draws an example.
        kind: kind of the cells.
        count: number of training examples.
    """

    units: int
    steps: int
    rate: float
    seed: int
    make: Callable[[Generator], TranslationPair]
    kind: str = "lstm"
    count: int = TRAINED


def date(rng: Generator) -> TranslationPair:
    """Return a date as people write it, and as year-month-day."""
    of = demos.data("dates")
    y = int(rng.integers(of["first_year"], of["last_year"] + 1))
    m, d = int(rng.integers(1, 13)), int(rng.integers(1, 29))
    if rng.random() < 0.1:
        d = int(rng.integers(29, 30 + (m != 2)))
    if m == 2 and d == 29 and not isleap(y):
        d = 28
    if d == 30 and m not in (2, 4, 6, 9, 11) and rng.random() < 0.5:
        d = 31
    form = of["forms"][rng.integers(len(of["forms"]))]
    values = {"y": y, "m": m, "d": d, "name": of["names"][m - 1]}
    return form.format(**values), of["written"].format(**values)


def number(rng: Generator, longest: int = LENGTHS) -> TranslationPair:
    """Return some digits, and the same in reverse order."""
    digits = "".join(str(d) for d in rng.integers(0, 10, rng.integers(1, longest + 1)))
    return digits, digits[::-1]


def example(lang: str) -> str:
    """Return the date that is read by default."""
    return str(demos.data(f"dates.{lang}")["example"])


def shown_dates() -> tuple[str, ...]:
    """Return the dates shown in lessons, which are kept out of training."""
    return (*map(example, languages(DATES)), *demos.data("dates")["shown"])


TASKS = {
    DATES: TranslationTask(64, 5000, 1e-2, 1, date),
    DIGITS: TranslationTask(48, 6000, 1e-2, 1, number),
}


def examples(rng: Generator, of: TranslationTask, count: int, keep: bool) -> list[TranslationPair]:
    """Return sources with their targets: held-out ones if `keep`, else training ones."""
    return demos.draw_examples(rng, of.make, count, keep, shown=shown_dates())


def net(of: TranslationTask, source: int, target: int, look: bool) -> EncoderDecoder:
    """Return an untrained network of the right size."""
    return EncoderDecoder(
        of.kind,
        source,
        target,
        of.units,
        seed=of.seed,
        embedding_dim=INPUTS,
        attention="additive" if look else None,
        forget_bias=1.0 if CELLS[of.kind].forget_bias else 0.0,
    )


def snapshot(task: str, tell: demos.Tell) -> demos.Saved:
    """Return the networks for a task, without and with attention (the files dates and digits)."""
    return demos.make_together({PARTS[look]: partial(_train, task, look) for look in PARTS}, tell)


def _train(task: str, look: bool, tell: demos.Tell) -> demos.Saved:
    """Train one network; for the digits also record its accuracy by length, (2,L): length, share
    correct."""
    known = train(TASKS[task], look, tell)
    arrays = demos.snapshot_arrays(
        known.model, source=known.source.names, target=known.target.names
    )
    made = _translator(arrays, task, look)
    arrays["right"] = np.array(share_right(made, task))
    if task == DIGITS:
        arrays["by_length"] = np.array([[n, share_by_length(made, n)] for n in ALL_LENGTHS]).T
    return arrays


def train(of: TranslationTask, look: bool, tell: demos.Tell) -> Translator:
    """Train a network for a task."""
    rng = np.random.default_rng(of.seed)
    read = examples(rng, of, of.count, False)
    source = Symbols.of(text for text, _ in read)
    target = Symbols.of(text for _, text in read)
    model = net(of, len(source), len(target), look)
    stream = demos.batches(
        rng, [(source.ids(text), [*target.ids(told), END]) for text, told in read]
    )

    def gradients() -> Mapping[str, Any]:
        given, told = next(stream)
        _, dy = cross_entropy(model.forward(given, demos.before(told)), told)
        return model.backward(dy)

    demos.train(model, gradients, of.steps, of.rate, tell)
    return Translator(source, target, model)


@dataclass(frozen=True)
class Translator:
    """A trained network and the vocabularies of both sides."""

    source: Symbols
    target: Symbols
    model: EncoderDecoder

    def says(self, texts: Sequence[str]) -> list[str]:
        """Return the outputs for texts of one length, by greedy decoding."""
        ids = np.array([self.source.ids(text) for text in texts]).T
        said = self.model.greedy(ids, END, SAID).T
        return ["".join(self.target.names[s] for s in before_end(row)) for row in said]


@cache
def translator(task: str, look: bool) -> Translator:
    """Return the trained network of a task."""
    return _translator(demos.snapshot(task, PARTS[look]), task, look)


def _translator(arrays: demos.Snapshot, task: str, look: bool) -> Translator:
    source, target = (Symbols(tuple(map(str, arrays[side]))) for side in ("source", "target"))
    model = net(TASKS[task], len(source), len(target), look)
    return Translator(source, target, demos.load_params(model, arrays))


def right(task: str, look: bool) -> float:
    """Return the share of held-out sources rewritten without error, as recorded at training."""
    return float(demos.snapshot(task, PARTS[look])["right"])


def share_right(known: Translator, task: str) -> float:
    """Compute the share of held-out sources rewritten without error."""
    of = TASKS[task]
    return _share(known, examples(np.random.default_rng(of.seed + 1), of, TESTED, True))


def share_by_length(known: Translator, length: int) -> float:
    """Compute the share of held-out numbers of `length` digits rewritten without error."""
    return _share(known, _numbers(length))


def _share(known: Translator, told: Sequence[TranslationPair]) -> float:
    groups: dict[int, list[TranslationPair]] = {}
    for pair in told:
        groups.setdefault(len(pair[0]), []).append(pair)
    hits = [
        said == wanted
        for group in groups.values()
        for said, (_, wanted) in zip(known.says([s for s, _ in group]), group, strict=True)
    ]
    return float(np.mean(hits))


def _numbers(length: int) -> list[TranslationPair]:
    """Return numbers of one length that were not trained on."""
    rng = np.random.default_rng([length, 2])
    found: list[TranslationPair] = []
    while len(found) < TESTED:
        text = "".join(str(d) for d in rng.integers(0, 10, length))
        if demos.fresh(text) or length > LENGTHS:
            found.append((text, text[::-1]))
    return found


def by_length(look: bool) -> Array:
    """Return (2,L): numbers of digits, and the share of held-out numbers of that length rewritten
    without error, as recorded at training."""
    return demos.snapshot(DIGITS, PARTS[look])["by_length"].astype(np.float64)


def task_of(text: str) -> str:
    """Return the task for a text: digits alone are reversed, everything else is read as a date."""
    return DIGITS if text.isascii() and text.isdigit() else DATES


def run(task: str, text: str, look: bool) -> Trace:
    """Return the run in which the network reads the text sign by sign and writes its output: S + T
    steps.

    The trace has h (S+T+1,H) and c of encoder then decoder; p (S+T,K), NaN while reading; known
    (S+T,); with attention also look (T,S), the weights over the source for each sign written.
    """
    made = translator(task, look)
    model = made.model
    ids = np.array(made.source.ids(text))[:, None]
    said = [*before_end(model.greedy(ids, END, SAID)[:, 0]), END][:SAID]
    y = model.forward(ids, demos.before(np.array(said)[:, None]))
    read, write = len(text), len(said)
    p = np.full((read + write, len(made.target)), np.nan)
    p[read:] = softmax(y.astype(np.float64))[..., 0]
    halves = (model.encoder.cell.now, model.decoder.cell.cell.now)
    arrays = {
        "p": p,
        "h": np.concatenate([halves[0].h[..., 0], halves[1].h[1:, :, 0]]).astype(np.float64),
        "known": np.array([*made.source.were_read(text), *[True] * write], float),
    }
    if look:
        arrays["look"] = np.full((read + write, read), np.nan)
        arrays["look"][read:] = model.attention_weights[..., 0]
    fixed = {"V": model.decoder.head.params["V"].astype(np.float64)}
    names = {
        "source": tuple(text),
        "said": tuple(made.target.names[s] for s in said),
        "classes": made.target.names,
    }
    return Trace(
        "lstm",
        read + write,
        arrays,
        fixed,
        tuple(text),
        names=names,
        subject=Translation(attention=look),
    )
