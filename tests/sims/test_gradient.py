"""The simulation `gradient`: its figures agree with the measurements, its gradients with
differences."""

from __future__ import annotations

from types import SimpleNamespace as Record
from typing import Any

import numpy as np
import pytest

from rnntutor.nn import gradcheck, initialise
from rnntutor.package_data import lessons_dir
from rnntutor.sims import find
from rnntutor.sims.base import SettingError
from rnntutor.sims.gradient import run
from rnntutor.subjects.runs import BackwardFlow
from tests.sampling import sampled

GRADIENT = find("gradient")
SEEDS = range(5)
LAGS = (1, 10, 50, 99)


def flow(name: str, **given: object) -> Any:
    """Return the gradient of this cell alone, at each distance."""
    settings = GRADIENT.make({"T": 100, "cell": name, "beside": "none", **given})
    return np.asarray(GRADIENT.trace(settings)[f"grad_{name}"])


def last_step(seed: int, bias: float) -> Record:
    """Return the last time step of the displayed LSTM."""
    p = run.weights("lstm", seed)
    p.b_f = p.b_f + bias
    return run.forward("lstm", p, run.read(seed, 100, 0.1))[-1]


def median(name: str, lags: tuple[int, ...], **given: object) -> Any:
    """Return log₁₀ of the median over the seeds, at each distance."""
    found = np.array([flow(name, seed=seed, **given)[list(lags)] for seed in SEEDS])
    return np.log10(np.median(found, axis=0))


# ---- the measured figures; far back the tolerance is a power of ten ---------------------------


@pytest.mark.parametrize(
    ("radius", "wanted"),
    sampled(
        [
            (0.5, (0.45, 4e-4, 1e-16, 1e-31)),
            (0.9, (0.8, 0.12, 4e-4, 5e-7)),
            (1.0, (0.87, 0.3, 0.03, 3e-3)),
            (1.1, (0.9, 0.4, 0.18, 0.4)),
            (1.5, (1.0, 1.0, 2.2, 55.0)),
            (2.0, (1.1, 2.8, 170.0, 1.7e5)),
        ],
        lambda case: case[0] in (0.5, 1.0, 2.0),
    ),
)
def test_rnn_near_the_linear_case(radius: float, wanted: tuple[float, ...]) -> None:
    off = median("rnn", LAGS, radius=radius, scale=0.1) - np.log10(wanted)
    assert (np.abs(off) <= [0.15, 0.4, 1.0, 1.3]).all(), off


@pytest.mark.parametrize(("radius", "low", "high"), [(1, -24.5, -19), (1.5, -11, -7), (2, -2, 1.5)])
def test_rnn_saturated_by_its_inputs(radius: float, low: float, high: float) -> None:
    """tanh's derivative makes the gradient vanish even where ρ(U) > 1 would make it explode."""
    (there,) = median("rnn", (99,), radius=radius, scale=1)
    assert low <= there <= high


@pytest.mark.parametrize(
    ("bias", "wanted"),
    sampled(
        [
            (-1, (3e-5, 5e-21, 5e-40)),
            (0, (3e-3, 3e-11, 5e-21)),
            (1, (0.06, 1e-4, 6e-8)),
            (3, (0.2, 0.25, 1.6)),
        ],
        lambda case: case[0] in (0, 3),
    ),
)
def test_lstm_by_forget_bias(bias: float, wanted: tuple[float, ...]) -> None:
    """The measurements are ‖∂L/∂c‖; the display is relative to ‖∂L/∂c_T‖."""
    ends = [
        run.size(run.last_gradient(seed) * last.o * (1 - last.tanh_c**2))
        for seed in SEEDS
        for last in [last_step(seed, bias)]
    ]
    off = median("lstm", (10, 50, 99), forget_bias=bias) + np.log10(np.median(ends))
    off -= np.log10(wanted)
    assert (np.abs(off) <= [0.3, 0.6, 1.2]).all(), off


@pytest.mark.parametrize(
    ("bias", "wanted"),
    sampled([(0, 8e-11), (1, 8e-6), (3, 0.1), (5, 0.7)], lambda case: case[0] in (0, 3)),
)
def test_gru_by_keep_bias(bias: float, wanted: float) -> None:
    (there,) = median("gru", (50,), keep_bias=bias)
    assert abs(there - np.log10(wanted)) <= 0.4


