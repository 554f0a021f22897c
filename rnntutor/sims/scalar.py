"""One-unit networks whose numbers fit on paper: what `trace` questions compute.

Every model is one function of named numbers, written as its equations stand in the lessons, and
returns a Trace. A number over time may be given as a list (`x = [1, 0]`: x_1 and x_2) or once
(the same at every step); T is the length of the lists, else `T`, else 1. In the trace a list is
an array over time (`x[1]` is x_1), a single number is fixed (`W`).

A slip is a mistake that people make: the same function run with the slip's name, which changes
one line of it. So a slip's value can be read at any path, as the right one can.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import numpy as np

from rnntutor.nn.trace import Array, Trace
from rnntutor.sims import scalar_attention, scalar_series
from rnntutor.sims.base import SettingError

Value = float | str | list[float] | tuple[float, ...]
Values = Mapping[str, Value]
Run = Callable[[Values], Trace]


@dataclass(frozen=True)
class ScalarModel:
    """A model that a `variant` block names.

    inputs: the names it takes. run: values -> Trace. slips: name -> the same run with that
    mistake in it. Both raise SettingError for a name that is not an input ("setting.unknown"),
    one that is missing ("setting.missing"), a value of another kind ("setting.number") and lists
    of different lengths ("setting.unequal").
    """

    name: str
    inputs: tuple[str, ...]
    run: Run
    slips: Mapping[str, Run]


def sigmoid(a: float) -> float:
    """σ(a), without overflow for large negative sums."""
    return 1 / (1 + math.exp(-a)) if a >= 0 else math.exp(a) / (1 + math.exp(a))


class _Given:
    """The numbers of one run: read by name, spread over T steps where that is asked."""

    def __init__(self, values: Values, inputs: tuple[str, ...]) -> None:
        self.values = values
        for name in values:
            if name not in inputs:
                raise SettingError("setting.unknown", name=name, choices=", ".join(inputs))
        lists = {k: v for k, v in values.items() if isinstance(v, list | tuple)}
        lengths = {len(v) for v in lists.values()}
        if len(lengths) > 1 or 0 in lengths:
            said = ", ".join(f"{k}: {len(v)}" for k, v in lists.items())
            raise SettingError("setting.unequal", name=", ".join(lists), lengths=said)
        self.steps = lengths.pop() if lengths else int(self.number("T", 1))
        if not 1 <= self.steps <= 1000:
            raise SettingError("setting.range", name="T", value=self.steps, low=1, high=1000)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def number(self, name: str, default: float | None = None) -> float:
        """A single number."""
        if name not in self.values and default is not None:
            return default
        return _real(name, self._value(name))

    def series(self, name: str, default: float | None = None) -> list[float]:
        """T numbers with an unused one in front, so that index t is step t."""
        value = default if default is not None and name not in self.values else self._value(name)
        if isinstance(value, list | tuple):
            return [math.nan, *(_real(name, v) for v in value)]
        return [math.nan] + [_real(name, value)] * self.steps

    def word(self, name: str, choices: Mapping[str, int]) -> str:
        """One of a few words."""
        value = self._value(name)
        if not isinstance(value, str) or value not in choices:
            raise SettingError("setting.choice", name=name, value=value, choices=", ".join(choices))
        return value

    def trace(
        self, kind: str, arrays: Mapping[str, list[float]], totals: Mapping[str, float]
    ) -> Trace:
        """The trace of a run: computed `arrays` (h and c from step 0, all else from step 1, whose
        unused entry 0 is dropped) and `totals`, and the given numbers under their own names."""
        over_time: dict[str, Array] = {}
        fixed: dict[str, Array] = {k: np.float64(v) * np.ones(()) for k, v in totals.items()}
        for name, value in self.values.items():
            if isinstance(value, list | tuple):
                over_time[name] = np.array(value, dtype=np.float64)
            elif not isinstance(value, str):
                fixed[name] = np.array(value, dtype=np.float64)
        for name, series in arrays.items():
            if name not in fixed:
                over_time[name] = np.array(series if name in ("h", "c") else series[1:])
        return Trace(kind, self.steps, over_time, fixed)

    def _value(self, name: str) -> Value:
        if name not in self.values:
            raise SettingError("setting.missing", name=name)
        return self.values[name]


def _real(name: str, value: object) -> float:
    """A finite number of a sensible size: what a file says may be anything."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
        return float(value)
    raise SettingError("setting.number", name=name, value=value)


