"""The fast form equals the reference form and PyTorch, in both precisions."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest
from backward import worst
from hypothesis import given, settings
from hypothesis import strategies as st

from rnntutor.nn import initialise
from rnntutor.nn.cells import packing, reference
from rnntutor.nn.cells.fast import MOST_SHAPES
from rnntutor.nn.cells.registry import CELLS

KINDS = ("gru", "lstm", "rnn")
SIZES = {"T": st.integers(1, 6), "B": st.integers(1, 4), "D": st.integers(1, 4)}
PLAIN = {kind: partial(reference.trace, kind) for kind in ("rnn", "lstm", "gru")}


def drawn(
    kind: str, seed: int, T: int, B: int, D: int, H: int
) -> tuple[packing.AnyCell, np.ndarray, list[np.ndarray], np.ndarray]:
    """Return a cell with random parameters, x (T,D,B), a start, and dh (T,H,B)."""
    rng = np.random.default_rng(seed)
    W = initialise.packed_cell(rng, kind, D, H, biases=True, dtype=np.float64)
    start = [rng.uniform(-1, 1, (H, B)) for _ in range(1 + (kind == "lstm"))]
    return packing.make(kind, W), rng.normal(size=(T, D, B)), start, rng.normal(size=(T, H, B))


def test_agrees_with_pytorch(torch_run: Any) -> None:
    """States and all gradients agree to 1e-10, for a batch and for a batch of one."""
    cell = packing.make(torch_run.kind, packing.pack(torch_run.kind, torch_run.params))
    near = {"rtol": 0, "atol": 1e-10}
    for batch in (slice(None), slice(0, 1)):
        x, h, dh, dx = (
            a[:, batch].transpose(0, 2, 1)
            for a in (torch_run.x, torch_run.h, torch_run.dh, torch_run.dx)
        )
        start = [state[batch].T for state in torch_run.start]
        np.testing.assert_allclose(cell.forward(x, *start), h, **near)
        dW, *dstart = cell.backward(dh)
        np.testing.assert_allclose(cell.back_to_x(), dx, **near)
        for found, true in zip(dstart, torch_run.dstart, strict=True):
            np.testing.assert_allclose(found, true[batch].T, **near)
        if batch == slice(None):
            for name, found in packing.unpack(torch_run.kind, dW).items():
                np.testing.assert_allclose(found, torch_run.grads[name], **near, err_msg=name)
            if torch_run.c_last is not None:
                np.testing.assert_allclose(cell.last[1], torch_run.c_last.T, **near)


@given(st.sampled_from(KINDS), st.integers(0, 999), st.integers(1, 5), st.fixed_dictionaries(SIZES))
@settings(max_examples=60)
def test_equals_the_plain_form(kind: str, seed: int, H: int, size: dict[str, int]) -> None:
    cell, x, start, dh = drawn(kind, seed, H=H, **size)
    h = cell.forward(x, *start)
    dW, *dstart = cell.backward(dh)
    dx = cell.back_to_x()
    params = packing.unpack(kind, cell.W)
    total = {name: np.zeros_like(p) for name, p in params.items()}
    for b in range(size["B"]):
        trace = PLAIN[kind](params, x[:, :, b], *(s[:, b] for s in start), dh=dh[:, :, b])
        np.testing.assert_allclose(h[:, :, b], trace.arrays["h"][1:], atol=1e-12)
        np.testing.assert_allclose(dx[:, :, b], trace.arrays["dx"], atol=1e-12)
        for name, found in zip(("dh0", "dc0"), dstart, strict=False):
            np.testing.assert_allclose(found[:, b], trace.fixed[name], atol=1e-12)
        for name in total:
            total[name] += trace.fixed[f"d{name}_total"]
    for name, found in packing.unpack(kind, dW).items():
        np.testing.assert_allclose(found, total[name], atol=1e-11, err_msg=name)


@pytest.mark.parametrize("kind", KINDS)
def test_gradients_against_differences(kind: str) -> None:
    """Gradients through time are right for losses of all states, and of the last state in
    addition."""
    cell, x, start, dh = drawn(kind, 1, T=4, B=2, D=2, H=3)
    rng = np.random.default_rng(2)
    dlast = [rng.normal(size=s.shape) for s in start]

    def loss() -> float:
        total = float((cell.forward(x, *start) * dh).sum())
        return total + sum(float((a * b).sum()) for a, b in zip(cell.last, dlast, strict=True))

    loss()
    dW, *dstart = (g.copy() for g in cell.backward(dh, *dlast))
    params = {f"start{n}": s for n, s in enumerate(start)}
    grads = {f"start{n}": d for n, d in enumerate(dstart)}
    grads["x"] = cell.back_to_x()
    apart = packing.unpack(kind, cell.W)
    name, off = worst(loss, {**params, "x": x, **apart}, {**grads, **packing.unpack(kind, dW)})
    assert off < 1e-8, name


@given(
    st.sampled_from(KINDS),
    st.integers(0, 999),
    st.integers(1, 5),
    st.integers(1, 5),
    st.integers(1, 3),
)
@settings(max_examples=40)
def test_a_run_in_two_parts_is_the_run(kind: str, seed: int, T1: int, T2: int, B: int) -> None:
    """Passing the state forward, and its gradient back, gives the same result as one run."""
    cell, x, start, dh = drawn(kind, seed, T=T1 + T2, B=B, D=2, H=3)
    whole = cell.forward(x, *start).copy()
    dW, *dstart = (g.copy() for g in cell.backward(dh))

    first = cell.forward(x[:T1], *start).copy()
    carried = [state.copy() for state in cell.last]
    second = cell.forward(x[T1:], *carried).copy()
    dW2, *dcarried = (g.copy() for g in cell.backward(dh[T1:]))
    cell.forward(x[:T1], *start)
    dW1, *dstart1 = cell.backward(dh[:T1], *dcarried)

    np.testing.assert_allclose(np.concatenate([first, second]), whole, atol=1e-12)
    np.testing.assert_allclose(dW1 + dW2, dW, atol=1e-11)
    for found, true in zip(dstart1, dstart, strict=True):
        np.testing.assert_allclose(found, true, atol=1e-12)


@given(st.sampled_from(KINDS), st.integers(0, 999), st.integers(1, 4))
@settings(max_examples=30)
def test_a_batch_is_its_sequences(kind: str, seed: int, B: int) -> None:
    cell, x, start, dh = drawn(kind, seed, T=4, B=B, D=2, H=3)
    h = cell.forward(x, *start).copy()
    dW = cell.backward(dh)[0].copy()
    total = np.zeros_like(dW)
    for b in range(B):
        one = slice(b, b + 1)
        single = cell.forward(x[..., one], *(s[:, one] for s in start))
        np.testing.assert_allclose(single, h[..., one], atol=1e-12)
        total += cell.backward(dh[..., one])[0]
    np.testing.assert_allclose(total, dW, atol=1e-11)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("B", [1, 3])
def test_float32_stays_float32_and_is_near(kind: str, B: int) -> None:
    cell, x, start, dh = drawn(kind, 7, T=6, B=B, D=3, H=4)
    single = packing.make(kind, cell.W.astype(np.float32))
    near = {"rtol": 0, "atol": 2e-5}
    np.testing.assert_allclose(single.forward(x, *start), cell.forward(x, *start), **near)
    for found, true in zip(single.backward(dh), cell.backward(dh), strict=True):
        assert found.dtype == np.float32
        np.testing.assert_allclose(found, true, **near)
    assert single.back_to_x().dtype == np.float32


@pytest.mark.parametrize("kind", KINDS)
def test_runs_leave_nothing_behind(kind: str) -> None:
    """Reused buffers, after another shape or start, do not affect a run."""
    cell, x, start, dh = drawn(kind, 3, T=5, B=2, D=2, H=3)
    fresh = [cell.forward(x).copy(), *(g.copy() for g in cell.backward(dh))]
    cell.forward(x, *start)
    cell.backward(dh, *start)
    for T in range(1, MOST_SHAPES + 3):
        cell.forward(np.zeros((T, 2, 1)))
    again = [cell.forward(x), *cell.backward(dh)]
    for found, true in zip(again, fresh, strict=True):
        np.testing.assert_array_equal(found, true)
    assert len(cell._made) <= MOST_SHAPES


@pytest.mark.parametrize("kind", KINDS)
def test_no_gradient_from_the_states_is_a_gradient_of_zeros(kind: str) -> None:
    cell, x, start, dh = drawn(kind, 4, T=3, B=2, D=2, H=3)
    cell.forward(x)
    asked = [g.copy() for g in cell.backward(None, *start)]
    for found, true in zip(asked, cell.backward(np.zeros_like(dh), *start), strict=True):
        np.testing.assert_array_equal(found, true)


@given(st.sampled_from(KINDS), st.integers(1, 5), st.integers(1, 5))
def test_packing_and_unpacking(kind: str, D: int, H: int) -> None:
    """Packing is lossless, and unpacked parameters are views of the packed matrix."""
    params = initialise.cell(np.random.default_rng(0), kind, D, H, biases=True)
    W = packing.pack(kind, params)
    assert W.shape == packing.packed_shape(kind, D, H)
    apart = packing.unpack(kind, W)
    assert list(apart) == list(CELLS[kind].shapes(D, H))
    for name, p in apart.items():
        np.testing.assert_array_equal(p, params[name])
        assert np.shares_memory(p, W)


def test_a_gru_learns_nothing_where_it_has_no_parameters() -> None:
    cell, x, start, dh = drawn("gru", 4, T=3, B=2, D=2, H=3)
    cell.forward(x, *start)
    dW = cell.backward(dh)[0]
    packed = packing.pack("gru", packing.unpack("gru", dW))
    np.testing.assert_array_equal(packed, dW)


@pytest.mark.parametrize(
    ("do", "says"),
    [
        (lambda c: c.forward(np.zeros((4, 3, 1))), r"x must be \(T,2,B\), not \(4, 3, 1\)"),
        (lambda c: c.forward(np.zeros((0, 2, 1))), r"x must be \(T,2,B\), not \(0, 2, 1\)"),
        (
            lambda c: c.forward(np.zeros((4, 2, 5)), np.zeros((3, 5))),
            r"start must be 2 of \(3, 5\), not \[\(3, 5\)\]",
        ),
        (lambda c: c.backward(np.zeros((4, 3, 1))), "nothing ran forward"),
        (
            lambda c: (c.forward(np.zeros((4, 2, 5))), c.backward(np.zeros((4, 2, 5)))),
            r"dh must be \(4, 3, 5\), not \(4, 2, 5\)",
        ),
        (
            lambda c: packing.make("lstm", np.zeros((7, 9))),
            r"W must be \(4H,D\+H\+1\), not \(7, 9\)",
        ),
        (lambda c: packing.pack("rnn", {"W": np.zeros((3, 2))}), "no U"),
        (lambda c: packing.pack("rnn", {}), "no W"),
        (
            lambda c: packing.pack("rnn", {"W": np.ones((3, 2)), "U": np.ones(3), "b": 0}),
            r"U must be \(3, 3\); it is \(3,\)",
        ),
    ],
)
def test_what_does_not_fit_is_named(do: Any, says: str) -> None:
    cell = drawn("lstm", 0, T=4, B=1, D=2, H=3)[0]
    with pytest.raises(ValueError, match=says):
        do(cell)
