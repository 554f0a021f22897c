"""Scalar models of the backward pass: a gradient through time, a repeated factor, clipping."""

from __future__ import annotations

import math
from typing import Literal, assert_never

from rnntutor.question_models.base import ModelInputs, Results, model
from rnntutor.question_models.by_hand import length, write_down

# ---- dh_t in the backward pass -------------------------------------------------------------

BackwardSlip = Literal["", "only_here", "only_next", "no_slope", "slope_here", "no_U"]


@model("scalar_backward", "U slope from_loss T", BackwardSlip)
def backward(given: ModelInputs, slip: BackwardSlip) -> Results:
    """The gradient of one unit from step T back to 1, with given slopes 1 - h_t² of tanh.

    dh_t = from_loss_t + from_next_t with from_next_t = U da_{t+1}, and da_t = slope_t dh_t. There
    is no gradient from after T: from_next_T is 0.
    """
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
            from_next[t] = back if slip == "no_U" else write_down(U * back)
        here = 0.0 if slip == "only_next" and t < T else from_loss[t]
        dh[t] = here if slip == "only_here" else write_down(here + from_next[t])
        da[t] = write_down(slope[t] * dh[t])
    return {"dh": dh, "da": da, "from_next": from_next}, {}


# ---- one factor, k times -------------------------------------------------------------------

RepeatedSlip = Literal["", "no_slope", "no_U", "added", "subtracted", "one_less"]


@model("repeated", "U slope k", RepeatedSlip)
def repeated(given: ModelInputs, slip: RepeatedSlip) -> Results:
    """The remaining factor of a gradient of 1 after k steps back, each with the factor U·slope."""
    U, slope, k = given.number("U"), given.number("slope"), given.number("k")
    if slip == "no_slope":
        slope = 1.0
    if slip == "no_U":
        U = 1.0
    factor = write_down(U * slope)
    match slip:
        case "added":
            left = k * factor
        case "subtracted":
            left = 1 - k * (1 - factor)
        case "one_less":
            left = factor ** (k - 1)
        case "" | "no_slope" | "no_U":
            left = factor**k
        case _:
            assert_never(slip)
    return {}, {"factor": factor, "left": left}


# ---- a gradient clipped to a limit ---------------------------------------------------------

ClippedSlip = Literal["", "by_value", "to_zero", "sum_norm"]


@model("clipped", "g limit T", ClippedSlip)
def clipped(given: ModelInputs, slip: ClippedSlip) -> Results:
    """A gradient g clipped by its norm: multiplied by limit/norm if the norm is above the limit.

    The "steps" of the trace are the entries of g.
    """
    g, limit = given.series("g"), given.number("limit")
    entries = g[1:]
    norm = write_down(sum(map(abs, entries)) if slip == "sum_norm" else length(entries))
    scale = write_down(min(1.0, limit / norm)) if norm else 1.0
    match slip:
        case "by_value":
            kept = [max(-limit, min(limit, entry)) for entry in entries]
        case "to_zero":
            kept = [0.0 if norm > limit else entry for entry in entries]
        case "" | "sum_norm":
            kept = [entry * scale for entry in entries]
        case _:
            assert_never(slip)
    return {"clipped": [math.nan, *kept]}, {"norm": norm, "scale": scale}
