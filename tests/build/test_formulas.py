"""The exercises' expected values agree with other ways to compute them."""

from __future__ import annotations

import numpy as np
import pytest

from rnntutor.build.cases import Case
from rnntutor.build.computations import COMPUTATIONS, SIZES, cases
from rnntutor.build.formulas import evaluate, formula, latex

EPSILON = 1e-6


def test_every_exercise_has_a_run_of_every_size() -> None:
    for name in COMPUTATIONS:
        assert len(cases(name)) == len(SIZES)
        for case in cases(name):
            assert tuple(case.given) == COMPUTATIONS[name].arguments


def test_an_lstm_step_is_the_known_one() -> None:
    """It agrees with the textbook's equations, written here with other operations."""
    for case in cases("lstm_step"):
        x, h, c = (case.given[name] for name in ("x", "h_prev", "c_prev"))
        W, U, b = case.given["W"], case.given["U"], case.given["b"]
        a = {
            k: np.einsum("hd,d->h", W[k], x) + np.einsum("hj,j->h", U[k], h) + b[k] for k in "fiog"
        }
        f, i, o = (1 / (1 + np.exp(-a[k])) for k in "fio")
        memory = f * c + i * np.tanh(a["g"])
        np.testing.assert_allclose(case.value("c"), memory)
        np.testing.assert_allclose(case.value("h"), o * np.tanh(memory))


def test_a_gru_step_resets_behind_the_product() -> None:
    for case in cases("gru_step"):
        x, h, W, U, b = (case.given[name] for name in ("x", "h_prev", "W", "U", "b"))
        r, z = (1 / (1 + np.exp(-(W[k] @ x + U[k] @ h + b[k]))) for k in "rz")
        n = np.tanh(W["n"] @ x + b["n"] + r * (U["n"] @ h + case.given["b_nU"]))
        np.testing.assert_allclose(case.value("h"), z * h + (1 - z) * n)


def rnn_loss(case: Case, W: np.ndarray, U: np.ndarray, h0: np.ndarray, b: np.ndarray) -> float:
    """Return a loss whose gradient with respect to each h is dh_loss."""
    h, total = h0, 0.0
    for x, dh in zip(case.given["x"], case.given["dh_loss"], strict=True):
        h = np.tanh(W @ x + U @ h + b)
        total += float(dh @ h)
    return total


@pytest.mark.parametrize("name", ["W", "U", "h0", "b"])
def test_the_gradients_of_bptt_are_the_numeric_ones(name: str) -> None:
    case = cases("rnn_backward")[0]
    first = case.given["h"][0]
    b = (
        np.arctanh(first)
        - case.given["W"] @ case.given["x"][0]
        - case.given["U"] @ case.given["h0"]
    )
    at = {"W": case.given["W"], "U": case.given["U"], "h0": case.given["h0"], "b": b}
    key = {"W": "dW[1]", "U": "dU[1]", "h0": "dh_prev[1]", "b": "db[1]"}[name]
    for index in np.ndindex(at[name].shape):
        step = np.zeros_like(at[name])
        step[index] = EPSILON
        up = rnn_loss(case, **(at | {name: at[name] + step}))
        down = rnn_loss(case, **(at | {name: at[name] - step}))
        assert case.value(key)[index] == pytest.approx((up - down) / (2 * EPSILON), abs=1e-6)


def test_the_gradient_of_the_loss_is_the_numeric_one() -> None:
    for case in cases("softmax_loss"):
        y, target = case.given["y"], case.given["target"]

        def loss(y: np.ndarray, target: int = target) -> float:
            return float(np.log(np.exp(y - y.max()).sum()) + y.max() - y[target])

        assert float(case.value("loss")) == pytest.approx(loss(y))
        for n in range(len(y)):
            step = EPSILON * (np.arange(len(y)) == n)
            slope = (loss(y + step) - loss(y - step)) / (2 * EPSILON)
            assert case.value("dy")[n] == pytest.approx(slope, abs=1e-6)


def test_gradients_are_clipped_in_some_runs_and_left_in_others() -> None:
    scales = [float(case.value("scale")) for case in cases("clip_by_norm")]
    assert any(scale < 1 for scale in scales) and any(scale == 1 for scale in scales)
    for case in cases("clip_by_norm"):
        clipped = [case.value(f"clipped_{n}") for n in (1, 2, 3)]
        norm = np.sqrt(sum(float((g**2).sum()) for g in clipped))
        assert norm <= float(case.given["limit"]) * (1 + 1e-12)


def test_a_formula_knows_its_own_operations_and_no_others() -> None:
    assert evaluate(formula("a = (b + 1) * c").tree, {"b": 2.0, "c": 3.0}) == 9.0
    with pytest.raises((TypeError, KeyError)):
        evaluate(formula("a = open(b)").tree, {"b": "x"})
    with pytest.raises(TypeError):
        evaluate(formula("a = [b for b in c]").tree, {"c": 1})


def test_what_stands_behind_a_minus_keeps_its_brackets() -> None:
    assert latex(formula("a = b - (c - d)").tree, {}) == "b-(c-d)"
    assert latex(formula("a = f * (1 - f)").tree, {}) == r"f\odot (1-f)"
