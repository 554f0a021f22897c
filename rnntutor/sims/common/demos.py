"""Shared parts of the trained demonstrations: data, symbols, training, snapshot files.

Sequences of one length form a batch, so that no padding is needed.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from rnntutor import assets
from rnntutor.nn.arrays import Ids, read_only
from rnntutor.nn.losses import Classes
from rnntutor.nn.models import Model
from rnntutor.nn.optimisers import Adam, clip_grad_norm
from rnntutor.sims.base import SettingError

BATCH = 32
REPORT = 100  # updates between two words on how far a training run is
UNKNOWN = 0  # the symbol of whatever was never read
END = 0  # the sign before the first symbol said, and after the last
UNKNOWN_SHARE = 0.04  # of the words read in training: so that an unknown one has a meaning too
FRESH = 5  # one sentence in so many is kept for the test
Saved = dict[str, NDArray[Any]]
Snapshot = Mapping[str, NDArray[Any]]
AnyModel = TypeVar("AnyModel", bound=Model)
Tell = Callable[[float], None]


@cache
def data(name: str) -> Mapping[str, Any]:
    """Return the table assets/data/NAME.toml.

    Raises:
        AssetError: it cannot be read.
    """
    return assets.table("data", f"{name}.toml")


@cache
def snapshot(name: str, part: str) -> Mapping[str, NDArray[Any]]:
    """Return the arrays of one network (a part) in assets/weights/NAME.npz.

    Raises:
        AssetError: the file cannot be read or has no such part.
    """
    start, arrays = f"{part}.", assets.weights(name)
    found = {key.removeprefix(start): arrays[key] for key in arrays if key.startswith(start)}
    if not found:
        raise assets.no_weights(name)
    return found


def make_together(parts: Mapping[str, Callable[[Tell], Saved]], tell: Tell) -> Saved:
    """Make several networks one after the other and return them as one file.

    Args:
        parts: name -> function that makes a network.
        tell: called with the share done.
    """
    made: Saved = {}
    for n, (part, make) in enumerate(parts.items()):
        arrays = make(lambda share, n=n: tell((n + share) / len(parts)))  # type: ignore[misc]
        made |= {f"{part}.{name}": array for name, array in arrays.items()}
    tell(1.0)
    return made


def snapshot_arrays(model: Model, **more: ArrayLike) -> Saved:
    """Return the arrays of a model's snapshot, in half precision: three digits of a weight suffice
    and keep the file small."""
    numbers = {name: p.astype(np.float16) for name, p in model.params.items()}
    return numbers | {name: np.asarray(value) for name, value in more.items()}


def load_params(model: AnyModel, arrays: Mapping[str, NDArray[Any]]) -> AnyModel:
    """Return the model with the trained parameters, set read-only."""
    model.load({name: arrays[name].astype(np.float32) for name in model.params})
    for values in model.params.values():
        read_only(values)
    return model


@dataclass(frozen=True)
class Symbols:
    """The vocabulary of a network. Index 0 is no word: the unknown word of a reader, and the start
    and end sign of a writer."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]]) -> Symbols:
        """Return every symbol of the texts, sorted."""
        return cls(("", *sorted({name for text in texts for name in text})))

    def __len__(self) -> int:
        return len(self.names)

    def ids(self, text: Sequence[str]) -> list[int]:
        """Return the indices of a text's symbols; 0 for unknown ones."""
        index_of = _index_of(self.names)
        return [index_of.get(name, UNKNOWN) for name in text]

    def were_read(self, text: Sequence[str]) -> list[bool]:
        """Return for each symbol of a text whether it occurred in training."""
        return [number != UNKNOWN for number in self.ids(text)]


@cache
def _index_of(names: tuple[str, ...]) -> dict[str, int]:
    return {name: n for n, name in enumerate(names)}


def fresh(text: str, shown: Sequence[str] = ()) -> bool:
    """Return whether a sentence is held out: one in five, by a checksum of its letters, and all in
    `shown`."""
    return text in shown or zlib.crc32(text.encode()) % FRESH == 0


