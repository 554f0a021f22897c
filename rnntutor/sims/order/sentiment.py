"""Sentences with a judgement, in each language, and two models that read them: a recurrent network
and a bag of words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import takewhile
from typing import Any

import numpy as np
from numpy.random import Generator

from rnntutor.assets import languages
from rnntutor.nn.arrays import Array, read_only
from rnntutor.nn.cells import reference
from rnntutor.nn.losses import cross_entropy
from rnntutor.nn.models import SequenceToVector
from rnntutor.nn.trace import Trace
from rnntutor.sims.common import demos, fit
from rnntutor.sims.common.demos import Symbols, pick
from rnntutor.subjects.toys import Judgement

BAD, GOOD = 0, 1
UNITS, INPUTS = 8, 8
LONGEST = 14  # words of a sentence
STEPS, RATE, SEED = 2500, 1e-2, 1
TRAINED, TESTED = 4000, 400
BEGINNINGS = 400  # of sentences, read as saying nothing
Example = tuple[str, int]
Sentence = tuple[str, ...]


def sentence(rng: Generator, lang: str) -> Example:
    """Return a sentence and its judgement, good (1) or bad (0), which is that of the last
    predicate. No adjective occurs twice."""
    of = demos.data(f"sentiment.{lang}")
    while True:
        parts, says = _inflected_sentence(rng, of) if "endings" in of else _analytic(rng, of)
        text = " ".join(parts)
        if not _repeats(text, of):
            return text, says


def _repeats(text: str, of: Mapping[str, Any]) -> bool:
    stems = {s if isinstance(s, str) else s[0] for g in of["group"] for s in g["good"] + g["bad"]}
    found = [stem for word in text.split() for stem in stems if word.startswith(stem)]
    return len(found) > len(set(found))


def _chance(rng: Generator, share: float) -> bool:
    return bool(rng.random() < share)


def _inflected_sentence(rng: Generator, of: Mapping[str, Any]) -> tuple[list[str], int]:
    """Build a sentence in a language whose adjectives are predicates joined by endings."""
    group = pick(rng, of["group"])
    start = [pick(rng, of["determiners"])] if _chance(rng, 0.6) else []
    start = [*start, pick(rng, group["topics"])] if _chance(rng, 0.7) else []
    last = int(rng.integers(2))
    past = _chance(rng, 0.25)
    if _chance(rng, 0.45):
        return [*start, *_predicate(rng, of, group, last, 0, past)], last
    # The second ending goes on with the same judgement, the third turns it.
    ending = 1 + int(rng.integers(2))
    first = last if ending == 1 else 1 - last
    return [
        *start,
        *_predicate(rng, of, group, first, ending, past),
        *_predicate(rng, of, group, last, 0, past),
    ], last


def _predicate(
    rng: Generator,
    of: Mapping[str, Any],
    group: Mapping[str, Any],
    says: int,
    ending: int,
    past: bool,
) -> list[str]:
    """Return one predicate, with its negation before or after it.

    Args:
        ending: index of one of the three endings.
    """
    negated = _chance(rng, 0.5)
    meant = says if not negated else 1 - says
    stem, was = pick(rng, group["good"] if meant == GOOD else group["bad"])
    end = of["endings"][ending]
    if not negated:
        adverb = [pick(rng, of["adverbs"])] if _chance(rng, 0.35) else []
        return [*adverb, (was if past else stem) + end]
    adverb = [pick(rng, of["negated"])] if _chance(rng, 0.35) else []
    if not adverb and _chance(rng, 0.2):
        adverb = [pick(rng, of["adverbs"])]
    if _chance(rng, 0.5):
        return [*adverb, of["before"], (was if past else stem) + end]
    behind = of["after_past"] if past and ending == 0 else of["after"][ending]
    return [*adverb, stem + of["link"], behind]


def _analytic(rng: Generator, of: Mapping[str, Any]) -> tuple[list[str], int]:
    """Build a sentence in a language whose adjectives do not change and are joined by verbs and
    conjunctions."""
    group = pick(rng, of["group"])
    last = int(rng.integers(2))
    one = _chance(rng, 0.45)
    turn = _chance(rng, 0.6)
    first = last if one else 1 - last if turn else last
    negated = _chance(rng, 0.5)
    start: list[str] = []
    inside = negated  # where the negation is a word of its own
    if _chance(rng, 0.7):
        inside = negated and _chance(rng, 0.6)
        verb = pick(rng, of["negated_verbs" if negated and not inside else "verbs"])
        start = [pick(rng, of["determiners"]), pick(rng, group["topics"]), verb]
    head = _adjective(rng, of, group, first, negated, inside)
    if one:
        said = any(part.endswith(of["tail"]) for part in head)
        tail = [of["tail"]] if negated and not said and _chance(rng, 0.4) else []
        return [*start, *head, *tail], last
    # "not expensive but tasty": after a negation "but" may also go on with the same judgement.
    if negated and turn and _chance(rng, 0.5):
        head, first = _adjective(rng, of, group, last, negated, inside), last
    link = pick(rng, of["turned"] if turn else of["joined"])
    again = _chance(rng, 0.4)
    second = _adjective(rng, of, group, last, again, again)
    # "isn't good and cheap" would negate both: there the second is said with its own verb.
    verb = [pick(rng, of["verbs"])] if start and negated and not inside else []
    return [*start, *head, link, *verb, *second], last


def _adjective(
    rng: Generator,
    of: Mapping[str, Any],
    group: Mapping[str, Any],
    says: int,
    negated: bool,
    inside: bool,
) -> list[str]:
    meant = 1 - says if negated else says
    word = pick(rng, group["good"] if meant == GOOD else group["bad"])
    if inside:
        return [pick(rng, of["before"]), word]
    return [pick(rng, of["adverbs"]), word] if not negated and _chance(rng, 0.35) else [word]


def examples(rng: Generator, lang: str, count: int, keep: bool) -> list[Example]:
    """Return sentences with their judgement: held-out ones if `keep`, else training ones."""
    shown = demos.data(f"sentiment.{lang}")["shown"]
    return demos.draw_examples(rng, lambda r: sentence(r, lang), count, keep, shown=shown)


@dataclass(frozen=True)
class SentimentModels:
    """The trained network and bag of words of one language.

    Attributes:
        words: the vocabulary.
        model: the network.
        bag: contribution of each word to the score; a score above 0 means good.
    """

    words: Symbols
    model: SequenceToVector
    bag: Array

    def score(self, words: tuple[str, ...]) -> float:
        """Return the bag-of-words score, computed from counts so that the order cannot affect
        it."""
        counts = np.bincount(self.words.ids(words), minlength=len(self.words))
        return float(counts @ self.bag)

    def adds(self, word: str) -> float:
        """Return the contribution of one word to the score."""
        return float(self.bag[self.words.ids([word])[0]])

    def good(self, words: tuple[str, ...]) -> float:
        """Return the network's P(good) after the last word."""
        y = self.model.forward(np.array(self.words.ids(words))[:, None])[:, 0]
        return float(1 / (1 + np.exp(y[BAD] - y[GOOD])))


