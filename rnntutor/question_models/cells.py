"""Cells of one unit, step by step, with common mistakes."""

from __future__ import annotations

import math
from typing import Literal, assert_never

from rnntutor.question_models.base import ModelInputs, Results, model
from rnntutor.question_models.by_hand import sigmoid, tanh, write_down

# ---- h_t = tanh(W x_t + U h_{t-1} + b) -----------------------------------------------------

RnnSlip = Literal["", "no_tanh", "swap_W_U", "same_t", "no_slope", "no_U"]


@model("scalar_rnn", "x h0 W U b dh_last T", RnnSlip)
def rnn(given: ModelInputs, slip: RnnSlip) -> Results:
    """h and its sums a; with dh_last = ∂L/∂h_T also the backward pass.

    The backward pass gives dh, da, the terms of dW, dU and db at each step, and their totals. The
    loss is at step T only.
    """
    T, x = given.steps, given.series("x")
    W, U, b = given.number("W"), given.number("U"), given.number("b", 0.0)
    if slip == "swap_W_U":
        W, U = U, W

    nothing = [math.nan] * (T + 1)
    a, h, slope = nothing.copy(), nothing.copy(), nothing.copy()
    h[0] = given.number("h0", 0.0)
    for t in range(1, T + 1):
        a[t] = write_down(W * x[t] + U * h[t - 1] + b)
        h[t] = a[t] if slip == "no_tanh" else write_down(tanh(a[t]))
        slope[t] = 1.0 if slip in ("no_tanh", "no_slope") else write_down(1 - h[t] ** 2)
    arrays = {"a": a, "h": h, "slope": slope}
    if "dh_last" not in given:
        return arrays, {}

    dh, da = nothing.copy(), nothing.copy()
    dW_terms, dU_terms, db_terms = nothing.copy(), nothing.copy(), nothing.copy()
    dh[T] = given.number("dh_last")
    for t in range(T, 0, -1):
        da[t] = write_down(dh[t] * slope[t])
        dW_terms[t] = write_down(da[t] * x[t])
        dU_terms[t] = write_down(da[t] * (h[t] if slip == "same_t" else h[t - 1]))
        db_terms[t] = da[t]
        if t > 1:
            dh[t - 1] = da[t] if slip == "no_U" else write_down(U * da[t])
    arrays |= {"dh": dh, "da": da}
    arrays |= {"dW_terms": dW_terms, "dU_terms": dU_terms, "db_terms": db_terms}
    dW, dU, db = sum(dW_terms[1:]), sum(dU_terms[1:]), sum(db_terms[1:])
    return arrays, {"dW": dW, "dU": dU, "db": db}


# ---- c_t = f_t c_{t-1} + i_t g_t -----------------------------------------------------------

MemorySlip = Literal[
    "",
    "forget_inverted",
    "forget_subtracted",
    "forget_all",
    "tied_gates",
    "input_ignored",
    "from_start",
]


@model("scalar_memory", "c0 f i g T", MemorySlip)
def memory(given: ModelInputs, slip: MemorySlip) -> Results:
    """c of one unit with given gates and candidate."""
    f, i, g = given.series("f"), given.series("i", 0.0), given.series("g", 0.0)
    c = [given.number("c0", 0.0)]
    for t in range(1, given.steps + 1):
        before = c[0] if slip == "from_start" else c[t - 1]
        c.append(write_down(_next_c(slip, f[t], i[t], g[t], before)))
    return {"c": c}, {}


def _next_c(slip: LstmSlip, f: float, i: float, g: float, before: float) -> float:
    """Return c_t from c_{t-1}, rightly or with a slip."""
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
        case "" | "from_start" | "no_output_tanh" | "show_all" | "sigmoid_candidate":
            return f * before + i * g
    assert_never(slip)


# ---- a whole LSTM of one unit --------------------------------------------------------------