def test_the_direct_path_is_not_the_whole() -> None:
    """At b_f = 0 the product of f is 0.5 a step; paths through h and the gates add to it."""
    trace = GRADIENT.trace(GRADIENT.make({"T": 100}))
    assert float(trace["f_lstm[50]"]) == pytest.approx(0.5, abs=0.02)
    path, whole = float(trace["path_lstm[50]"]), float(trace["grad_lstm[50]"])
    assert np.log10(path) == pytest.approx(50 * np.log10(0.5), abs=0.5)
    assert whole > 100 * path


@pytest.mark.parametrize("cell", ["lstm", "gru"])
@pytest.mark.parametrize("bias", [-1, 0, 3, 5])
def test_the_product_of_the_gates_is_the_product_of_the_gates(cell: str, bias: float) -> None:
    """∏f equals the product of the displayed f, at every distance."""
    name, gate = ("forget_bias", "f") if cell == "lstm" else ("keep_bias", "z")
    trace = GRADIENT.trace(GRADIENT.make({"T": 100, name: bias}))
    shown = np.asarray(trace[f"{gate}_{cell}"])
    product = 1.0
    for distance, passed in enumerate(shown, 1):
        product *= float(passed)
        assert float(trace[f"path_{cell}[{distance}]"]) == pytest.approx(product, rel=1e-9)


@pytest.mark.parametrize("given", [{}, {"scale": 0}, {"forget_bias": 5, "scale": 2, "radius": 2.5}])
def test_every_curve_starts_at_one(given: dict[str, object]) -> None:
    trace = GRADIENT.trace(GRADIENT.make(given))
    for name in ("grad_rnn", "grad_lstm", "grad_gru", "path_lstm", "path_gru"):
        assert float(trace[f"{name}[0]"]) == pytest.approx(1), name
    unit = GRADIENT.trace(GRADIENT.make({"cell": "one unit"}))
    assert float(unit["grad_unit[0]"]) == float(unit["grad_latch[0]"]) == 1


def test_the_lesson_on_a_gradient_that_grew_quotes_the_stage() -> None:
    """Numbers of lstm.grown-gradient: 0.947, 2.019, 86.8 at the distances 20, 50, 99; ∏f 0.500 at
    99."""
    trace = GRADIENT.trace(GRADIENT.make({"cell": "lstm", "T": 100, "forget_bias": 5}))
    there = np.asarray(trace["grad_lstm"])
    assert there[[20, 50, 99]] == pytest.approx([0.947, 2.019, 86.8], abs=6e-4)
    assert float(trace["path_lstm[99]"]) == pytest.approx(0.5, abs=5e-4)
    for language in ("ko", "en"):
        text = (lessons_dir() / language / "05-lstm.md").read_text(encoding="utf-8")
        question = text[text.index("{#lstm.grown-gradient") :].split("\n### ")[0]
        assert all(number in question for number in ("0.947", "2.019", "86.8", "0.500"))


def test_a_linear_rnn_with_an_orthogonal_matrix_is_exact() -> None:
    """Without a derivative below 1 the gradient is ρ(U)^d."""
    there = flow("rnn", activation="identity", matrix="orthogonal", radius=1.1)
    assert there == pytest.approx(1.1 ** np.arange(101))
    assert there[99] == pytest.approx(1.3e4, rel=0.05)


def test_singular_values_above_one_do_not_make_it_explode() -> None:
    settings = GRADIENT.make({"radius": 0.9})
    trace = GRADIENT.trace(settings)
    assert GRADIENT.measures["sigma_max"](settings, trace) > 1
    assert GRADIENT.measures["at_end"](settings, trace) < 1e-3


@pytest.mark.parametrize(
    ("w", "h", "gradient"),
    [
        (0.5, 0.0, 7e-19),
        (0.9, 0.001, 3e-4),
        (1, 0.155, 5e-3),
        (1.1, 0.503, 1e-6),
        (2, 0.958, 2e-47),
    ],
)
def test_the_unit_that_remembers_perfectly_has_no_gradient(
    w: float, h: float, gradient: float
) -> None:
    trace = GRADIENT.trace(GRADIENT.make({"cell": "one unit", "w": w}))
    assert float(trace["h[60][0]"]) == pytest.approx(h, abs=6e-4)
    assert np.log10(float(trace["grad_unit[60]"]) / gradient) == pytest.approx(0, abs=0.25)
    assert float(trace["grad_latch[60]"]) > 0.5
    assert float(trace["c[60][0]"]) > 0.5