def net(words: int, *, kind: str = "rnn", units: int = UNITS, seed: int = SEED) -> SequenceToVector:
    """Return an untrained network of the right size."""
    return SequenceToVector(kind, INPUTS, units, 2, seed=seed, vocab_size=words)


def snapshot(tell: demos.Tell) -> demos.Saved:
    """Train the models of every language (the file sentiment)."""
    return demos.make_together(
        {lang: partial(_train, lang) for lang in languages("sentiment")}, tell
    )


def _train(lang: str, tell: demos.Tell) -> demos.Saved:
    known = train(lang, tell)
    bag = known.bag.astype(np.float32)
    arrays = demos.snapshot_arrays(known.model, words=known.words.names, bag=bag)
    return arrays | {"right": np.array(share_right(_reader(arrays), lang, by_reading))}


def train(
    lang: str,
    tell: demos.Tell,
    *,
    kind: str = "rnn",
    units: int = UNITS,
    steps: int = STEPS,
    seed: int = SEED,
) -> SentimentModels:
    """Train the network and the bag of words of one language."""
    rng = np.random.default_rng(seed)
    read = [(demos.words_of(text), says) for text, says in examples(rng, lang, TRAINED, False)]
    read += [pair for text, says in read if (pair := _broken_off(text, says, lang))[0]]
    read += [
        (start[:n], says)
        for start in [_beginning(text, lang) for text, _ in read[:BEGINNINGS]]
        for n in range(1, len(start) + 1)
        for says in (BAD, GOOD)
    ]
    words = Symbols.of(text for text, _ in read)
    numbered = [(words.ids(text), [says]) for text, says in read]
    model = net(len(words), kind=kind, units=units, seed=seed)
    stream = demos.batches(rng, numbered)

    def gradients() -> Mapping[str, Any]:
        source, says = next(stream)
        _, dy = cross_entropy(model.forward(demos.drop_symbols(rng, source)), says[0])
        return model.backward(dy)

    demos.train(model, gradients, steps, RATE, tell)
    return SentimentModels(words, model, _bag(words, numbered))