def draw_examples(
    rng: Generator, make: Callable[[Generator], tuple[str, Any]], count: int, keep: bool, **of: Any
) -> list[tuple[str, Any]]:
    """Draw `count` sentences with their answers.

    Args:
        rng: the random generator.
        make: draws a sentence and its answer.
        count: how many.
        keep: True for held-out sentences only, False for the others.
        of: arguments of `fresh`.
    """
    found: list[tuple[str, Any]] = []
    while len(found) < count:
        text, answer = make(rng)
        if fresh(text, **of) == keep:
            found.append((text, answer))
    return found


def batches(
    rng: Generator, examples: Sequence[tuple[Sequence[int], Sequence[int]]], size: int = BATCH
) -> Iterator[tuple[Ids, Ids]]:
    """Yield batches (S,B), (T,B) of examples of equal lengths, endlessly."""
    groups: dict[tuple[int, int], list[tuple[Sequence[int], Sequence[int]]]] = {}
    for source, target in examples:
        groups.setdefault((len(source), len(target)), []).append((source, target))
    arrays = [
        (np.array([s for s, _ in group]).T, np.array([t for _, t in group]).T)
        for group in groups.values()
    ]
    shares = np.array([source.shape[1] for source, _ in arrays], float)
    shares /= shares.sum()
    while True:
        inputs, outputs = arrays[rng.choice(len(arrays), p=shares)]
        chosen = rng.integers(inputs.shape[1], size=size)
        yield inputs[:, chosen], outputs[:, chosen]


def pick(rng: Generator, choices: Any) -> Any:
    """Return a random element, all equally likely."""
    return choices[rng.integers(len(choices))]


def before_end(said: Iterable[int] | Classes) -> list[int]:
    """Return the symbols before the end sign END."""
    signs = [int(sign) for sign in said]
    return signs[: signs.index(END)] if END in signs else signs


def drop_symbols(rng: Generator, ids: Classes) -> Ids:
    """Return the symbols with a few replaced at random by the unknown one."""
    return np.where(rng.random(ids.shape) < UNKNOWN_SHARE, UNKNOWN, ids)


def train(
    model: Model,
    gradients: Callable[[], Mapping[str, Any]],
    steps: int,
    rate: float,
    tell: Tell,
) -> None:
    """Train with Adam, clipping gradients at norm 1; over the last half the learning rate falls to
    0.

    Args:
        model: the network.
        gradients: computes the gradients of the next batch.
        steps: number of updates.
        rate: learning rate.
        tell: called with the share done.
    """
    adam = Adam(model.params, rate)
    for step in range(steps):
        adam.lr = rate * min(1.0, 2 * (1 - step / steps))
        gradient = dict(gradients())
        clip_grad_norm(gradient, 1.0)
        adam.step(gradient)
        if step % REPORT == 0:
            tell(step / steps)


def before(target: Classes) -> Ids:
    """Return the decoder's input under teacher forcing: the start sign, then the target (T,B)
    without its last symbol."""
    return np.concatenate([np.zeros_like(target[:1]), target[:-1]])


def clean(text: str) -> str:
    """Return the text as one line: composed (NFC), printable, with single blanks."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(c if c.isprintable() else " " for c in composed).split())


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a sentence in lower case, without surrounding punctuation."""
    stripped = (word.strip('.,!?;:…"“”‘’()[]').lower() for word in text.split())
    return tuple(word for word in stripped if word)


def read_text(name: str, value: object, most: int, split: Callable[[str], Sequence[str]]) -> str:
    """Return a text of 1 to `most` words (or signs).

    Raises:
        SettingError: the text is empty or too long.
    """
    text = clean(value) if isinstance(value, str) else ""
    count = len(split(text))
    if not count:
        raise SettingError("setting.no_words", name=name)
    if count > most:
        raise SettingError("setting.too_long", name=name, count=count, high=most)
    return text