LSTM = "x h0 c0 T " + " ".join(f"{k} a_{k} W_{k} U_{k} b_{k}" for k in "fiog")
LstmSlip = Literal["no_output_tanh", "show_all", "sigmoid_candidate", MemorySlip]


@model("scalar_lstm", LSTM, LstmSlip)
def lstm(given: ModelInputs, slip: LstmSlip) -> Results:
    """Gates f, i, o, candidate g, c and h.

    Each gate is given as its value (f), as its sum (a_f), or by W_f, U_f and b_f with the input x;
    missing b and U are 0.
    """
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
            a[k][t] = write_down(W * x[t] + U * h[t - 1] + b)
        for k in computed:
            candidate = k == "g" and slip != "sigmoid_candidate"
            gate[k][t] = write_down(tanh(a[k][t]) if candidate else sigmoid(a[k][t]))
        before = c[0] if slip == "from_start" else c[t - 1]
        c.append(write_down(_next_c(slip, f[t], i[t], g[t], before)))
        squashed = write_down(tanh(c[t]))
        shown = 1.0 if slip == "show_all" else o[t]
        h.append(write_down(shown * (c[t] if slip == "no_output_tanh" else squashed)))
    sums = {f"a_{k}": a[k] for k in summed}
    return {**sums, **gate, "c": c, "h": h}, {}


# ---- h_t = z_t h_{t-1} + (1 - z_t) candidate_t ---------------------------------------------

GruSlip = Literal["", "z_swapped", "reset_erases", "no_reset", "forget_only"]


@model("scalar_gru", "x h0 W U b r z T", GruSlip)
def gru(given: ModelInputs, slip: GruSlip) -> Results:
    """The candidate and h of a GRU of one unit with given gates r and z.

    `reset` is U r h_{t-1}, `a` the sum of the candidate, `kept` and `added` the two parts of h.
    With one unit it makes no difference whether r is applied before or after the product with U.
    """
    x, r, z = given.series("x"), given.series("r", 1.0), given.series("z")
    W, U, b = given.number("W"), given.number("U"), given.number("b", 0.0)
    h, candidate = [given.number("h0", 0.0)], [math.nan]
    parts: dict[str, list[float]] = {name: [math.nan] for name in ("reset", "a", "kept", "added")}
    for t in range(1, given.steps + 1):
        reset = 1.0 if slip == "no_reset" else r[t]
        a = write_down(W * x[t] + U * reset * h[t - 1] + b)
        candidate.append(write_down(tanh(a)))
        keep = 1 - z[t] if slip == "z_swapped" else z[t]
        old = r[t] * h[t - 1] if slip == "reset_erases" else h[t - 1]
        write = 1.0 if slip == "forget_only" else 1 - keep
        h.append(write_down(keep * old + write * candidate[t]))
        found = {"reset": U * reset * h[t - 1], "a": a}
        found |= {"kept": keep * old, "added": write * candidate[t]}
        for name, value in found.items():
            parts[name].append(write_down(value))
    return {**parts, "candidate": candidate, "h": h}, {}


# ---- f = σ(W x + U h + b) ------------------------------------------------------------------

GateSlip = Literal["", "no_sigmoid", "tanh_gate", "no_bias", "swap_W_U"]


@model("scalar_gate", "x h W U b", GateSlip)
def gate(given: ModelInputs, slip: GateSlip) -> Results:
    """One gate at one step: its sum a and its value f."""
    x, h = given.number("x"), given.number("h", 0.0)
    W, U = given.number("W"), given.number("U", 0.0)
    b = 0.0 if slip == "no_bias" else given.number("b", 0.0)
    if slip == "swap_W_U":
        W, U = U, W
    a = write_down(W * x + U * h + b)
    match slip:
        case "no_sigmoid":
            f = a
        case "tanh_gate":
            f = tanh(a)
        case "" | "no_bias" | "swap_W_U":
            f = sigmoid(a)
        case _:
            assert_never(slip)
    return {}, {"a": a, "f": f}