# ---- h_t = tanh(W x_t + U h_{t-1} + b) -----------------------------------------------------

_RNN = ("x", "h0", "W", "U", "b", "dh_last", "T")


def _rnn(values: Values, slip: str = "") -> Trace:
    """h, its sums a; with dh_last = ∂L/∂h_T also the way back: dh, da, each step's term of dW, dU
    and db, and their totals. The loss is at step T only."""
    given = _Given(values, _RNN)
    T, x = given.steps, given.series("x")
    W, U, b = given.number("W"), given.number("U"), given.number("b", 0.0)
    if slip == "swap_W_U":
        W, U = U, W

    nothing = [math.nan] * (T + 1)
    a, h, slope = nothing.copy(), nothing.copy(), nothing.copy()
    h[0] = given.number("h0", 0.0)
    for t in range(1, T + 1):
        a[t] = W * x[t] + U * h[t - 1] + b
        h[t] = a[t] if slip == "no_tanh" else math.tanh(a[t])
        slope[t] = 1.0 if slip in ("no_tanh", "no_slope") else 1 - h[t] ** 2
    arrays = {"a": a, "h": h, "slope": slope}
    if "dh_last" not in given:
        return given.trace("scalar_rnn", arrays, {})

    dh, da = nothing.copy(), nothing.copy()
    dW_terms, dU_terms, db_terms = nothing.copy(), nothing.copy(), nothing.copy()
    dh[T] = given.number("dh_last")
    for t in range(T, 0, -1):
        da[t] = dh[t] * slope[t]
        dW_terms[t] = da[t] * x[t]
        dU_terms[t] = da[t] * (h[t] if slip == "same_t" else h[t - 1])
        db_terms[t] = da[t]
        if t > 1:
            dh[t - 1] = da[t] if slip == "no_U" else U * da[t]
    arrays |= {"dh": dh, "da": da}
    arrays |= {"dW_terms": dW_terms, "dU_terms": dU_terms, "db_terms": db_terms}
    dW, dU, db = sum(dW_terms[1:]), sum(dU_terms[1:]), sum(db_terms[1:])
    return given.trace("scalar_rnn", arrays, {"dW": dW, "dU": dU, "db": db})


# ---- c_t = f_t c_{t-1} + i_t g_t -----------------------------------------------------------

_MEMORY = ("c0", "f", "i", "g", "T")


def _memory(values: Values, slip: str = "") -> Trace:
    """c of one unit whose gates and candidate are given."""
    given = _Given(values, _MEMORY)
    f, i, g = given.series("f"), given.series("i", 0.0), given.series("g", 0.0)
    c = [given.number("c0", 0.0)]
    for t in range(1, given.steps + 1):
        before = c[0] if slip == "from_start" else c[t - 1]
        c.append(_next_c(slip, f[t], i[t], g[t], before))
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
    given = _Given(values, _LSTM)
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
            a[k][t] = W * x[t] + U * h[t - 1] + b
        for k in computed:
            tanh = k == "g" and slip != "sigmoid_candidate"
            gate[k][t] = math.tanh(a[k][t]) if tanh else sigmoid(a[k][t])
        c.append(_next_c(slip, f[t], i[t], g[t], c[0] if slip == "from_start" else c[t - 1]))
        match slip:
            case "show_all":
                h.append(math.tanh(c[t]))
            case "no_output_tanh":
                h.append(o[t] * c[t])
            case _:
                h.append(o[t] * math.tanh(c[t]))
    sums = {f"a_{k}": a[k] for k in summed}
    return given.trace("scalar_lstm", {**sums, **gate, "c": c, "h": h}, {})


