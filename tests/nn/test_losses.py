"""Output layers and losses: gradients against differences, known values, weights."""

from __future__ import annotations

import numpy as np
import pytest
from backward import worst
from hypothesis import given
from hypothesis import strategies as st

from rnntutor.nn import heads, initialise, losses
from rnntutor.nn.cells import packing
from rnntutor.nn.gradcheck import numerical_gradient


@pytest.mark.parametrize("shape", [(3, 4, 2), (4, 2)])
@pytest.mark.parametrize("which", ["cross_entropy", "weighted", "squared_error"])
def test_gradients_of_the_losses(shape: tuple[int, ...], which: str) -> None:
    rng = np.random.default_rng(0)
    y = rng.normal(size=shape)
    leading = (*shape[:-2], shape[-1])
    weight = rng.integers(0, 2, leading) + 0.5 if which == "weighted" else None

    def loss() -> tuple[float, np.ndarray]:
        if which == "squared_error":
            return losses.squared_error(y, numbers)
        return losses.cross_entropy(y, classes, weight)

    classes, numbers = rng.integers(0, 4, leading), rng.normal(size=shape)
    np.testing.assert_allclose(loss()[1], numerical_gradient(lambda: loss()[0], y), atol=1e-8)


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("every", [True, False])
def test_gradients_through_loss_head_and_cell(kind: str, every: bool) -> None:
    """The whole chain of a training step is right, with the loss at every step or at the last."""
    rng = np.random.default_rng(4)
    T, D, H, K, B = 4, 2, 3, 3, 2
    W = initialise.packed_cell(rng, kind, D, H, biases=True, dtype=np.float64)
    V, b, x = rng.normal(size=(K, H)), rng.normal(size=K), rng.normal(size=(T, D, B))
    target = rng.integers(0, K, (T, B) if every else B)
    cell = packing.make(kind, W)

    def forward() -> tuple[float, np.ndarray, np.ndarray]:
        h = cell.forward(x) if every else cell.forward(x)[-1]
        loss, dy = losses.cross_entropy(heads.linear(V, b, h), target)
        return loss, dy, h

    _, dy, h = forward()
    dV, db, dh = heads.linear_back(V, h, dy)
    dW = cell.backward(dh)[0] if every else cell.backward(None, *_last(cell, dh))[0]
    grads = {"V": dV, "b": db, **packing.unpack(kind, dW.copy())}
    params = {"V": V, "b": b, **packing.unpack(kind, W)}
    name, off = worst(lambda: forward()[0], params, grads)
    assert off < 1e-8, name


def _last(cell: packing.AnyCell, dh: np.ndarray) -> list[np.ndarray]:
    return [dh, *(np.zeros_like(dh) for _ in range(cell.num_states - 1))]


@given(st.integers(0, 99), st.floats(-1e4, 1e4))
def test_softmax_is_a_distribution_that_a_shift_does_not_change(seed: int, shift: float) -> None:
    y = np.random.default_rng(seed).normal(size=(5, 3)) * 100
    p = losses.softmax(y)
    np.testing.assert_allclose(p.sum(axis=0), 1)
    np.testing.assert_allclose(losses.softmax(y + shift), p, atol=1e-9)


def test_values_known_by_hand() -> None:
    """The loss of equal probabilities is ln K; squared errors are summed over K, averaged
    otherwise."""
    loss, dy = losses.cross_entropy(np.zeros((2, 8, 3)), np.zeros((2, 3), int))
    assert loss == pytest.approx(np.log(8))
    assert dy.sum() == pytest.approx(0)
    assert losses.squared_error(np.ones((2, 4)), np.zeros((2, 4)))[0] == pytest.approx(2)


def test_a_weight_of_nothing_leaves_a_step_out() -> None:
    y = np.random.default_rng(1).normal(size=(3, 4, 2))
    target = np.array([[0, 1], [2, 3], [1, 1]])
    weight = np.array([[1.0, 1.0], [0.0, 0.0], [1.0, 1.0]])
    loss, dy = losses.cross_entropy(y, target, weight)
    assert loss == pytest.approx(losses.cross_entropy(y[[0, 2]], target[[0, 2]])[0])
    np.testing.assert_array_equal(dy[1], 0)


def test_the_precision_is_the_outputs() -> None:
    y = np.zeros((3, 2), np.float32)
    assert losses.cross_entropy(y, np.array([0, 1]))[1].dtype == np.float32
    assert losses.cross_entropy(y, np.array([0, 1]), np.ones(2))[1].dtype == np.float32
    assert losses.squared_error(y, y)[1].dtype == np.float32


def test_what_does_not_fit_is_named() -> None:
    y = np.zeros((5, 3, 2))
    with pytest.raises(ValueError, match=r"target must be \(5, 2\).*\(5, 3\)"):
        losses.cross_entropy(y, np.zeros((5, 3), int))
    with pytest.raises(ValueError, match=r"target must be \(5, 3, 2\), not \(3, 2\)"):
        losses.squared_error(y, np.zeros((3, 2)))
    with pytest.raises(ValueError, match=r"weight must be \(5, 2\)"):
        losses.cross_entropy(y, np.zeros((5, 2), int), np.zeros(2))
    with pytest.raises(ValueError, match="no step counts"):
        losses.cross_entropy(y, np.zeros((5, 2), int), np.zeros((5, 2)))
    with pytest.raises(ValueError, match=r"h must be \(…,4,B\).*\(3, 2\)"):
        heads.linear(np.zeros((2, 4)), np.zeros(2), np.zeros((3, 2)))