def test_one_unit_is_its_own_central_difference() -> None:
    def end(h: float) -> float:
        for _ in range(20):
            h = np.tanh(1.1 * h)
        return float(h)

    trace = GRADIENT.trace(GRADIENT.make({"cell": "one unit", "w": 1.1, "T": 20}))
    slope = (end(0.9 + 1e-6) - end(0.9 - 1e-6)) / 2e-6
    assert float(trace["grad_unit[20]"]) == pytest.approx(slope, rel=1e-6)


# ---- the gradients themselves ------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_the_farthest_gradient_by_central_differences(
    cell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The displayed ‖∂L/∂h_0‖ (∂L/∂c_0 for the LSTM) agrees with differences of the loss in a small
    net."""
    monkeypatch.setattr(run, "UNITS", 6)
    monkeypatch.setattr(run, "BATCH", 3)
    seed, T, scale = 991, 5, 0.7
    if cell == "rnn":
        p = run.weights(cell, seed, radius=1.3)
        found = run.rnn(seed, T, scale, 1.3, "random", "tanh")
    else:
        p = run.weights(cell, seed)
        bias = "b_f" if cell == "lstm" else "b_z"
        vars(p)[bias] = vars(p)[bias] + 0.5
        found = (run.lstm if cell == "lstm" else run.gru)(seed, T, scale, 0.5)
    x, v = run.read(seed, T, scale), run.last_gradient(seed)
    start = np.zeros((6, 3))
    nothing = np.zeros((6, 3))

    def loss() -> float:
        state = Record(h=nothing, c=start) if cell == "lstm" else Record(h=start)
        return float((v * run.forward(cell, p, x, start=state)[-1].h).sum())

    true = run.size(gradcheck.numerical_gradient(loss, start))
    # For the LSTM relative to ∂L/∂c_T, which depends only on the output gate and tanh.
    last = run.forward(cell, p, x)[-1]
    end = run.size(v * last.o * (1 - last.tanh_c**2)) if cell == "lstm" else run.size(v)
    assert found[f"grad_{cell}"][T] == pytest.approx(true / end, rel=1e-7)
    if cell == "rnn":
        U = p.U
        changed = gradcheck.numerical_gradient(loss, U) / 3
        assert found["dU"] == pytest.approx(changed, abs=1e-8)


@pytest.mark.parametrize("activation", ["tanh", "relu", "identity"])
def test_the_factors_multiply_to_the_gradient(activation: str) -> None:
    settings = GRADIENT.make({"activation": activation, "radius": 1.3, "T": 30})
    trace = GRADIENT.trace(settings)
    product = np.cumprod(np.asarray(trace["slope_rnn"]) * np.asarray(trace["turn_rnn"]))
    assert np.asarray(trace["grad_rnn"])[1:] == pytest.approx(product)


def test_clipping_by_norm_keeps_the_direction_by_value_does_not() -> None:
    given = {"radius": 2.0, "clip": 1.0}
    by_norm = GRADIENT.make(given)
    trace = GRADIENT.trace(by_norm)
    assert GRADIENT.measures["dU_norm"](by_norm, trace) > 5
    assert GRADIENT.measures["dU_clipped"](by_norm, trace) == pytest.approx(1)
    assert GRADIENT.measures["direction"](by_norm, trace) == pytest.approx(1)
    by_value = GRADIENT.make({**given, "clip": 0.3, "clip_by": "value"})
    cut = GRADIENT.trace(by_value)
    assert np.abs(np.asarray(cut["dU_clipped"])).max() <= 0.3
    assert GRADIENT.measures["direction"](by_value, cut) < 0.99


def test_clipping_makes_no_small_gradient_larger() -> None:
    """Clipping only limits, and does not help against vanishing gradients."""
    settings = GRADIENT.make({"radius": 0.5, "clip": 5})
    trace = GRADIENT.trace(settings)
    assert np.array_equal(np.asarray(trace["dU"]), np.asarray(trace["dU_clipped"]))


# ---- the challenge, and the needs of the stage -------------------------------------------------


@pytest.mark.parametrize("seed", sampled((7, *SEEDS), lambda seed: seed in (7, 0)))
def test_the_challenge_can_be_met_by_the_slider_alone(seed: int) -> None:
    """With inputs of 0.1 the gradient at distance 20 can be set between 0.1 and 10.

    This is not so at the default, nor at the slider's end.
    """

    def reached(**given: object) -> bool:
        settings = GRADIENT.make({**given, "beside": "none"})
        return 0.1 <= GRADIENT.measures["at_20"](settings, GRADIENT.trace(settings)) <= 10

    knob = GRADIENT.knob(GRADIENT.make({}), "radius")
    steps = np.arange(knob.low, knob.high + 1e-9, knob.step).round(6)
    assert not reached(seed=seed)
    assert not reached(seed=seed, radius=knob.low)
    assert not reached(seed=seed, radius=knob.high)
    assert sum(reached(seed=seed, radius=float(r)) for r in steps) >= 3


def test_same_settings_give_the_same_bits() -> None:
    settings = GRADIENT.make({"seed": 3})
    one = GRADIENT.trace(settings)
    for cached in (run.rnn, run.lstm, run.gru):
        cached.cache_clear()
    two = GRADIENT.trace(GRADIENT.make({"seed": 3}))
    assert all(one.arrays[n].tobytes() == two.arrays[n].tobytes() for n in one.arrays)


def test_a_knob_changes_its_own_curve_alone() -> None:
    base = GRADIENT.trace(GRADIENT.make({}))
    for name, value, curve in (
        ("radius", 1.5, "rnn"),
        ("forget_bias", 2, "lstm"),
        ("keep_bias", 2, "gru"),
    ):
        other = GRADIENT.trace(GRADIENT.make({name: value}))
        for cell in ("rnn", "lstm", "gru"):
            same = np.array_equal(
                np.asarray(base[f"grad_{cell}"]), np.asarray(other[f"grad_{cell}"])
            )
            assert same == (cell != curve), (name, cell)


def test_distance_counts_from_the_loss() -> None:
    trace = GRADIENT.trace(GRADIENT.make({"T": 30}))
    assert float(trace["grad_rnn[0]"]) == pytest.approx(1)
    assert trace["grad_rnn[30]"] == np.asarray(trace["grad_rnn"])[-1]


@pytest.mark.parametrize(
    ("given", "curves"),
    [
        ({}, ("rnn", "lstm")),
        ({"beside": "none"}, ("rnn",)),
        ({"cell": "gru", "beside": "gru"}, ("gru",)),
        ({"cell": "one unit"}, ("unit", "latch")),
        ({"cell": "one unit", "beside": "none"}, ("unit",)),
    ],
)
def test_two_curves_at_the_most(given: dict[str, object], curves: tuple[str, ...]) -> None:
    settings = GRADIENT.make(given)
    trace = GRADIENT.trace(settings)
    assert settings.curves == curves
    assert trace.title == tuple(c.key for c in trace.of(BackwardFlow).curves) == tuple(curves)
    assert all(f"grad_{c}" in trace for c in curves)
    assert GRADIENT.source(settings, "factor")


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"cell": "elman"}, "setting.choice"),
        ({"radius": 9}, "setting.range"),
        ({"clip": -1}, "setting.range"),
        ({"W": 1}, "setting.unknown"),
    ],
)
def test_what_cannot_be_is_refused(given: dict[str, object], key: str) -> None:
    with pytest.raises(SettingError) as error:
        GRADIENT.make(given)
    assert error.value.key == key


def test_the_radius_is_the_radius() -> None:
    trace = GRADIENT.trace(GRADIENT.make({"radius": 1.7}))
    assert initialise.spectral_radius(np.asarray(trace["U"])) == pytest.approx(1.7)
    assert GRADIENT.knob(GRADIENT.make({}), "radius").symbol == "ρ(U)"


@pytest.mark.parametrize(("radius", "most"), [(0.5, 0.82), (0.9, 1.47), (2.0, 3.26)])
def test_both_sizes_of_U_are_those_of_U(radius: float, most: float) -> None:
    """The spectral radius agrees with powers of U, the largest singular value with powers of UᵀU.

    The first never exceeds the second. Lesson 4 mentions 3.26.
    """
    trace = GRADIENT.trace(GRADIENT.make({"radius": radius}))
    U = np.asarray(trace["U"])
    v = np.random.default_rng(1).standard_normal(len(U))
    for _ in range(2000):
        v = U.T @ (U @ v)
        v /= np.linalg.norm(v)
    assert float(trace["sigma_max"]) == pytest.approx(np.linalg.norm(U @ v), rel=1e-6)
    assert float(trace["sigma_max"]) == pytest.approx(most, abs=0.005)
    root = np.linalg.norm(np.linalg.matrix_power(U / radius, 4000)) ** (1 / 4000)
    assert float(trace["rho"]) == pytest.approx(radius * root, rel=2e-3)
    assert float(trace["rho"]) <= float(trace["sigma_max"])
