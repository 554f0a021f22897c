"""Pictures of eight by eight points, and the network that says what is on them and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.random import Generator

from rnntutor.assets import languages
from rnntutor.nn.arrays import Array
from rnntutor.nn.losses import cross_entropy, softmax
from rnntutor.nn.models import VectorToSequence
from rnntutor.nn.trace import Trace
from rnntutor.sims.common import demos
from rnntutor.sims.common.demos import END, Symbols, before_end
from rnntutor.subjects.toys import Description

SIDE = 8
UNITS, INPUTS = 48, 16
SAID = 8  # words a net may say before it is stopped
NOISE = 0.15
STEPS, RATE, SEED = 2500, 1e-2, 1
TESTED = 400
Describer = tuple[Symbols, VectorToSequence]
DescribedPicture = tuple[Array, tuple[str, ...]]


def shapes() -> tuple[str, ...]:
    """Return the names of the shapes."""
    return tuple(demos.data("pictures")["shape"])


def places() -> tuple[str, ...]:
    """Return the names of the positions."""
    return tuple(demos.data("pictures")["place"])


def caption(shape: str, place: str, lang: str) -> tuple[str, ...]:
    """Return the correct caption, word by word."""
    of = demos.data(f"pictures.{lang}")
    text: str = of["sentence"].format(shape=of["shape"][shape], place=of["place"][place])
    return tuple(text.split())


def picture(shape: str, place: str) -> Array:
    """Return the shape at its position, (8,8), 1 on 0."""
    of = demos.data("pictures")
    rows = [[float(c == "#") for c in row] for row in of["shape"][shape]["rows"]]
    top, left = of["place"][place]["at"]
    drawn = np.zeros((SIDE, SIDE))
    drawn[top : top + len(rows), left : left + len(rows[0])] = rows
    return drawn


def noisy(rng: Generator, clear: Array, noise: float) -> Array:
    """Return the picture with normal noise on every point."""
    return clear + noise * rng.standard_normal(clear.shape)


def net(words: int, *, kind: str = "rnn", seed: int = SEED) -> VectorToSequence:
    """Return an untrained network of the right size."""
    return VectorToSequence(kind, SIDE * SIDE, UNITS, words, seed=seed, embedding_dim=INPUTS)


def every(lang: str) -> list[DescribedPicture]:
    """Return every shape at every position, with its caption."""
    return [
        (picture(shape, place), caption(shape, place, lang))
        for shape in shapes()
        for place in places()
    ]


def snapshot(tell: demos.Tell) -> demos.Saved:
    """Train the networks of every language (the file captions)."""
    return demos.make_together(
        {lang: partial(_train, lang) for lang in languages("pictures")}, tell
    )


def _train(lang: str, tell: demos.Tell) -> demos.Saved:
    words, model = train(every(lang), tell)
    arrays = demos.snapshot_arrays(model, words=words.names)
    return arrays | {"right": np.array(share_right(_describer(arrays), lang))}


def train(
    told: Sequence[DescribedPicture],
    tell: demos.Tell,
    *,
    kind: str = "rnn",
    steps: int = STEPS,
    seed: int = SEED,
) -> Describer:
    """Train a network on these pictures, with new noise each time."""
    rng = np.random.default_rng(seed)
    words = Symbols.of(text for _, text in told)
    groups: dict[int, list[tuple[Array, list[int]]]] = {}
    for clear, text in told:
        groups.setdefault(len(text), []).append((clear, [*words.ids(text), END]))
    sizes = list(groups)
    shares = np.array([len(groups[size]) for size in sizes]) / len(told)
    model = net(len(words), kind=kind, seed=seed)

    def gradients() -> Mapping[str, Any]:
        group = groups[sizes[rng.choice(len(sizes), p=shares)]]
        chosen = [group[n] for n in rng.integers(len(group), size=demos.BATCH)]
        seen = _vectors(noisy(rng, np.array([clear for clear, _ in chosen]), NOISE))
        said = np.array([ids for _, ids in chosen]).T
        _, dy = cross_entropy(model.forward(seen, demos.before(said)), said)
        return model.backward(dy)

    demos.train(model, gradients, steps, RATE, tell)
    return words, model


def _vectors(pictures: Array) -> Array:
    """Reshape (B,8,8) to the network's input (64,B)."""
    return pictures.reshape(len(pictures), -1).T.astype(np.float32)


@cache
def describer(lang: str) -> Describer:
    """Return the trained network of a language."""
    return _describer(demos.snapshot("captions", lang))


def _describer(arrays: demos.Snapshot) -> Describer:
    words = Symbols(tuple(str(word) for word in arrays["words"]))
    return words, demos.load_params(net(len(words)), arrays)


def right(lang: str) -> float:
    """Return the share of entirely correct captions under new noise, as recorded at training."""
    return float(demos.snapshot("captions", lang)["right"])


def share_right(
    known: Describer, lang: str, noise: float = NOISE, told: Sequence[DescribedPicture] = ()
) -> float:
    """Compute the share of entirely correct captions under new noise; `told` restricts the
    pictures."""
    words, model = known
    rng = np.random.default_rng([SEED, 1])
    told = told or every(lang)
    chosen = [told[n] for n in rng.integers(len(told), size=TESTED)]
    seen = _vectors(noisy(rng, np.array([clear for clear, _ in chosen]), noise))
    said = model.greedy(seen, END, SAID).T
    pairs = zip(said, chosen, strict=True)
    return float(np.mean([_words(words, row) == text for row, (_, text) in pairs]))


def _words(words: Symbols, said: Any) -> tuple[str, ...]:
    return tuple(words.names[sign] for sign in before_end(said))


def run(lang: str, seen: Array) -> Trace:
    """The net looks at a picture (8,8) and says what it sees, word by word: h (T+1,H), h_0 made
    from the picture; p (T,K)."""
    words, model = describer(lang)
    vector = _vectors(seen[None])
    said = _words(words, model.greedy(vector, END, SAID)[:, 0])
    ids = np.array([*words.ids(said), END][:SAID])[:, None]
    p = softmax(model.forward(vector, demos.before(ids)).astype(np.float64))[..., 0]
    arrays = {"p": p, "h": model.decoder.cell.cell.now.h[..., 0].astype(np.float64)}
    fixed = {"picture": seen, "V": model.decoder.head.params["V"].astype(np.float64)}
    names = {"said": tuple(words.names[int(n)] for n in ids[:, 0]), "classes": words.names}
    return Trace("rnn", len(ids), arrays, fixed, names=names, subject=Description())
