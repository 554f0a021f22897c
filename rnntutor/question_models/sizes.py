"""Scalar models of sizes and of bidirectional networks."""

from __future__ import annotations

import math
from typing import Literal

from rnntutor.nn.cells.registry import CELLS
from rnntutor.question_models.base import ModelInputs, Results, model
from rnntutor.question_models.by_hand import tanh, write_down

# ---- number of parameters of a cell --------------------------------------------------------

BLOCKS = {kind: len(spec.blocks) for kind, spec in CELLS.items()}


ParametersSlip = Literal["", "one_block", "no_bias", "per_step", "double_bias"]


@model("parameters", "cell D H T", ParametersSlip)
def parameters(given: ModelInputs, slip: ParametersSlip) -> Results:
    """`count`, with `blocks` weight blocks of `block` = H·D + H·H + H numbers: W, U and b."""
    blocks = 1 if slip == "one_block" else BLOCKS[given.word("cell", BLOCKS)]
    D, H = given.number("D"), given.number("H")
    biases = {"no_bias": 0, "double_bias": 2}.get(slip, 1)
    block = H * D + H * H + biases * H
    count = blocks * block * (given.number("T") if slip == "per_step" else 1)
    parts = {"W_count": H * D, "U_count": H * H, "b_count": biases * H}
    return {}, {"count": count, "block": block, "blocks": blocks, **parts}


# ---- one unit forwards, one backwards ------------------------------------------------------

BothWaysSlip = Literal["", "same_weights", "from_the_start", "alone"]


@model("both_ways", "x W U W_back U_back T", BothWaysSlip)
def both_ways(given: ModelInputs, slip: BothWaysSlip) -> Results:
    """h reads x_1 … x_t; h_back reads x_T … x_t with its own weights; summed_t = h_t + h_back_t.

    Both start from 0 and have no bias.
    """
    T, x = given.steps, given.series("x")
    W, U = given.number("W"), given.number("U")
    W_back, U_back = given.number("W_back"), given.number("U_back")
    if slip == "same_weights":
        W_back, U_back = W, U
    h, h_back = [0.0], [math.nan] * (T + 1)
    for t in range(1, T + 1):
        h.append(write_down(tanh(write_down(W * x[t] + U * h[t - 1]))))
    later = 0.0
    order = range(1, T + 1) if slip == "from_the_start" else range(T, 0, -1)
    for t in order:
        later = write_down(
            tanh(write_down(W_back * x[t] + U_back * (0.0 if slip == "alone" else later)))
        )
        h_back[t] = later
    summed = [math.nan, *(h[t] + h_back[t] for t in range(1, T + 1))]
    return {"h": h, "h_back": h_back, "summed": summed}, {}


# ---- number of parameters of a bidirectional network ---------------------------------------

MERGED = {"concat": 2, "sum": 1}


TwoWaySizeSlip = Literal["", "same_weights", "other_merge", "no_bias", "per_step"]


@model("two_way_size", "merge D H K T", TwoWaySizeSlip)
def two_way_size(given: ModelInputs, slip: TwoWaySizeSlip) -> Results:
    """`count` = `cells` + `V_count`: two cells of `block` = H·D + H·H + H numbers each, and V.

    V has K rows and `reads` columns, 2H if the states are concatenated or H if they are summed, and
    no bias.
    """
    D, H, K = given.number("D"), given.number("H"), given.number("K")
    joined = MERGED[given.word("merge", MERGED)]
    if slip == "other_merge":
        joined = 3 - joined
    block = H * D + H * H + (0 if slip == "no_bias" else H)
    cells = block * (1 if slip == "same_weights" else 2)
    reads = joined * H
    count = cells + K * reads
    if slip == "per_step":
        count *= given.number("T")
    totals = {"block": block, "cells": cells, "reads": reads, "V_count": K * reads, "count": count}
    return {}, totals