def _broken_off(words: tuple[str, ...], says: int, lang: str) -> tuple[tuple[str, ...], int]:
    """Return a sentence without the last word of its tail ("at all"), so that the network has an
    answer there too; () for other sentences."""
    tail = tuple(demos.data(f"sentiment.{lang}").get("tail", "").split())
    return (words[:-1] if tail and words[-len(tail) :] == tail else ()), says


def _beginning(words: tuple[str, ...], lang: str) -> tuple[str, ...]:
    """Return the words before the first adjective. They carry no judgement, and are trained as good
    and as bad equally often so that the network stays undecided."""
    of = demos.data(f"sentiment.{lang}")
    lists = (of.get(name, ()) for name in ("determiners", "adverbs", "negated", "verbs", "before"))
    plain = {
        part
        for some in lists
        for text in ([some] if isinstance(some, str) else some)
        for part in text.split()
    }
    plain |= {topic for group in of["group"] for topic in group["topics"]}
    return tuple(takewhile(lambda word: word in plain, words))


def _bag(words: Symbols, read: list[tuple[list[int], list[int]]]) -> Array:
    """Fit a logistic regression on word counts by gradient descent, without a bias since both
    classes are equally frequent."""
    counts = np.zeros((len(read), len(words)))
    for row, (ids, _) in zip(counts, read, strict=True):
        np.add.at(row, ids, 1.0)
    says = np.array([label[0] for _, label in read], float)
    bag = np.zeros(counts.shape[1])
    for _ in range(600):
        chance = 1 / (1 + np.exp(-counts @ bag))
        bag -= 2.0 * (counts.T @ (chance - says)) / len(says) + 1e-3 * bag
    return bag


@cache
def reader(lang: str) -> SentimentModels:
    """Return the trained models of a language."""
    return _reader(demos.snapshot("sentiment", lang))


def _reader(arrays: demos.Snapshot) -> SentimentModels:
    words = Symbols(tuple(str(word) for word in arrays["words"]))
    model = demos.load_params(net(len(words)), arrays)
    return SentimentModels(words, model, read_only(arrays["bag"].astype(np.float64)))


def right(lang: str) -> float:
    """Return the network's accuracy on held-out sentences, as recorded at training."""
    return float(demos.snapshot("sentiment", lang)["right"])


def share_right(
    known: SentimentModels, lang: str, judge: Callable[[SentimentModels, Sentence], bool]
) -> float:
    """Compute the accuracy on held-out sentences.

    Args:
        known: the models.
        lang: the language.
        judge: returns whether a sentence is judged good.
    """
    told = examples(np.random.default_rng(SEED + 1), lang, TESTED, True)
    return float(np.mean([judge(known, demos.words_of(text)) == says for text, says in told]))


def by_reading(known: SentimentModels, words: Sentence) -> bool:
    """Return the network's judgement."""
    return known.good(words) > 0.5


def read(lang: str, words: tuple[str, ...]) -> Trace:
    """Return the network's run over the words; p[t] is its answer if the sentence ended there.
    known (T,) is 0 for a word not in the vocabulary."""
    known = reader(lang)
    model = known.model
    x = model.embed.params["E"][known.words.ids(words)].astype(np.float64)
    run = reference.trace("rnn", fit.weights(model), x, np.zeros(UNITS), labels=words)
    arrays = {**run.arrays, "known": np.array(known.words.were_read(words), float)}
    return replace(run, arrays=arrays, subject=Judgement())