# ---- h_t = z_t h_{t-1} + (1 - z_t) candidate_t ---------------------------------------------

_GRU = ("x", "h0", "W", "U", "b", "r", "z", "T")


def _gru(values: Values, slip: str = "") -> Trace:
    """The candidate and h of a GRU of one unit whose gates r and z are given. In one unit, the
    reset before and after the product with U are the same."""
    given = _Given(values, _GRU)
    x, r, z = given.series("x"), given.series("r", 1.0), given.series("z")
    W, U, b = given.number("W"), given.number("U"), given.number("b", 0.0)
    h, candidate = [given.number("h0", 0.0)], [math.nan]
    for t in range(1, given.steps + 1):
        reset = 1.0 if slip == "no_reset" else r[t]
        candidate.append(math.tanh(W * x[t] + U * reset * h[t - 1] + b))
        keep = 1 - z[t] if slip == "z_swapped" else z[t]
        old = r[t] * h[t - 1] if slip == "reset_erases" else h[t - 1]
        write = 1.0 if slip == "forget_only" else 1 - keep
        h.append(keep * old + write * candidate[t])
    return given.trace("scalar_gru", {"candidate": candidate, "h": h}, {})


# ---- f = σ(W x + U h + b) ------------------------------------------------------------------

_GATE = ("x", "h", "W", "U", "b")


def _gate(values: Values, slip: str = "") -> Trace:
    """One gate at one step: its sum a and its value f."""
    given = _Given(values, _GATE)
    x, h = given.number("x"), given.number("h", 0.0)
    W, U = given.number("W"), given.number("U", 0.0)
    b = 0.0 if slip == "no_bias" else given.number("b", 0.0)
    if slip == "swap_W_U":
        W, U = U, W
    a = W * x + U * h + b
    match slip:
        case "no_sigmoid":
            f = a
        case "tanh_gate":
            f = math.tanh(a)
        case _:
            f = sigmoid(a)
    return given.trace("scalar_gate", {}, {"a": a, "f": f})


# ---- dh_t on the way back ------------------------------------------------------------------

_BACKWARD = ("U", "slope", "from_loss", "T")


def _backward(values: Values, slip: str = "") -> Trace:
    """The gradient of one unit from step T back to 1, tanh's slopes 1 - h_t² being given:
    dh_t = from_loss_t + from_next_t with from_next_t = U da_{t+1}, and da_t = slope_t dh_t.
    Nothing comes back from behind T: from_next_T is 0."""
    given = _Given(values, _BACKWARD)
    T, U = given.steps, given.number("U")
    slope, from_loss = given.series("slope"), given.series("from_loss", 0.0)
    dh, da, from_next = ([math.nan] * (T + 1) for _ in range(3))
    for t in range(T, 0, -1):
        from_next[t] = 0.0
        if t < T:
            back = da[t + 1]
            if slip == "no_slope":
                back = dh[t + 1]
            elif slip == "slope_here":
                back = slope[t] * dh[t + 1]
            from_next[t] = back if slip == "no_U" else U * back
        here = 0.0 if slip == "only_next" and t < T else from_loss[t]
        dh[t] = here if slip == "only_here" else here + from_next[t]
        da[t] = slope[t] * dh[t]
    return given.trace("scalar_backward", {"dh": dh, "da": da, "from_next": from_next}, {})


# ---- one factor, k times -------------------------------------------------------------------

_REPEATED = ("U", "slope", "k")


