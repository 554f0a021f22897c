"""Optimisers: known first steps, clipping that never increases, errors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnntutor.nn.optimisers import SGD, Adam, clip_grad_norm, norm

NUMBERS = st.floats(-1e3, 1e3).filter(lambda v: abs(v) > 1e-3)


def arrays(values: list[float]) -> dict[str, np.ndarray]:
    return {"W": np.array(values), "b": np.array(values[:1])}


@given(st.lists(NUMBERS, min_size=1, max_size=6), st.floats(1e-3, 1e4))
def test_clip_never_grows_a_norm_and_keeps_the_direction(values: list[float], most: float) -> None:
    g = arrays(values)
    before = norm(g)
    assert clip_grad_norm(g, most) == pytest.approx(before)
    assert norm(g) <= min(before, most) * (1 + 1e-9)
    np.testing.assert_allclose(g["W"] * before, np.array(values) * norm(g), rtol=1e-6, atol=1e-9)


def test_clip_leaves_what_is_not_finite() -> None:
    """A broken gradient must remain visible, not become zero."""
    g = {"W": np.array([1.0, np.inf])}
    assert clip_grad_norm(g, 1.0) == np.inf
    assert g["W"][0] == 1.0


def test_the_norm_of_float32_does_not_overflow() -> None:
    assert norm({"W": np.full(2, 3e30, np.float32)}) == pytest.approx(3e30 * 2**0.5)


@given(st.lists(NUMBERS, min_size=1, max_size=6), st.floats(1e-4, 1.0))
def test_adams_first_step_is_the_rate_whatever_the_gradient(
    values: list[float], rate: float
) -> None:
    params = arrays([0.0] * len(values))
    Adam(params, rate).step(arrays(values))
    np.testing.assert_allclose(params["W"], -rate * np.sign(values), rtol=1e-4)


def test_adam_follows_its_definition() -> None:
    rng = np.random.default_rng(0)
    p, m, v = rng.normal(size=4), np.zeros(4), np.zeros(4)
    params = {"W": p.copy()}
    adam = Adam(params, lr=0.01)
    for t in range(1, 6):
        g = rng.normal(size=4)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        p -= 0.01 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        adam.step({"W": g})
    np.testing.assert_allclose(params["W"], p, rtol=1e-12)


def test_sgd_and_adam_reach_the_bottom_of_a_bowl() -> None:
    for optimiser in (SGD, Adam):
        params = arrays([3.0, -2.0])
        chosen = optimiser(params, lr=0.1)
        for _ in range(400):
            chosen.step({name: 2 * p for name, p in params.items()})
        assert norm(params) < 1e-3


def test_a_gradient_that_does_not_fit_is_named() -> None:
    params = arrays([1.0, 2.0])
    for optimiser in (SGD(params), Adam(params)):
        with pytest.raises(ValueError, match="no gradient of b"):
            optimiser.step({"W": np.zeros(2)})
        with pytest.raises(ValueError, match=r"W is \(2,\), its gradient \(3,\)"):
            optimiser.step({"W": np.zeros(3), "b": np.zeros(1)})
    with pytest.raises(ValueError, match="above 0"):
        clip_grad_norm(params, 0)
