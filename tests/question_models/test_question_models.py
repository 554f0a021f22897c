"""The scalar models agree with their equations, and each slip with its mistake."""

import itertools
import math

import pytest

from rnntutor.nn.trace import PathError
from rnntutor.question_models import MODELS, find, sigmoid
from rnntutor.sims.base import SettingError

RNN = {"h0": 0.6, "x": [1, 0], "W": 0.5, "U": 0.8, "dh_last": 1.0}
MEMORY = {"c0": 0.8, "f": [0.2, 0.9], "i": [0.5, 0.4], "g": [0.7, -0.8]}
GRU = {"h0": 0.8, "x": -1, "W": 0.5, "U": 1.2, "r": 0.5, "z": 0.9}
LSTM = {
    "x": [0.5, -1.0],
    "h0": 0.2,
    "c0": -0.4,
    "W_f": 0.7,
    "U_f": 0.3,
    "b_f": 1.0,
    "W_i": -0.5,
    "U_i": 0.9,
    "b_i": 0.1,
    "W_o": 0.4,
    "U_o": -0.2,
    "b_o": 0.0,
    "W_g": 1.1,
    "U_g": 0.6,
    "b_g": -0.3,
}
GATE = {"W": 1.5, "U": 0.5, "x": 1, "h": -0.4, "b": 1.0}
COUNT = {"cell": "lstm", "D": 32, "H": 64, "T": 10}

# (model, values, slip or "", path, the number worked out by hand)
BY_HAND = [
    ("scalar_memory", MEMORY, "", "c[1]", 0.510),
    ("scalar_memory", MEMORY, "", "c[2]", 0.139),
    ("scalar_memory", MEMORY, "forget_inverted", "c[2]", -0.221),
    ("scalar_memory", MEMORY, "forget_all", "c[2]", -0.081),
    ("scalar_memory", MEMORY, "tied_gates", "c[2]", 0.568),
    ("scalar_memory", MEMORY, "from_start", "c[2]", 0.9 * 0.8 - 0.32),
    ("scalar_memory", MEMORY, "forget_subtracted", "c[1]", 0.8 - 0.2 + 0.35),
    ("scalar_memory", MEMORY, "input_ignored", "c[1]", 0.16 + 0.7),
    ("scalar_memory", {"c0": 1, "f": 0.9, "T": 20}, "", "c[20]", 0.122),
    ("scalar_gru", GRU, "", "candidate[1]", -0.020),
    ("scalar_gru", GRU, "", "h[1]", 0.718),
    ("scalar_gru", GRU, "z_swapped", "h[1]", 0.062),
    ("scalar_gru", GRU, "reset_erases", "h[1]", 0.358),
    ("scalar_gru", GRU, "no_reset", "h[1]", 0.763),
    ("scalar_rnn", RNN, "", "h[1]", 0.753),
    ("scalar_rnn", RNN, "", "h[2]", 0.539),
    ("scalar_rnn", RNN, "", "da[2]", 0.710),
    ("scalar_rnn", RNN, "", "da[1]", 0.246),
    ("scalar_rnn", RNN, "", "dU_terms[2]", 0.534),
    ("scalar_rnn", RNN, "", "dU_terms[1]", 0.147),
    ("scalar_rnn", RNN, "", "dU", 0.682),
    ("scalar_rnn", RNN, "same_t", "dU", 0.567),
    ("scalar_rnn", RNN, "no_slope", "dU", 1.233),
    ("scalar_rnn", RNN, "no_tanh", "h[2]", 0.8 * (0.5 + 0.8 * 0.6)),
    ("scalar_rnn", RNN, "swap_W_U", "h[1]", math.tanh(0.8 + 0.5 * 0.6)),
    ("scalar_rnn", RNN, "no_U", "da[1]", 0.710 * (1 - 0.753**2)),
    ("scalar_gate", GATE, "", "f", 1 / (1 + math.exp(-2.3))),
    ("scalar_gate", GATE, "no_sigmoid", "f", 2.3),
    ("scalar_gate", GATE, "tanh_gate", "f", math.tanh(2.3)),
    ("scalar_gate", GATE, "no_bias", "a", 1.3),
    ("scalar_gate", GATE, "swap_W_U", "a", 0.5 - 0.6 + 1),
    ("parameters", COUNT, "", "count", 24832),
    ("parameters", {"cell": "gru", "D": 32, "H": 64}, "", "count", 18624),
    ("parameters", {"cell": "rnn", "D": 32, "H": 64}, "", "count", 6208),
    ("parameters", COUNT, "one_block", "count", 6208),
    ("parameters", COUNT, "no_bias", "count", 24576),
    ("parameters", COUNT, "double_bias", "count", 25088),
    ("parameters", COUNT, "per_step", "count", 248320),
]


@pytest.mark.parametrize(("model", "values", "slip", "path", "expected"), BY_HAND)
def test_worked_example(model, values, slip, path, expected):
    chosen = MODELS[model].slips[slip] if slip else MODELS[model].run
    assert float(chosen(values)[path]) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("name", ["W", "U", "b"])