def _repeated(values: Values, slip: str = "") -> Trace:
    """What is left of a gradient of 1 after k steps back, each with the same factor U·slope."""
    given = _Given(values, _REPEATED)
    U, slope, k = given.number("U"), given.number("slope"), given.number("k")
    if slip == "no_slope":
        slope = 1.0
    if slip == "no_U":
        U = 1.0
    factor = U * slope
    match slip:
        case "added":
            left = k * factor
        case "subtracted":
            left = 1 - k * (1 - factor)
        case "one_less":
            left = factor ** (k - 1)
        case _:
            left = factor**k
    return given.trace("repeated", {}, {"factor": factor, "left": left})


# ---- a gradient cut down to a limit --------------------------------------------------------

_CLIPPED = ("g", "limit", "T")


def _clipped(values: Values, slip: str = "") -> Trace:
    """A gradient g, entry by entry, clipped by its norm: multiplied by limit/norm if the norm
    is above the limit. (Here the "steps" of the trace are the entries of g.)"""
    given = _Given(values, _CLIPPED)
    g, limit = given.series("g"), given.number("limit")
    entries = g[1:]
    norm = sum(map(abs, entries)) if slip == "sum_norm" else math.hypot(*entries)
    scale = min(1.0, limit / norm) if norm else 1.0
    match slip:
        case "by_value":
            kept = [max(-limit, min(limit, entry)) for entry in entries]
        case "to_zero":
            kept = [0.0 if norm > limit else entry for entry in entries]
        case _:
            kept = [entry * scale for entry in entries]
    return given.trace("clipped", {"clipped": [math.nan, *kept]}, {"norm": norm, "scale": scale})


# ---- how many numbers a cell learns --------------------------------------------------------

_PARAMETERS = ("cell", "D", "H", "T")
_BLOCKS = {"rnn": 1, "lstm": 4, "gru": 3}


def _parameters(values: Values, slip: str = "") -> Trace:
    """`count`, with `blocks` weight blocks of `block` = H·D + H·H + H numbers: W, U and b."""
    given = _Given(values, _PARAMETERS)
    blocks = 1 if slip == "one_block" else _BLOCKS[given.word("cell", _BLOCKS)]
    D, H = given.number("D"), given.number("H")
    biases = {"no_bias": 0, "double_bias": 2}.get(slip, 1)
    block = H * D + H * H + biases * H
    count = blocks * block * (given.number("T") if slip == "per_step" else 1)
    parts = {"W_count": H * D, "U_count": H * H, "b_count": biases * H}
    return given.trace(
        "parameters", {}, {"count": count, "block": block, "blocks": blocks, **parts}
    )


# ---- one unit forwards, one from the end ---------------------------------------------------

_BOTH_WAYS = ("x", "W", "U", "W_back", "U_back", "T")


def _both_ways(values: Values, slip: str = "") -> Trace:
    """h reads x_1 … x_t, h_back reads x_T … x_t with weights of its own, both from 0 and without
    bias; summed_t = h_t + h_back_t."""
    given = _Given(values, _BOTH_WAYS)
    T, x = given.steps, given.series("x")
    W, U = given.number("W"), given.number("U")
    W_back, U_back = given.number("W_back"), given.number("U_back")
    if slip == "same_weights":
        W_back, U_back = W, U
    h, h_back = [0.0], [math.nan] * (T + 1)
    for t in range(1, T + 1):
        h.append(math.tanh(W * x[t] + U * h[t - 1]))
    later = 0.0
    order = range(1, T + 1) if slip == "from_the_start" else range(T, 0, -1)
    for t in order:
        later = math.tanh(W_back * x[t] + U_back * (0.0 if slip == "alone" else later))
        h_back[t] = later
    summed = [math.nan, *(h[t] + h_back[t] for t in range(1, T + 1))]
    return given.trace("both_ways", {"h": h, "h_back": h_back, "summed": summed}, {})


# ---- the size of a net that reads both ways ------------------------------------------------

_TWO_WAY_SIZE = ("merge", "D", "H", "K", "T")
_MERGED = {"concat": 2, "sum": 1}


