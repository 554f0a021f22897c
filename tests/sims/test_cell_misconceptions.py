"""Misconceptions and measures of `cell`, against values calculated by hand."""

from __future__ import annotations

import numpy as np
import pytest

from rnntutor.nn.trace import PathError
from rnntutor.sims import find
from rnntutor.sims.cell import make, trace

CELL = find("cell")
FORGET = {
    "cell": "lstm",
    "units": 1,
    "x": [1, -1, 0, 2],
    "c0": 0.8,
    "W_f": 1.5,
    "U_f": 0.0,
    "forget_bias": 1.0,
    "clamp_i": 0,
}
# One unit, sums given by the biases alone; h0 = 0.8 as in the course's GRU question.
GRU = {"cell": "gru", "units": 1, "x": [-1], "h0": 0.8, "W_n": 0.5, "U_n": 1.2}
GRU |= {"clamp_r": 0.5, "clamp_z": 0.9}


def slipped(given: dict[str, object], slip: str, path: str) -> float:
    settings = make(given)
    return CELL.misconceptions[slip](settings, trace(settings), path)


@pytest.mark.parametrize(
    ("slip", "value"),
    [("forget_inverted", 0.460), ("forget_subtracted", 0.362), ("from_start", 0.302)],
)
def test_slips_of_the_forget_step(slip: str, value: float) -> None:
    """The three mistakes of the lesson's prediction."""
    assert slipped(FORGET, slip, "c[2][0]") == pytest.approx(value, abs=6e-4)


@pytest.mark.parametrize(
    ("slip", "value"), [("z_swapped", 0.062), ("reset_erases", 0.358), ("no_reset", 0.763)]
)
def test_slips_of_the_gru_step(slip: str, value: float) -> None:
    assert float(trace(make(GRU))["h[1][0]"]) == pytest.approx(0.718, abs=6e-4)
    assert slipped(GRU, slip, "h[1][0]") == pytest.approx(value, abs=6e-4)


def test_slips_of_an_rnn_step() -> None:
    rnn = {"units": 1, "x": [1, -1], "W": 1.2, "U": 0.5, "b": -0.2}
    h1 = np.tanh(1.0)
    assert slipped(rnn, "no_bias", "h[2][0]") == pytest.approx(np.tanh(-1.2 + 0.5 * h1))
    assert slipped(rnn, "no_tanh", "h[2][0]") == pytest.approx(-1.4 + 0.5 * h1)
    assert slipped(rnn, "swap_W_U", "h[2][0]") == pytest.approx(np.tanh(1.2 * h1 - 0.7))


def test_slips_of_an_lstm_step() -> None:
    """f 0.5, i 0.25, o 0.8 are clamped, c0 = 0.6, and g is computed."""
    held = {"clamp_f": 0.5, "clamp_i": 0.25, "clamp_o": 0.8, "c0": 0.6}
    lstm = {"cell": "lstm", "units": 1, "x": [1], "W_g": 0.7, "U_g": 0, **held}
    g = np.tanh(0.7)
    c = 0.3 + 0.25 * g
    expected = {
        "forget_all": 0.5 * (0.6 + 0.25 * g),
        "tied_gates": 0.3 + 0.5 * g,
        "input_ignored": 0.3 + g,
    }
    for slip, value in expected.items():
        assert slipped(lstm, slip, "c[1][0]") == pytest.approx(value)
    assert slipped(lstm, "show_all", "h[1][0]") == pytest.approx(np.tanh(c))
    assert slipped(lstm, "no_output_tanh", "h[1][0]") == pytest.approx(0.8 * c)
    assert slipped(lstm, "no_tanh", "g[1][0]") == pytest.approx(0.7)


def test_a_slip_that_does_not_touch_the_value_gives_the_value() -> None:
    settings = make({"cell": "lstm", "text": "이 영화는 전혀 지루하지 않다"})
    t = trace(settings)
    for path in ("f[4][0]", "c[2][2]", "h[3][1]"):
        assert CELL.misconceptions["z_swapped"](settings, t, path) == pytest.approx(float(t[path]))


