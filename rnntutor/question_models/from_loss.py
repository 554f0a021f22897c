"""One unit with a loss after the last step, and the backward pass from that loss by hand."""

from __future__ import annotations

import math
from typing import Literal

from rnntutor.question_models.base import ModelInputs, Results, model
from rnntutor.question_models.by_hand import exp, tanh, write_down

FromLossSlip = Literal[
    "",
    "p_alone",
    "swapped",
    "one_class",
    "not_transposed",
    "no_slope",
    "no_U",
    "same_t",
    "last_only",
]


@model("from_loss", "x h0 W U v T", FromLossSlip)
def from_loss(given: ModelInputs, slip: FromLossSlip) -> Results:
    """h_t = tanh(W x_t + U h_{t-1}); after step T two classes with the scores v h_T and -v h_T.

    Class 0 is right. The backward pass gives dy = p - one-hot, then dh, da, the term of dU at each
    step, and their sum.
    """
    T, x = given.steps, given.series("x")
    W, U, v = given.number("W"), given.number("U"), given.number("v")
    nothing = [math.nan] * (T + 1)
    a, h, slope = nothing.copy(), nothing.copy(), nothing.copy()
    h[0] = given.number("h0", 0.0)
    for t in range(1, T + 1):
        a[t] = write_down(W * x[t] + U * h[t - 1])
        h[t] = write_down(tanh(a[t]))
        slope[t] = 1.0 if slip == "no_slope" else write_down(1 - h[t] ** 2)
    y0 = write_down(v * h[T])
    p1 = write_down(1 / (1 + exp(2 * y0)))
    p0 = write_down(1 - p1)
    dy0 = {"p_alone": p0, "swapped": 1 - p0}.get(slip, p0 - 1)
    dy1 = p1

    dh, da, dU_terms = nothing.copy(), nothing.copy(), nothing.copy()
    first = write_down(v * write_down(dy0))
    dh[T] = first if slip == "one_class" else write_down(first - v * dy1)
    if slip == "not_transposed":
        dh[T] = write_down(first + v * dy1)
    for t in range(T, 0, -1):
        da[t] = write_down(slope[t] * dh[t])
        dU_terms[t] = write_down(da[t] * (h[t] if slip == "same_t" else h[t - 1]))
        if t > 1:
            dh[t - 1] = da[t] if slip == "no_U" else write_down(U * da[t])
    arrays = {"a": a, "h": h, "slope": slope, "dh": dh, "da": da, "dU_terms": dU_terms}
    last = dU_terms[T] if slip == "last_only" else sum(dU_terms[1:])
    totals = {"y0": y0, "y1": -y0, "p0": p0, "p1": p1, "dy0": dy0, "dy1": dy1, "dU": last}
    return (arrays, totals)
