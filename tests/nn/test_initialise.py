"""Initial values: their ranges, their biases, and that a seed reproduces them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnntutor.nn import initialise
from rnntutor.nn.cells import packing


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_a_cell_starts_as_pytorchs_does(kind: str) -> None:
    params = initialise.cell(rng(), kind, 3, 16, biases=True)
    for name, p in params.items():
        assert 0 < np.abs(p).max() <= 0.25, name
    for name, p in initialise.cell(rng(), kind, 3, 16).items():
        assert (p.ndim == 1) == (not p.any()), name


def test_one_seed_is_one_start_in_both_precisions() -> None:
    double = initialise.packed_cell(rng(), "gru", 2, 4, dtype=np.float64)
    single = initialise.packed_cell(rng(), "gru", 2, 4)
    np.testing.assert_array_equal(single, double.astype(np.float32))


@pytest.mark.parametrize(("kind", "bias"), [("lstm", "b_f"), ("gru", "b_z")])
def test_a_keep_bias_moves_the_gate_that_keeps(kind: str, bias: str) -> None:
    W = initialise.packed_cell(rng(), kind, 2, 4, forget_bias=3.0)
    for name, p in packing.unpack(kind, W).items():
        if p.ndim == 1:
            assert (p == (3.0 if name == bias else 0.0)).all(), name


def test_chrono_biases_fit_memories_of_that_length() -> None:
    params = initialise.cell(rng(), "lstm", 2, 50)
    initialise.chrono(rng(), "lstm", params, longest=40)
    assert params["b_f"].min() >= 0
    assert params["b_f"].max() <= np.log(39)
    np.testing.assert_array_equal(params["b_i"], -params["b_f"])
    params = initialise.cell(rng(), "gru", 2, 50)
    initialise.chrono(rng(), "gru", params, longest=40)
    assert params["b_z"].max() > 1


@given(st.integers(0, 999), st.integers(1, 12), st.floats(0.1, 3))
def test_orthogonal_keeps_lengths_and_radius_is_reached(seed: int, H: int, radius: float) -> None:
    gen = np.random.default_rng(seed)
    Q = initialise.orthogonal(gen, H)
    np.testing.assert_allclose(Q @ Q.T, np.eye(H), atol=1e-12)
    assert initialise.spectral_radius(Q) == pytest.approx(1)
    U = initialise.with_radius(gen.normal(size=(H, H)), radius)
    assert initialise.spectral_radius(U) == pytest.approx(radius)


def test_what_cannot_be_is_said() -> None:
    params = initialise.cell(rng(), "rnn", 2, 3)
    with pytest.raises(ValueError, match="rnn has no gate that keeps"):
        initialise.add_forget_bias("rnn", params, 1.0)
    with pytest.raises(ValueError, match="rnn has no gate that keeps"):
        initialise.chrono(rng(), "rnn", params, 9)
    with pytest.raises(ValueError, match="at least 3"):
        initialise.chrono(rng(), "lstm", params, 2)
    with pytest.raises(ValueError, match="cannot be scaled"):
        initialise.with_radius(np.zeros((2, 2)), 1.0)