def test_a_slip_needs_an_entry_in_which_it_can_be_made() -> None:
    for path in ("c", "c[2]", "c[0][0]", "c[9][0]", "p[1][0]"):
        with pytest.raises(PathError):
            slipped(FORGET, "forget_inverted", path)
    with pytest.raises(PathError):
        slipped({"text": "가 나", "inputs": 3, "units": 2}, "swap_W_U", "h[1][0]")


# ---- measures ------------------------------------------------------------------------------


def measured(name: str, given: dict[str, object]) -> float:
    settings = make(given)
    return CELL.measures[name](settings, trace(settings))


def test_parameters_are_counted_with_one_bias_a_block() -> None:
    """D = 32, H = 16: the three blocks of a GRU have three times the RNN's parameters."""
    one = 16 * 32 + 16 * 16 + 16
    for cell, blocks in (("rnn", 1), ("gru", 3), ("lstm", 4)):
        given = {"cell": cell, "units": 16, "inputs": 32}
        assert measured("parameters", given) == blocks * one
        assert measured("parameters", {**given, "T": 60}) == blocks * one


def test_one_rnn_unit_holds_a_sign_that_a_weaker_one_loses() -> None:
    given = {"units": 1, "x": [2, *[0] * 9], "W": 1}
    assert measured("held", {**given, "U": 2}) > 0.9
    assert measured("held", {**given, "U": 0.5}) < 0.01
    assert measured("held", {**given, "x": [-2, *[0] * 9], "U": 2}) > 0.9


S = 10.0


def test_the_latch_keeps_what_was_written() -> None:
    """Inputs are value, write, read; i = σ(−S+2S w), f = σ(S−2S w), g = tanh(3v), o from read."""
    idle = [[-1, 0, 0]] * 20
    latch = {
        "cell": "lstm",
        "units": 1,
        "x": [[1, 1, 0], *idle, [-1, 0, 1]],
        "W_i": [0, 2 * S, 0],
        "b_i": -S,
        "W_f": [0, -2 * S, 0],
        "b_f": S,
        "W_g": [3, 0, 0],
        "W_o": [0, 0, 2 * S],
        "b_o": -S,
        **dict.fromkeys(("U_i", "U_f", "U_o", "U_g"), 0),
    }
    wanted = [0.995, *[""] * 20, 0.995]
    assert measured("miss", {**latch, "wanted": wanted}) < 0.01
    t = trace(make(latch))
    assert float(t["h[22][0]"]) == pytest.approx(0.759, abs=5e-3)
    assert abs(float(t["h[10][0]"])) < 1e-3


def test_the_counter_passes_one() -> None:
    """c rises by one at "(" and falls at ")"; h hardly distinguishes 3 from 4."""
    signs = [1 if s == "(" else -1 for s in "((()())())"]
    counter = {
        "cell": "lstm",
        "units": 1,
        "x": [[s] for s in signs],
        "W_g": S,
        "b_f": S,
        "b_i": S,
        "b_o": S,
        "b_g": 0,
        "W_f": 0,
        "W_i": 0,
        "W_o": 0,
        **dict.fromkeys(("U_i", "U_f", "U_o", "U_g"), 0),
    }
    wanted = [1, 2, 3, 2, 3, 2, 1, 2, 1, 0]
    assert measured("miss", {**counter, "wanted": wanted}) < 0.01
    assert measured("peak", counter) == pytest.approx(3, abs=0.01)


def test_the_reach_of_the_first_input() -> None:
    given = {"units": 1, "x": [1, *[0] * 9], "first": -1, "W": 1}
    assert measured("reach", {**given, "U": 0}) == 1
    assert measured("reach", {**given, "U": 2}) == 10
    assert measured("reach", {"x": [1, 0]}) == 0


def test_without_a_start_retention_counts_from_step_one() -> None:
    given = {"units": 1, "x": [1, 0, 0], "W": 1, "U": 0.5}
    t = trace(make(given))
    left = abs(float(t["h[3][0]"]) / float(t["h[1][0]"]))
    assert measured("retention", given) == pytest.approx(left)
    assert measured("retention", {"x": [0, 0], "U": 1}) == 0


def test_nothing_wanted_is_no_number() -> None:
    assert np.isnan(measured("miss", {"x": [1, 2]}))