def test_gradients_of_the_rnn_are_those_of_central_differences(name):
    values = {"h0": 0.6, "x": [1.0, -0.5, 0.3], "W": 0.5, "U": 0.8, "b": 0.1, "dh_last": 1.0}
    run, eps = MODELS["scalar_rnn"].run, 1e-6
    up = run({**values, name: values[name] + eps})["h[3]"]
    down = run({**values, name: values[name] - eps})["h[3]"]
    assert float(run(values)[f"d{name}"]) == pytest.approx((up - down) / (2 * eps), abs=1e-8)


def test_lstm_follows_its_equations_step_by_step():
    trace = MODELS["scalar_lstm"].run(LSTM)
    c, h = -0.4, 0.2
    for t, x in enumerate([0.5, -1.0], start=1):
        f = sigmoid(0.7 * x + 0.3 * h + 1.0)
        i = sigmoid(-0.5 * x + 0.9 * h + 0.1)
        o = sigmoid(0.4 * x - 0.2 * h)
        g = math.tanh(1.1 * x + 0.6 * h - 0.3)
        c = f * c + i * g
        h = o * math.tanh(c)
        for name, value in {"f": f, "i": i, "o": o, "g": g, "c": c, "h": h}.items():
            assert float(trace[f"{name}[{t}]"]) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    ("slip", "h"),
    [
        ("", 0.9 * math.tanh(0.65)),
        ("no_output_tanh", 0.9 * 0.65),
        ("show_all", math.tanh(0.65)),
        ("forget_inverted", 0.9 * math.tanh(0.35)),
        ("tied_gates", 0.9 * math.tanh(0.8 * 0.5 + 0.2 * 0.5)),
    ],
)
def test_lstm_takes_gates_that_are_given(slip, h):
    """Gates may be given as values, because a question about the output needs no weights."""
    model = MODELS["scalar_lstm"]
    values = {"c0": 0.5, "f": 0.8, "i": 0.5, "o": 0.9, "g": 0.5}
    run = model.slips[slip] if slip else model.run
    assert float(run(values)["h[1]"]) == pytest.approx(h, abs=1e-12)


def test_lstm_takes_the_gates_sums():
    values = {"c0": 0.5, "a_f": [1.0], "a_i": [0.0], "a_o": [2.0], "a_g": [-1.0]}
    model = MODELS["scalar_lstm"]
    c = sigmoid(1) * 0.5 + 0.5 * math.tanh(-1)
    assert float(model.run(values)["c[1]"]) == pytest.approx(c)
    wrong = sigmoid(1) * 0.5 + 0.5 * sigmoid(-1)
    assert float(model.slips["sigmoid_candidate"](values)["c[1]"]) == pytest.approx(wrong)


@pytest.mark.parametrize(
    ("model", "values", "path"),
    [
        ("scalar_rnn", {**RNN, "b": 0.2}, "dU"),
        ("scalar_memory", MEMORY, "c[2]"),
        ("scalar_lstm", LSTM, "h[2]"),
        ("scalar_gru", {**GRU, "b": 0.2}, "h[1]"),
        ("scalar_gate", GATE, "f"),
        ("parameters", COUNT, "count"),
    ],
)
def test_every_slip_changes_the_number(model, values, path):
    """A slip with the right result would diagnose nothing."""
    right = float(MODELS[model].run(values)[path])
    for slip, run in MODELS[model].slips.items():
        assert float(run(values)[path]) != pytest.approx(right, abs=1e-6), slip


def test_inputs_are_read_back_counted_from_1():
    trace = find("scalar_rnn").run(RNN)
    assert [float(trace["x[1]"]), float(trace["x[2]"]), float(trace["W"])] == [1, 0, 0.5]
    assert float(trace["h[0]"]) == float(trace["h0"]) == 0.6


def test_without_a_loss_there_is_no_way_back():
    values = {k: v for k, v in RNN.items() if k != "dh_last"}
    with pytest.raises(PathError):
        find("scalar_rnn").run(values)["dU"]


@pytest.mark.parametrize(
    ("model", "values", "key"),
    [
        ("scalar_rnn", {**RNN, "V": 1.0}, "setting.unknown"),
        ("scalar_rnn", {"x": [1], "U": 1.0}, "setting.missing"),
        ("scalar_rnn", {**RNN, "W": "big"}, "setting.number"),
        ("scalar_rnn", {**RNN, "W": [1.0, 2.0]}, "setting.number"),
        ("scalar_rnn", {**RNN, "x": [1, "two"]}, "setting.number"),
        ("scalar_rnn", {**RNN, "U": 10**400}, "setting.number"),
        ("scalar_rnn", {**RNN, "U": math.nan}, "setting.number"),
        ("scalar_memory", {**MEMORY, "f": [0.2]}, "setting.unequal"),
        ("scalar_memory", {"f": 0.9, "T": 0}, "setting.range"),
        ("parameters", {"cell": "mlp", "D": 1, "H": 1}, "setting.choice"),
    ],
)
def test_wrong_settings_say_what_is_wrong(model, values, key):
    with pytest.raises(SettingError) as error:
        find(model).run(values)
    assert error.value.key == key


def test_sigmoid_of_large_sums_does_not_overflow():
    assert sigmoid(-1000) == 0
    assert sigmoid(1000) == 1


def test_models_share_no_state():
    """The same values give the same trace after any other runs."""
    run = find("scalar_rnn").run
    first = run(RNN)
    for slip, values in itertools.product(find("scalar_rnn").slips.values(), [RNN]):
        slip(values)
    assert float(run(RNN)["dU"]) == float(first["dU"])