def _two_way_size(values: Values, slip: str = "") -> Trace:
    """`count` = `cells` + `V_count`: two cells of `block` = H·D + H·H + H numbers each, and V of
    K rows and `reads` columns, 2H joined or H summed, without bias."""
    given = _Given(values, _TWO_WAY_SIZE)
    D, H, K = given.number("D"), given.number("H"), given.number("K")
    joined = _MERGED[given.word("merge", _MERGED)]
    if slip == "other_merge":
        joined = 3 - joined
    block = H * D + H * H + (0 if slip == "no_bias" else H)
    cells = block * (1 if slip == "same_weights" else 2)
    reads = joined * H
    count = cells + K * reads
    if slip == "per_step":
        count *= given.number("T")
    totals = {"block": block, "cells": cells, "reads": reads, "V_count": K * reads, "count": count}
    return given.trace("two_way_size", {}, totals)


# ---- short series (the sums are in scalar_series) ------------------------------------------

_LEAKY, _SINE = ("x", "a"), ("before", "last", "k")
_REPEAT, _WINDOWS = ("x1", "x2", "x3", "x4"), ("T", "w")


def _leaky_sum(values: Values, slip: str = "") -> Trace:
    given = _Given(values, _LEAKY)
    found = scalar_series.leaky_sum(given.series("x")[1:], given.number("a"), slip)
    return given.trace("leaky_sum", *found)


def _sine_next(values: Values, slip: str = "") -> Trace:
    given = _Given(values, _SINE)
    before, last, k = (given.number(name) for name in _SINE)
    found = scalar_series.sine_next(before, last, k, slip)
    return given.trace("sine_next", *found)


def _repeat_error(values: Values, slip: str = "") -> Trace:
    given = _Given(values, _REPEAT)
    found = scalar_series.repeat_error([given.number(name) for name in _REPEAT], slip)
    return given.trace("repeat_error", *found)


def _window_count(values: Values, slip: str = "") -> Trace:
    given = _Given(values, _WINDOWS)
    found = scalar_series.window_count(given.number("T"), given.number("w"), slip)
    return given.trace("window_count", *found)


# ---- attention (the sums are in scalar_attention) ------------------------------------------

_ATTEND, _PATH, _KEPT = ("score", "value", "other"), ("S", "s", "t"), ("H", "T")


def _attend(values: Values, slip: str = "") -> Trace:
    given = _Given(values, _ATTEND)
    other = given.series("other")[1:] if "other" in given else []
    found = scalar_attention.attend(
        given.series("score")[1:], given.series("value")[1:], other, slip
    )
    return given.trace("attend", *found)


def _path_length(values: Values, slip: str = "") -> Trace:
    given = _Given(values, _PATH)
    S, s, t = (given.number(name) for name in _PATH)
    return given.trace("path_length", *scalar_attention.path_length(S, s, t, slip))


def _kept(values: Values, slip: str = "") -> Trace:
    given = _Given(values, _KEPT)
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
                _backward,
                _BACKWARD,
                "only_here only_next no_slope slope_here no_U",
            ),
            _model("repeated", _repeated, _REPEATED, "no_slope no_U added subtracted one_less"),
            _model("clipped", _clipped, _CLIPPED, "by_value to_zero sum_norm"),
            _model(
                "parameters", _parameters, _PARAMETERS, "one_block no_bias per_step double_bias"
            ),
            _model("both_ways", _both_ways, _BOTH_WAYS, "same_weights from_the_start alone"),
            _model(
                "two_way_size",
                _two_way_size,
                _TWO_WAY_SIZE,
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
            _model("path_length", _path_length, _PATH, "one_less source_only from_start"),
            _model("kept", _kept, _KEPT, "no_c with_c"),
        )
    }
)


def find(name: str) -> ScalarModel:
    """The model called `name`. Raises KeyError if there is none."""
    return MODELS[name]
