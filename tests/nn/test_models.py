"""The models: gradients of every parameter, decoding, loading, and learning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from backward import worst

from rnntutor.nn import models
from rnntutor.nn.cells import packing
from rnntutor.nn.layers import Bidirectional, Embedding, Layer, Recurrent, one_hot
from rnntutor.nn.losses import cross_entropy
from rnntutor.nn.optimisers import Adam, clip_grad_norm

KINDS = ("rnn", "lstm", "gru")
DOUBLE: dict[str, Any] = {"seed": 3, "dtype": np.float64}


def ids(symbols: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, symbols, shape)


def parts(layer: Layer) -> Iterator[tuple[str, Recurrent]]:
    """Yield the recurrent layers of a layer, by the names of their parameters."""
    if isinstance(layer, Recurrent):
        yield "W", layer
    if isinstance(layer, Bidirectional):
        yield from (("forth", layer.forth), ("back", layer.back))


def check(model: models.Model, given: tuple[Any, ...], target: np.ndarray) -> None:
    """Compare every gradient of a model with differences, through cross-entropy.

    Cells are compared unpacked, because not every entry of a GRU's W is a parameter; biases are not
    0.
    """

    def loss() -> float:
        return cross_entropy(model.forward(*given), target)[0]

    rng = np.random.default_rng(5)
    params = dict(model.params)
    for where, layer in model.layers.items():
        for name, part in parts(layer):
            del params[f"{where}.{name}"]
            params |= {f"{where}.{name}.{n}": p for n, p in part.unpacked.items()}
    for p in params.values():
        if p.ndim == 1:
            p[...] = rng.normal(size=p.shape)

    dy = cross_entropy(model.forward(*given), target)[1]
    found = model.backward(dy)
    assert found.keys() == model.params.keys()
    for where, layer in model.layers.items():
        for name, part in parts(layer):
            W = found[f"{where}.{name}"]
            apart = packing.unpack(part.cell.kind, W)
            found |= {f"{where}.{name}.{n}": g for n, g in apart.items()}
    found = {name: g.copy() for name, g in found.items()}
    name, off = worst(loss, params, found)
    assert off < 1e-8, name


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("merge", [None, "concat", "sum"])
def test_sequence_to_sequence(kind: str, merge: str | None) -> None:
    model = models.SequenceToSequence(kind, 2, 3, 4, vocab_size=5, merge=merge, **DOUBLE)
    check(model, (ids(5, 4, 2),), ids(4, 4, 2))


@pytest.mark.parametrize("kind", KINDS)
def test_sequence_to_vector(kind: str) -> None:
    model = models.SequenceToVector(kind, 2, 3, 4, vocab_size=5, **DOUBLE)
    check(model, (ids(5, 4, 2),), ids(4, 2))
    numbers = models.SequenceToVector(kind, 2, 3, 4, **DOUBLE)
    x = np.random.default_rng(0).normal(size=(4, 2, 2))
    check(numbers, (x,), ids(4, 2))


@pytest.mark.parametrize("kind", KINDS)
def test_vector_to_sequence(kind: str) -> None:
    model = models.VectorToSequence(kind, 3, 3, 5, embedding_dim=2, **DOUBLE)
    v = np.random.default_rng(0).normal(size=(3, 2))
    check(model, (v, ids(5, 4, 2)), ids(5, 4, 2))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("attention", [None, "dot", "additive"])
def test_encoder_decoder(kind: str, attention: str | None) -> None:
    model = models.EncoderDecoder(kind, 4, 5, 3, embedding_dim=2, attention=attention, **DOUBLE)
    mask = np.array([[False, True], [True, True], [True, True]])
    check(model, (ids(4, 3, 2), ids(5, 4, 2), mask), ids(5, 4, 2))


@pytest.mark.parametrize("attention", [None, "dot"])
def test_greedy_reads_what_it_said(attention: str | None) -> None:
    """Teacher forcing with the free run's output gives the same output."""
    model = models.EncoderDecoder("lstm", 4, 5, 6, attention=attention, **DOUBLE)
    source = ids(4, 3, 7)
    said = model.greedy(source, start_symbol=0, num_steps=5)
    before = np.concatenate([np.zeros((1, 7), int), said[:-1]])
    np.testing.assert_array_equal(model.forward(source, before).argmax(axis=1), said)
    if attention:
        forced = model.attention_weights.copy()
        model.greedy(source, start_symbol=0, num_steps=5)
        np.testing.assert_allclose(model.attention_weights, forced)

    picture = models.VectorToSequence("gru", 3, 6, 5, **DOUBLE)
    v = np.random.default_rng(0).normal(size=(3, 7))
    said = picture.greedy(v, start_symbol=0, num_steps=5)
    before = np.concatenate([np.zeros((1, 7), int), said[:-1]])
    np.testing.assert_array_equal(picture.forward(v, before).argmax(axis=1), said)


@pytest.mark.parametrize("kind", ["dot", "additive"])
def test_attention_shares_itself_out_over_what_is_there(kind: str) -> None:
    model = models.EncoderDecoder("gru", 4, 5, 3, attention=kind, **DOUBLE)
    mask = np.array([[False, True], [True, True], [True, False]])
    model.forward(ids(4, 3, 2), ids(5, 4, 2), mask)
    assert model.attention_weights.shape == (4, 3, 2)
    np.testing.assert_allclose(model.attention_weights.sum(axis=1), 1)
    np.testing.assert_array_equal(model.attention_weights[:, ~mask], 0)


