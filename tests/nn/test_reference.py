"""The reference form agrees with PyTorch and differences, records everything, and respects
clamps."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnntutor.nn import initialise
from rnntutor.nn.cells import reference
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.gradcheck import numerical_gradient
from rnntutor.nn.trace import Trace
from tests.sampling import in_turn

RUN = {kind: partial(reference.trace, kind) for kind in ("rnn", "lstm", "gru")}
KINDS = st.sampled_from(sorted(RUN))


def drawn(kind: str, seed: int, T: int, D: int, H: int, K: int = 0) -> tuple[dict[str, Any], list]:
    """Return random parameters (with an output layer of K classes), and x, h0 (and c0)."""
    rng = np.random.default_rng(seed)
    params = initialise.cell(rng, kind, D, H, biases=True)
    if K:
        params |= {"V": rng.normal(size=(K, H)), "b_y": rng.normal(size=K)}
    states = [rng.uniform(-1, 1, H) for _ in range(1 + (kind == "lstm"))]
    return params, [rng.normal(size=(T, D)), *states]


def run(kind: str, params: dict[str, Any], given: list, **how: Any) -> Trace:
    return RUN[kind](params, *given, **how)


def test_two_biases_are_counted_as_pytorch_counts_them(torch_run: Any) -> None:
    """The layers torch.nn.RNN, LSTM and GRU have b_ih and b_hh."""
    sizes = torch_run.x.shape[-1], torch_run.h.shape[-1]
    assert CELLS[torch_run.kind].size(*sizes, biases=2) == torch_run.size


def test_agrees_with_pytorch(torch_run: Any) -> None:
    """States and all gradients agree to 1e-10, summed over the batch."""
    kind, B = torch_run.kind, torch_run.x.shape[1]
    total = {name: np.zeros_like(grad) for name, grad in torch_run.grads.items()}
    for b in range(B):
        start = [state[b] for state in torch_run.start]
        trace = run(kind, torch_run.params, [torch_run.x[:, b], *start], dh=torch_run.dh[:, b])
        near = {"rtol": 0, "atol": 1e-10}
        np.testing.assert_allclose(trace.arrays["h"][1:], torch_run.h[:, b], **near)
        np.testing.assert_allclose(trace.arrays["dx"], torch_run.dx[:, b], **near)
        for name, grad in zip(("dh0", "dc0"), torch_run.dstart, strict=False):
            np.testing.assert_allclose(trace.fixed[name], grad[b], **near)
        if torch_run.c_last is not None:
            np.testing.assert_allclose(trace.at("c", trace.steps), torch_run.c_last[b], **near)
        for name in total:
            total[name] += trace.fixed[f"d{name}_total"]
    for name, grad in torch_run.grads.items():
        np.testing.assert_allclose(total[name], grad, rtol=0, atol=1e-10, err_msg=name)


@pytest.mark.parametrize(("kind", "target"), in_turn(sorted(RUN), [(2, -1, 0, 1), 1]))
def test_gradients_of_every_parameter_through_head_and_loss(kind: str, target: Any) -> None:
    params, given = drawn(kind, 3, T=4, D=2, H=3, K=3)

    def loss() -> float:
        return float(run(kind, params, given, target=target).fixed["loss_total"])

    trace = run(kind, params, given, target=target)
    for name, p in params.items():
        found = trace.fixed[f"d{name}_total"]
        np.testing.assert_allclose(found, numerical_gradient(loss, p), atol=1e-8, err_msg=name)
    for name, p in zip(("dx", "dh0", "dc0"), given, strict=False):
        found = trace.arrays[name] if name == "dx" else trace.fixed[name]
        np.testing.assert_allclose(found, numerical_gradient(loss, p), atol=1e-8, err_msg=name)


@given(KINDS, st.integers(0, 999), st.data())
@settings(max_examples=20)
def test_gradients_with_held_values(kind: str, seed: int, data: st.DataObject) -> None:
    """A clamped value has no gradient, and all others still equal the numeric ones."""
    params, given = drawn(kind, seed, T=3, D=1, H=2)
    index = st.tuples(
        st.sampled_from(sorted(CELLS[kind].clamps)), st.integers(1, 3), st.integers(0, 1)
    )
    clamps = data.draw(st.dictionaries(index, st.floats(-1, 1), min_size=1, max_size=4))
    weight = np.random.default_rng(seed).normal(size=(3, 2))

    def loss() -> float:
        return float((run(kind, params, given, clamps=clamps).arrays["h"][1:] * weight).sum())

    trace = run(kind, params, given, clamps=clamps, dh=weight)
    for (name, t, unit), value in clamps.items():
        assert trace[f"{name}[{t}][{unit}]"] == value
        assert trace[f"da{'' if name == 'h' else '_' + name}[{t}][{unit}]"] == 0
    assert trace.clamped == set(clamps)
    for name, p in params.items():
        found = trace.fixed[f"d{name}_total"]
        np.testing.assert_allclose(found, numerical_gradient(loss, p), atol=1e-7, err_msg=name)
    np.testing.assert_allclose(trace.fixed["dh0"], numerical_gradient(loss, given[1]), atol=1e-7)


@pytest.mark.parametrize("kind", sorted(RUN))
def test_the_sums_grow_from_the_last_step_to_the_first(kind: str) -> None:
    """Row t is the sum of the terms T … t: row 1 is the total, the last row a single term."""
    params, given = drawn(kind, 5, T=4, D=2, H=3)
    dh = np.random.default_rng(0).normal(size=(4, 3))
    trace = run(kind, params, given, dh=dh)
    for name in CELLS[kind].shapes(2, 3):
        np.testing.assert_array_equal(trace.at("d" + name, 1), trace.fixed[f"d{name}_total"])
    k = CELLS[kind].blocks[0].tail
    for t in (1, 2, 3, 4):
        term = np.outer(trace.at("da" + k, t), trace.at("x", t))
        after = trace.at("dW" + k, t + 1) if t < 4 else 0
        np.testing.assert_array_equal(trace.at("dW" + k, t), after + term)
    np.testing.assert_array_equal(trace.at("dh_next", 4), 0)
    np.testing.assert_array_equal(
        trace.arrays["dh"], trace.arrays["dh_loss"] + trace.arrays["dh_next"]
    )


@given(KINDS, st.integers(0, 999), st.integers(1, 6), st.integers(1, 5))
@settings(max_examples=30)
def test_ranges_and_shapes(kind: str, seed: int, T: int, H: int) -> None:
    """For any numbers, states stay within ±1 and gates between 0 and 1."""
    params, given = drawn(kind, seed, T=T, D=2, H=H)
    given[0] *= 50
    trace = run(kind, params, given, labels=[str(t) for t in range(T)])
    assert trace.arrays["h"].shape == (T + 1, H)
    assert np.abs(trace.arrays["h"]).max() <= 1
    for gate in set("fiorz") & set(trace.arrays):
        assert trace.arrays[gate].shape == (T, H)
        assert trace.arrays[gate].min() >= 0
        assert trace.arrays[gate].max() <= 1
    np.testing.assert_array_equal(trace.at("h", 0), given[1])


@pytest.mark.parametrize("kind", sorted(RUN))
def test_every_forward_value_follows_from_its_equation(kind: str) -> None:
    """The arrays have the names of the equations."""
    params, given = drawn(kind, 1, T=3, D=2, H=3)
    at = run(kind, params, given).arrays
    before = {name: at[name][:-1] for name in ("h", "c") if name in at}
    if kind == "rnn":
        np.testing.assert_allclose(at["a"], at["wx"] + at["uh"] + params["b"])
        np.testing.assert_allclose(at["h"][1:], np.tanh(at["a"]))
    if kind == "lstm":
        np.testing.assert_allclose(at["fc"], at["f"] * before["c"])
        np.testing.assert_allclose(at["c"][1:], at["fc"] + at["i"] * at["g"])
        np.testing.assert_allclose(at["h"][1:], at["o"] * at["tanh_c"])
    if kind == "gru":
        np.testing.assert_allclose(at["r_uh"], at["r"] * (at["uh_n"] + params["b_nU"]))
        np.testing.assert_allclose(at["a_n"], at["wx_n"] + params["b_n"] + at["r_uh"])
        np.testing.assert_allclose(at["h"][1:], at["z"] * before["h"] + (1 - at["z"]) * at["n"])


def test_a_head_gives_probabilities_and_asks_only_where_there_is_a_target() -> None:
    params, given = drawn("rnn", 2, T=3, D=2, H=3, K=4)
    trace = run("rnn", params, given, target=[-1, 3, -1])
    np.testing.assert_allclose(trace.arrays["p"].sum(axis=1), 1)
    assert trace["loss[1]"] == trace["loss[3]"] == 0
    assert trace["loss[2]"] == pytest.approx(-np.log(trace["p[2][3]"]))
    np.testing.assert_array_equal(trace.at("dh_loss", 3), 0)


def test_no_loss_no_way_back() -> None:
    params, given = drawn("lstm", 2, T=3, D=2, H=3)
    assert not [name for name in run("lstm", params, given).arrays if name.startswith("d")]


def test_a_start_has_each_state_that_the_cell_has() -> None:
    for kind, missing in (("lstm", "h0, c0"), ("gru", "h0")):
        params, (x, h0, *_) = drawn(kind, 0, T=2, D=2, H=3)
        for start in ([], [h0] * (3 - (kind == "gru"))):
            with pytest.raises(ValueError, match=f"{kind}: the start is {missing}"):
                run(kind, params, [x, *start])


def test_held_spreads_a_clamp_over_steps_and_units() -> None:
    def clamp(t: int | None, unit: int | None, value: float) -> Any:
        return SimpleNamespace(gate="f", t=t, unit=unit, value=value)

    assert reference.index_clamps([clamp(2, 1, 0.5)], 3, 2) == {("f", 2, 1): 0.5}
    assert len(reference.index_clamps([clamp(None, None, 0)], 3, 2)) == 6
    assert reference.index_clamps([clamp(None, 0, 0), clamp(3, 0, 1)], 3, 1)[("f", 3, 0)] == 1
    assert reference.index_clamps([clamp(9, None, 0)], 3, 2) == {}


def test_the_source_of_a_phase_is_the_function_that_runs() -> None:
    """A cell has its own equations or those of the cell it extends, with docstrings."""
    for kind, plan in CELLS.items():
        for phase, function in plan.phases.items():
            assert function.__name__.startswith((kind, "lstm")), phase
            assert function.__doc__


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"x": np.zeros(3)}, r"x must be \(T,D\).*\(3,\)"),
        ({"x": np.zeros((0, 2))}, r"x must be \(T,D\), not empty"),
        ({"x": np.zeros((2, 2, 2))}, r"x must be \(T,D\)"),
        ({"h0": np.zeros((2, 3))}, r"h0 must be \(H,\).*\(2, 3\)"),
        ({"c0": np.zeros(2)}, r"c0 must be \(3,\).*\(2,\)"),
        ({"W_f": np.zeros((3, 5))}, r"W_f must be \(3, 2\).*\(3, 5\)"),
        ({"W_f": None}, "no W_f"),
        ({"dh": np.zeros((4, 2))}, r"dh must be \(4, 3\).*\(4, 2\)"),
        ({"target": [0, 0, 0]}, "target must be 4 classes from 0 to 1"),
        ({"target": [0, 0, 0, 2]}, "target must be 4 classes from 0 to 1"),
        ({"target": [0, 0, 0, -2]}, "target must be 4 classes from 0 to 1"),
        ({"target": 0, "V": None}, "needs a head"),
        ({"target": 0, "dh": np.zeros((4, 3))}, "not both"),
        ({"clamps": {("z", 1, 0): 0.0}}, "'z' cannot be held; f, i, o, g can"),
        ({"clamps": {("f", 0, 0): 0.0}}, r"f\[0\]\[0\]: T is 4, H is 3"),
        ({"clamps": {("f", 5, 0): 0.0}}, r"f\[5\]\[0\]: T is 4, H is 3"),
        ({"clamps": {("f", 1, 3): 0.0}}, r"f\[1\]\[3\]: T is 4, H is 3"),
        ({"clamps": {("f", 1, -1): 0.0}}, r"f\[1\]\[-1\]: T is 4, H is 3"),
    ],
)
def test_what_does_not_fit_is_named(change: dict[str, Any], says: str) -> None:
    params, (x, h0, c0) = drawn("lstm", 0, T=4, D=2, H=3, K=2)
    given = {"x": x, "h0": h0, "c0": c0}
    how = {k: v for k, v in change.items() if k in ("dh", "target", "clamps")}
    given |= {k: v for k, v in change.items() if k in given}
    for name in change.keys() & params.keys():
        params[name] = change[name]
        if change[name] is None:
            del params[name]
    with pytest.raises(ValueError, match=says):
        reference.trace("lstm", params, *given.values(), **how)
