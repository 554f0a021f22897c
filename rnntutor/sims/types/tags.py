"""Sentences with ambiguous words, and the networks that tag their meaning: one reads forward,
others in both directions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, get_args

import numpy as np
from numpy.random import Generator

from rnntutor.assets import languages
from rnntutor.nn.arrays import Array
from rnntutor.nn.layers import Bidirectional
from rnntutor.nn.losses import cross_entropy, softmax
from rnntutor.nn.models import SequenceToSequence
from rnntutor.nn.trace import Trace
from rnntutor.sims.common import demos
from rnntutor.sims.common.demos import Symbols, pick
from rnntutor.subjects.toys import Merge, Tagging

INPUTS = 8
WIDTHS = (2, 8)  # H
MERGES: tuple[Merge, ...] = get_args(Merge)
LONGEST = 16
STEPS, RATE, SEED = 4000, 1e-2, 3
TRAINED, TESTED = 4000, 300
PART = 2  # clauses of a sentence, at most
Tagged = tuple[str, tuple[int, ...]]
NEXT, BEFORE = "next", "before"  # where the meaning of a word shows


def sentence(rng: Generator, lang: str, where: Iterable[str] = (NEXT, BEFORE)) -> Tagged:
    """Return a sentence and the tag of each word, 0 for an unambiguous one.

    Args:
        rng: the random generator.
        lang: the language.
        where: whether the meaning is determined by the next word, the preceding word, or either.
    """
    of = demos.data(f"tags.{lang}")
    sides = tuple(where)
    words: list[str] = []
    tags: list[int] = []
    for part in range(1 + int(rng.integers(PART))):
        if part:
            words.append(pick(rng, of["links"]))
        some, at, tag = _clause(rng, of, pick(rng, sides))
        tags += [0] * (len(words) - len(tags) + len(some))
        words += some
        tags[len(words) - len(some) + at] = of["tags"].index(tag)
    return " ".join(words), tuple(tags)


def _clause(rng: Generator, of: Mapping[str, Any], where: str) -> tuple[list[str], int, str]:
    """Return the words of one clause, the index of the ambiguous word, and its tag."""
    word = pick(rng, of["word"])
    meaning = pick(rng, word["meaning"])
    filler = [pick(rng, of["fillers"])] if rng.random() < 0.4 else []
    made: list[str] = []
    at = 0
    for part in of["clause"][where]:
        if part == "fillers":
            made += filler
        elif part in word:  # the word itself, as subject or object
            at = len(made)
            made.append(word[part])
        elif part in meaning:
            made.append(pick(rng, meaning[part]))
        else:
            said = of[part]
            made += (said if isinstance(said, str) else pick(rng, said)).split()
    return made, at, meaning["tag"]


def examples(
    rng: Generator, lang: str, count: int, keep: bool, where: Iterable[str] = (NEXT, BEFORE)
) -> list[Tagged]:
    """Return sentences with their tags: held-out ones if `keep`, else training ones."""
    shown = demos.data(f"tags.{lang}")["shown"]
    return demos.draw_examples(rng, lambda r: sentence(r, lang, where), count, keep, shown=shown)


def net(words: int, tags: int, merge: Merge | None, units: int) -> SequenceToSequence:
    """Return an untrained network of the right size; merge None reads forward only."""
    return SequenceToSequence("rnn", INPUTS, units, tags, seed=SEED, vocab_size=words, merge=merge)


def _part(lang: str, merge: Merge | None, units: int) -> str:
    return f"{lang}_{merge or 'forward'}_{units}"


def snapshot(tell: demos.Tell) -> demos.Saved:
    """Train every tagger of every language (the file tags)."""
    ways = [(None, WIDTHS[-1]), *((merge, units) for merge in MERGES for units in WIDTHS)]
    nets = [(lang, *way) for lang in languages("tags") for way in ways]
    return demos.make_together({_part(*net): partial(_train, *net) for net in nets}, tell)


def _train(lang: str, merge: Merge | None, units: int, tell: demos.Tell) -> demos.Saved:
    """Train one network."""
    rng = np.random.default_rng(SEED)
    read = [(demos.words_of(text), tags) for text, tags in examples(rng, lang, TRAINED, False)]
    words = Symbols.of(text for text, _ in read)
    model = net(len(words), len(demos.data(f"tags.{lang}")["tags"]), merge, units)
    stream = demos.batches(rng, [(words.ids(text), tags) for text, tags in read])

    def gradients() -> Mapping[str, Any]:
        source, tags = next(stream)
        # Words are made unknown here and there, but not those with two meanings.
        seen = np.where(tags == 0, demos.drop_symbols(rng, source), source)
        _, dy = cross_entropy(model.forward(seen), tags)
        return model.backward(dy)

    demos.train(model, gradients, STEPS, RATE, tell)
    arrays = demos.snapshot_arrays(model, words=words.names)
    made = _tagger(arrays, lang, merge, units)
    shares = {f"right_{where}": share_right(made, lang, where) for where in (NEXT, BEFORE)}
    return arrays | {name: np.array(share) for name, share in shares.items()}


@dataclass(frozen=True)
class Tagger:
    """A trained network with its vocabulary and tags."""

    words: Symbols
    tags: tuple[str, ...]
    model: SequenceToSequence

    def chances(self, words: tuple[str, ...]) -> Array:
        """Return P of each tag at each word, (T,K)."""
        y = self.model.forward(np.array(self.words.ids(words))[:, None])
        return np.asarray(softmax(y.astype(np.float64))[..., 0])


@cache
def tagger(lang: str, merge: Merge | None, units: int = WIDTHS[-1]) -> Tagger:
    """Return a trained tagger of a language."""
    return _tagger(demos.snapshot("tags", _part(lang, merge, units)), lang, merge, units)


def _tagger(arrays: demos.Snapshot, lang: str, merge: Merge | None, units: int) -> Tagger:
    words = Symbols(tuple(str(word) for word in arrays["words"]))
    tags = tuple(demos.data(f"tags.{lang}")["tags"])
    model = demos.load_params(net(len(words), len(tags), merge, units), arrays)
    return Tagger(words, tags, model)


def right(lang: str, merge: Merge | None, units: int, where: str) -> float:
    """Return the accuracy on ambiguous words of held-out sentences, as recorded at training, where
    the next ("next") or the preceding word ("before") determines the meaning."""
    return float(demos.snapshot("tags", _part(lang, merge, units))[f"right_{where}"])


def share_right(known: Tagger, lang: str, where: str) -> float:
    """Compute the accuracy on ambiguous words of held-out sentences."""
    told = examples(np.random.default_rng(SEED + 1), lang, TESTED, True, (where,))
    hits = [
        int(said) == tag
        for text, tags in told
        for said, tag in zip(known.chances(demos.words_of(text)).argmax(1), tags, strict=True)
        if tag
    ]
    return float(np.mean(hits))


def read(
    lang: str, words: tuple[str, ...], merge: Merge | None, units: int, last: str = ""
) -> Trace:
    """Return the run of the network over the words.

    p (T,K), h (T+1,H), known (T,); of a bidirectional network also h_back (T,H), the states of the
    other direction, and p_forward (T,K), the answers of the forward network. With another last word
    also diff (T,) and diff_back (T,), the distances of h_t and h_back_t from those of the sentence
    with that word.
    """
    known = tagger(lang, merge, units)
    arrays = _run(known, words)
    if last:
        other = _run(known, (*words[:-1], last))
        arrays["diff"] = np.linalg.norm(arrays["h"] - other["h"], axis=1)[1:]
        if "h_back" in arrays:
            arrays["diff_back"] = np.linalg.norm(arrays["h_back"] - other["h_back"], axis=1)
    arrays["known"] = np.array(known.words.were_read(words), float)
    if merge:
        arrays["p_forward"] = tagger(lang, None).chances(words)
    fixed = {"V": known.model.head.params["V"].astype(np.float64)}
    if last:
        fixed["last_known"] = np.array(known.words.were_read((last,)), float)
    names = {"classes": known.tags} | ({"last": (last,)} if last else {})
    subject = Tagging(merge=merge)
    return Trace("rnn", len(words), arrays, fixed, words, names=names, subject=subject)


def _run(known: Tagger, words: tuple[str, ...]) -> dict[str, Array]:
    """Return the network's answers and states."""
    found = {"p": known.chances(words)}
    cell = known.model.cell
    forth = cell.forth if isinstance(cell, Bidirectional) else cell
    found["h"] = forth.cell.now.h[..., 0].astype(np.float64)
    if isinstance(cell, Bidirectional):
        found["h_back"] = cell.back.cell.now.h[1:][::-1, :, 0].astype(np.float64)
    return found