def test_a_state_carried_on_is_one_run() -> None:
    model = models.SequenceToSequence("lstm", 2, 3, 4, vocab_size=5, **DOUBLE)
    given = ids(5, 6, 2)
    whole = model.forward(given)
    first = model.forward(given[:4])
    second = model.forward(given[4:], *model.last)
    np.testing.assert_allclose(np.concatenate([first, second]), whole)


def test_a_seed_is_a_model_and_loading_gives_it_back() -> None:
    def made(seed: int) -> models.Model:
        return models.EncoderDecoder("gru", 4, 5, 3, attention="additive", seed=seed)

    one, same, other = made(1), made(1), made(2)
    for name, p in one.params.items():
        np.testing.assert_array_equal(p, same.params[name])
    other.load(one.params)
    given = ids(4, 3, 2), ids(5, 4, 2)
    np.testing.assert_array_equal(one.forward(*given), other.forward(*given))


def test_loading_what_does_not_fit_changes_nothing() -> None:
    model = models.SequenceToVector("rnn", 2, 3, 4, seed=0)
    before = {name: p.copy() for name, p in model.params.items()}
    bad = {name: np.zeros_like(p) for name, p in before.items()}
    with pytest.raises(ValueError, match=r"head.V must be \(4, 3\), not \(4, 9\)"):
        model.load({**bad, "head.V": np.zeros((4, 9))})
    del bad["head.b"]
    with pytest.raises(ValueError, match=r"no head\.b"):
        model.load(bad)
    for name, p in model.params.items():
        np.testing.assert_array_equal(p, before[name])


def test_sizes_count_what_is_learned() -> None:
    """There is one bias per block, two in the GRU's reset product; D 10 and H 20 as in
    textbooks."""
    for kind, count in {"rnn": 620, "lstm": 2480, "gru": 1880}.items():
        layer = models.SequenceToVector(kind, 10, 20, 2, seed=0).cell
        assert layer.size == count
    assert models.SequenceToVector("rnn", 10, 20, 2, seed=0).size == 620 + 42
    both = models.SequenceToSequence("gru", 10, 20, 2, merge="sum", seed=0)
    assert both.cell.size == 2 * 1880


def test_equal_symbols_are_equal_vectors_and_unknown_ones_are_refused() -> None:
    layer = Embedding(np.random.default_rng(0), 4, 3, np.float64)
    x = layer.forward(np.array([[1, 2], [1, 1]]))
    assert x.shape == (2, 3, 2)
    np.testing.assert_array_equal(x[0, :, 0], x[1, :, 1])
    np.testing.assert_array_equal(one_hot(np.array([[2]]), 4, np.float64)[0, :, 0], [0, 0, 1, 0])
    for bad in (-1, 4):
        with pytest.raises(ValueError, match="symbols go from 0 to 3"):
            layer.forward(np.array([[bad]]))
        with pytest.raises(ValueError, match="symbols go from 0 to 3"):
            one_hot(np.array([[bad]]), 4, np.float32)


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="concat or sum"):
        models.SequenceToSequence("rnn", 2, 3, 4, merge="mean", seed=0)
    with pytest.raises(ValueError, match="dot or additive"):
        models.EncoderDecoder("rnn", 4, 5, 3, attention="soft", seed=0)
    with pytest.raises(ValueError, match="no attention"):
        _ = models.EncoderDecoder("rnn", 4, 5, 3, seed=0).attention_weights
    both = models.SequenceToSequence("rnn", 2, 3, 4, merge="sum", seed=0)
    with pytest.raises(ValueError, match="no last state"):
        _ = both.last
    with pytest.raises(ValueError, match="no state to carry on"):
        both.forward(np.zeros((2, 2, 1)), np.zeros((3, 1)))


def neighbours(rng: np.random.Generator, T: int, B: int) -> tuple[np.ndarray, np.ndarray]:
    """Return digits 0-3, and for each whether the next one is odd (for the last: no)."""
    given = rng.integers(0, 4, (T, B))
    label = np.zeros((T, B), int)
    label[:-1] = given[1:] % 2
    return given, label


@pytest.mark.parametrize(("merge", "least", "most"), [("concat", 0.95, 1.0), (None, 0.0, 0.65)])
def test_only_both_directions_learn_what_comes_next(
    merge: str | None, least: float, most: float
) -> None:
    """Training works, and a net that reads forward cannot know later input."""
    rng = np.random.default_rng(0)
    model = models.SequenceToSequence("rnn", 4, 8, 2, vocab_size=4, merge=merge, seed=1)
    adam = Adam(model.params, 0.01)
    for _ in range(150):
        given, label = neighbours(rng, 8, 16)
        grads = model.backward(cross_entropy(model.forward(given), label)[1])
        clip_grad_norm(grads, 1.0)
        adam.step(grads)
    given, label = neighbours(rng, 8, 500)
    right = (model.forward(given).argmax(axis=1) == label)[:-1].mean()
    assert least <= right <= most
