"""The gradient check accepts right gradients and rejects wrong ones."""

from __future__ import annotations

import numpy as np
import pytest
from backward import worst

from rnntutor.nn.gradcheck import numerical_gradient


def test_finds_the_gradient_and_puts_the_parameter_back() -> None:
    p = np.array([[1.0, -2.0], [0.5, 3.0]])
    kept = p.copy()
    np.testing.assert_allclose(
        numerical_gradient(lambda: float((p**3).sum()), p), 3 * p**2, rtol=1e-8
    )
    np.testing.assert_array_equal(p, kept)


def test_names_the_parameter_that_is_wrong() -> None:
    params = {"W": np.array([1.0, 2.0]), "b": np.array([3.0])}
    grads = {"W": np.array([2.0, 4.0]), "b": np.array([7.0])}

    def loss() -> float:
        return float(sum((p**2).sum() for p in params.values()))

    name, off = worst(loss, params, grads)
    assert name == "b"
    assert off == pytest.approx(1 / 7)


def test_refuses_what_it_cannot_judge() -> None:
    with pytest.raises(ValueError, match="float32"):
        numerical_gradient(lambda: 0.0, np.zeros(2, np.float32))
    with pytest.raises(AssertionError, match="W"):
        worst(lambda: 0.0, {"W": np.zeros(2)}, {"W": np.zeros(3)})
