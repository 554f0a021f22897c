"""One-unit networks whose numbers fit on paper: what `trace` questions compute.

Every model is one function of named numbers, written as its equations stand in the lessons, and
returns a Trace. A number over time may be given as a list (`x = [1, 0]`: x_1 and x_2) or once
(the same at every step); T is the length of the lists, else `T`, else 1. In the trace a list is
an array over time (`x[1]` is x_1), a single number is fixed (`W`).

A slip is a mistake that people make: the same function run with the slip's name, which changes
one line of it. So a slip's value can be read at any path, as the right one can.

`noted` marks what somebody writes down who works by hand (see scalar_by_hand).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from rnntutor.nn.trace import Trace
from rnntutor.question_models import attention as scalar_attention
from rnntutor.question_models import backward as back
from rnntutor.question_models import from_loss as loss
from rnntutor.question_models import series as scalar_series
from rnntutor.question_models import sizes
from rnntutor.question_models.base import Given, ScalarModel, Value, Values
from rnntutor.question_models.by_hand import noted, sigmoid, tanh

__all__ = ["MODELS", "ScalarModel", "Value", "Values", "find", "sigmoid"]


# ---- h_t = tanh(W x_t + U h_{t-1} + b) -----------------------------------------------------

_RNN = ("x", "h0", "W", "U", "b", "dh_last", "T")


def _rnn(values: Values, slip: str = "") -> Trace:
    """h, its sums a; with dh_last = ∂L/∂h_T also the way back: dh, da, each step's term of dW, dU
    and db, and their totals. The loss is at step T only."""
    given = Given(values, _RNN)
    T, x = given.steps, given.series("x")
    W, U, b = given.number("W"), given.number("U"), given.number("b", 0.0)
    if slip == "swap_W_U":
        W, U = U, W

    nothing = [math.nan] * (T + 1)
    a, h, slope = nothing.copy(), nothing.copy(), nothing.copy()
    h[0] = given.number("h0", 0.0)
    for t in range(1, T + 1):
        a[t] = noted(W * x[t] + U * h[t - 1] + b)
        h[t] = a[t] if slip == "no_tanh" else noted(tanh(a[t]))
        slope[t] = 1.0 if slip in ("no_tanh", "no_slope") else noted(1 - h[t] ** 2)
    arrays = {"a": a, "h": h, "slope": slope}
    if "dh_last" not in given:
        return given.trace("scalar_rnn", arrays, {})

    dh, da = nothing.copy(), nothing.copy()
    dW_terms, dU_terms, db_terms = nothing.copy(), nothing.copy(), nothing.copy()
    dh[T] = given.number("dh_last")
    for t in range(T, 0, -1):
        da[t] = noted(dh[t] * slope[t])
        dW_terms[t] = noted(da[t] * x[t])
        dU_terms[t] = noted(da[t] * (h[t] if slip == "same_t" else h[t - 1]))
        db_terms[t] = da[t]
        if t > 1:
            dh[t - 1] = da[t] if slip == "no_U" else noted(U * da[t])
    arrays |= {"dh": dh, "da": da}
    arrays |= {"dW_terms": dW_terms, "dU_terms": dU_terms, "db_terms": db_terms}
    dW, dU, db = sum(dW_terms[1:]), sum(dU_terms[1:]), sum(db_terms[1:])
    return given.trace("scalar_rnn", arrays, {"dW": dW, "dU": dU, "db": db})


# ---- c_t = f_t c_{t-1} + i_t g_t -----------------------------------------------------------

_MEMORY = ("c0", "f", "i", "g", "T")


def _memory(values: Values, slip: str = "") -> Trace:
    """c of one unit whose gates and candidate are given."""
    given = Given(values, _MEMORY)
    f, i, g = given.series("f"), given.series("i", 0.0), given.series("g", 0.0)
    c = [given.number("c0", 0.0)]
    for t in range(1, given.steps + 1):
        before = c[0] if slip == "from_start" else c[t - 1]
        c.append(noted(_next_c(slip, f[t], i[t], g[t], before)))
    return given.trace("scalar_memory", {"c": c}, {})


def _next_c(slip: str, f: float, i: float, g: float, before: float) -> float:
    """c_t from c_{t-1}, and the ways to get it wrong."""
    match slip:
        case "forget_inverted":
            return (1 - f) * before + i * g
        case "forget_subtracted":
            return before - f + i * g
        case "forget_all":
            return f * (before + i * g)
        case "tied_gates":
            return f * before + (1 - f) * g
        case "input_ignored":
            return f * before + g
    return f * before + i * g


# ---- a whole LSTM of one unit --------------------------------------------------------------

_LSTM = (
    *("x", "h0", "c0", "T"),
    *(name.format(k) for k in "fiog" for name in ("{}", "a_{}", "W_{}", "U_{}", "b_{}")),
)


def _lstm(values: Values, slip: str = "") -> Trace:
    """Gates f, i, o, candidate g, c and h. Each gate is given as its value (f), as its sum (a_f),
    or by W_f, U_f and b_f with the input x; b and U are 0 where they are not given."""
    given = Given(values, _LSTM)
    T = given.steps
    computed = [k for k in "fiog" if k not in given]
    summed = [k for k in computed if f"a_{k}" not in given]
    x = given.series("x") if summed else []
    weights = {
        k: (given.number(f"W_{k}"), given.number(f"U_{k}", 0.0), given.number(f"b_{k}", 0.0))
        for k in summed
    }
    a = {k: [math.nan] * (T + 1) if k in summed else given.series(f"a_{k}") for k in computed}
    gate = {k: [math.nan] * (T + 1) if k in computed else given.series(k) for k in "fiog"}
    f, i, o, g = gate["f"], gate["i"], gate["o"], gate["g"]
    c, h = [given.number("c0", 0.0)], [given.number("h0", 0.0)]
    for t in range(1, T + 1):
        for k, (W, U, b) in weights.items():
            a[k][t] = noted(W * x[t] + U * h[t - 1] + b)
        for k in computed:
            candidate = k == "g" and slip != "sigmoid_candidate"
            gate[k][t] = noted(tanh(a[k][t]) if candidate else sigmoid(a[k][t]))
        before = c[0] if slip == "from_start" else c[t - 1]
        c.append(noted(_next_c(slip, f[t], i[t], g[t], before)))
        squashed = noted(tanh(c[t]))
        match slip:
            case "show_all":
                h.append(squashed)
            case "no_output_tanh":
                h.append(noted(o[t] * c[t]))
            case _:
                h.append(noted(o[t] * squashed))
    sums = {f"a_{k}": a[k] for k in summed}
    return given.trace("scalar_lstm", {**sums, **gate, "c": c, "h": h}, {})


# ---- h_t = z_t h_{t-1} + (1 - z_t) candidate_t ---------------------------------------------

_GRU = ("x", "h0", "W", "U", "b", "r", "z", "T")


def _gru(values: Values, slip: str = "") -> Trace:
    """The candidate and h of a GRU of one unit whose gates r and z are given: reset is U r h_{t-1},
    a the candidate's sum, kept and added the two parts of h. In one unit, the reset before and
    after the product with U are the same."""
    given = Given(values, _GRU)
    x, r, z = given.series("x"), given.series("r", 1.0), given.series("z")
    W, U, b = given.number("W"), given.number("U"), given.number("b", 0.0)
    h, candidate = [given.number("h0", 0.0)], [math.nan]
    parts: dict[str, list[float]] = {name: [math.nan] for name in ("reset", "a", "kept", "added")}
    for t in range(1, given.steps + 1):
        reset = 1.0 if slip == "no_reset" else r[t]
        a = noted(W * x[t] + U * reset * h[t - 1] + b)
        candidate.append(noted(tanh(a)))
        keep = 1 - z[t] if slip == "z_swapped" else z[t]
        old = r[t] * h[t - 1] if slip == "reset_erases" else h[t - 1]
        write = 1.0 if slip == "forget_only" else 1 - keep
        h.append(noted(keep * old + write * candidate[t]))
        found = {"reset": U * reset * h[t - 1], "a": a}
        found |= {"kept": keep * old, "added": write * candidate[t]}
        for name, value in found.items():
            parts[name].append(noted(value))
    return given.trace("scalar_gru", {**parts, "candidate": candidate, "h": h}, {})


# ---- f = σ(W x + U h + b) ------------------------------------------------------------------

_GATE = ("x", "h", "W", "U", "b")


def _gate(values: Values, slip: str = "") -> Trace:
    """One gate at one step: its sum a and its value f."""
    given = Given(values, _GATE)
    x, h = given.number("x"), given.number("h", 0.0)
    W, U = given.number("W"), given.number("U", 0.0)
    b = 0.0 if slip == "no_bias" else given.number("b", 0.0)
    if slip == "swap_W_U":
        W, U = U, W
    a = noted(W * x + U * h + b)
    match slip:
        case "no_sigmoid":
            f = a
        case "tanh_gate":
            f = tanh(a)
        case _:
            f = sigmoid(a)
    return given.trace("scalar_gate", {}, {"a": a, "f": f})


# ---- short series (the sums are in scalar_series) ------------------------------------------

_LEAKY, _SINE = ("x", "a"), ("before", "last", "k")
_REPEAT, _WINDOWS = ("x1", "x2", "x3", "x4"), ("T", "w")


def _leaky_sum(values: Values, slip: str = "") -> Trace:
    given = Given(values, _LEAKY)
    found = scalar_series.leaky_sum(given.series("x")[1:], given.number("a"), slip)
    return given.trace("leaky_sum", *found)


def _sine_next(values: Values, slip: str = "") -> Trace:
    given = Given(values, _SINE)
    before, last, k = (given.number(name) for name in _SINE)
    found = scalar_series.sine_next(before, last, k, slip)
    return given.trace("sine_next", *found)


def _repeat_error(values: Values, slip: str = "") -> Trace:
    given = Given(values, _REPEAT)
    found = scalar_series.repeat_error([given.number(name) for name in _REPEAT], slip)
    return given.trace("repeat_error", *found)


def _window_count(values: Values, slip: str = "") -> Trace:
    given = Given(values, _WINDOWS)
    found = scalar_series.window_count(given.number("T"), given.number("w"), slip)
    return given.trace("window_count", *found)


# ---- attention (the sums are in scalar_attention) ------------------------------------------

_ATTEND, _PATH, _KEPT = ("score", "value", "other"), ("S", "s", "t"), ("H", "T")
_READ = ("h_a", "h_b", "q_a", "q_b")


def _attend(values: Values, slip: str = "") -> Trace:
    given = Given(values, _ATTEND)
    other = given.series("other")[1:] if "other" in given else []
    found = scalar_attention.attend(
        given.series("score")[1:], given.series("value")[1:], other, slip
    )
    return given.trace("attend", *found)


def _read_states(values: Values, slip: str = "") -> Trace:
    given = Given(values, _READ)
    states = list(zip(given.series("h_a")[1:], given.series("h_b")[1:], strict=True))
    query = given.number("q_a"), given.number("q_b")
    return given.trace("read_states", *scalar_attention.read_states(states, query, slip))


def _path_length(values: Values, slip: str = "") -> Trace:
    given = Given(values, _PATH)
    S, s, t = (given.number(name) for name in _PATH)
    return given.trace("path_length", *scalar_attention.path_length(S, s, t, slip))


def _kept(values: Values, slip: str = "") -> Trace:
    given = Given(values, _KEPT)
    found = scalar_attention.kept(given.number("H"), given.number("T"), slip)
    return given.trace("kept", *found)


def _model(
    name: str, run: Callable[..., Trace], inputs: tuple[str, ...], slips: str
) -> ScalarModel:
    wrong = {slip: partial(run, slip=slip) for slip in slips.split()}
    return ScalarModel(name, inputs, partial(run, slip=""), MappingProxyType(wrong))


_C_SLIPS = "forget_inverted forget_subtracted forget_all tied_gates input_ignored from_start"

MODELS: Mapping[str, ScalarModel] = MappingProxyType(
    {
        m.name: m
        for m in (
            _model("scalar_rnn", _rnn, _RNN, "no_tanh swap_W_U same_t no_slope no_U"),
            _model("scalar_memory", _memory, _MEMORY, _C_SLIPS),
            _model(
                "scalar_lstm",
                _lstm,
                _LSTM,
                f"no_output_tanh show_all sigmoid_candidate {_C_SLIPS}",
            ),
            _model("scalar_gru", _gru, _GRU, "z_swapped reset_erases no_reset forget_only"),
            _model("scalar_gate", _gate, _GATE, "no_sigmoid tanh_gate no_bias swap_W_U"),
            _model(
                "scalar_backward",
                back.backward,
                back.BACKWARD,
                "only_here only_next no_slope slope_here no_U",
            ),
            _model(
                "from_loss",
                loss.from_loss,
                loss.FROM_LOSS,
                "p_alone swapped one_class not_transposed no_slope no_U same_t last_only",
            ),
            _model(
                "repeated",
                back.repeated,
                back.REPEATED,
                "no_slope no_U added subtracted one_less",
            ),
            _model(
                "clipped",
                back.clipped,
                back.CLIPPED,
                "by_value to_zero sum_norm",
            ),
            _model(
                "parameters",
                sizes.parameters,
                sizes.PARAMETERS,
                "one_block no_bias per_step double_bias",
            ),
            _model(
                "both_ways",
                sizes.both_ways,
                sizes.BOTH_WAYS,
                "same_weights from_the_start alone",
            ),
            _model(
                "two_way_size",
                sizes.two_way_size,
                sizes.TWO_WAY_SIZE,
                "same_weights other_merge no_bias per_step",
            ),
            _model("leaky_sum", _leaky_sum, _LEAKY, "all_decayed"),
            _model("sine_next", _sine_next, _SINE, "straight_on added one_value swapped"),
            _model("repeat_error", _repeat_error, _REPEAT, "signed divided_by_T"),
            _model("window_count", _window_count, _WINDOWS, "no_answer apart one_less"),
            _model(
                "attend",
                _attend,
                _ATTEND,
                "no_softmax no_exp sum_over_outputs max_only mean",
            ),
            _model("read_states", _read_states, _READ, "first_entry no_exp max_only mean"),
            _model("path_length", _path_length, _PATH, "one_less source_only from_start"),
            _model("kept", _kept, _KEPT, "no_c with_c"),
        )
    }
)


def find(name: str) -> ScalarModel:
    """The model called `name`. Raises KeyError if there is none."""
    return MODELS[name]
