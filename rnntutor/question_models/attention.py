"""Attention that fits on paper: weights over inputs, path lengths, and the size of the memory."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, assert_never

from rnntutor.question_models.base import ModelInputs, Results, model
from rnntutor.question_models.by_hand import exp, total, write_down
from rnntutor.sims.base import SettingError

AttendSlip = Literal["", "no_softmax", "no_exp", "sum_over_outputs", "max_only", "mean"]


@model("attend", "score value other", AttendSlip)
def attend(given: ModelInputs, slip: AttendSlip) -> Results:
    """One output reads S inputs: alpha_s = e^score_s / Σ e^score, read = Σ alpha_s value_s.

    `exp` holds the terms of the sum and `total` the sum. `other` holds the scores of another output
    for the same inputs, which only the slip sum_over_outputs uses.

    Raises:
        SettingError: `other` is missing for the slip sum_over_outputs.
    """
    other = given.series("other")[1:] if "other" in given else []
    return _attend(given.series("score")[1:], given.series("value")[1:], other, slip)


def _attend(
    score: Sequence[float], value: Sequence[float], other: Sequence[float], slip: AttendSlip
) -> Results:
    exps = [write_down(exp(a)) for a in score]
    every = write_down(total(exps))
    match slip:
        case "no_softmax":
            alpha = list(score)
        case "no_exp":
            alpha = [write_down(a / total(score)) for a in score]
        case "sum_over_outputs":
            if len(other) != len(score):
                raise SettingError("setting.missing", name="other")
            alpha = [write_down(e / (e + exp(b))) for e, b in zip(exps, other, strict=True)]
        case "max_only":
            alpha = [float(s == score.index(max(score))) for s in range(len(score))]
        case "mean":
            alpha = [1 / len(score)] * len(score)
        case "":
            alpha = [write_down(e / every) for e in exps]
        case _:
            assert_never(slip)
    read = total(write_down(a * v) for a, v in zip(alpha, value, strict=True))
    over = {"alpha": [math.nan, *alpha], "exp": [math.nan, *exps]}
    return over, {"read": read, "total": every}


ReadStatesSlip = Literal["", "first_entry", "no_exp", "max_only", "mean"]


@model("read_states", "h_a h_b q_a q_b", ReadStatesSlip)
def read_states(given: ModelInputs, slip: ReadStatesSlip) -> Results:
    """One row of attention over states of two units: score_s = query · h_s.

    The weights alpha are as in `attend`; m_a and m_b are the two units of the weighted mean.
    """
    h_a, h_b = given.series("h_a")[1:], given.series("h_b")[1:]
    q_a, q_b = given.numbers("q_a", "q_b")
    scores = []
    for first, second in zip(h_a, h_b, strict=True):
        score = write_down(q_a * first)
        scores.append(score if slip == "first_entry" else write_down(_sum(score, q_b * second)))
    passed = slip if slip != "first_entry" else ""
    over, all_a = _attend(scores, h_a, (), passed)
    _, all_b = _attend(scores, h_b, (), passed)
    totals = {"total": all_a["total"], "m_a": all_a["read"], "m_b": all_b["read"]}
    return {**over, "score": [math.nan, *scores]}, totals


def _sum(first: float, second: float) -> float:
    """Return the sum of two products, 0 if they cancel.

    In binary 1.5 × (−0.6) + 1 × 0.9 leaves 1.11 × 10⁻¹⁶.
    """
    return 0.0 if math.isclose(first, -second) else first + second


PathLengthSlip = Literal["", "one_less", "source_only", "from_start"]


@model("path_length", "S s t", PathLengthSlip)
def path_length(given: ModelInputs, slip: PathLengthSlip) -> Results:
    """Time steps from input s of S to output t.

    `rnn` is the path through the encoder to its end and through the decoder to t, S − s + t;
    `attention` is 1 for any s and t.
    """
    S, s, t = given.numbers("S", "s", "t")
    match slip:
        case "one_less":
            steps = S - s + t - 1
        case "source_only":
            steps = S - s
        case "from_start":
            steps = s + t
        case "":
            steps = S - s + t
        case _:
            assert_never(slip)
    return {}, {"rnn": steps, "attention": 1.0, "left": S - s}


KeptSlip = Literal["", "no_c", "with_c"]


@model("kept", "H T", KeptSlip)
def kept(given: ModelInputs, slip: KeptSlip) -> Results:
    """Numbers kept after T inputs.

    `state` counts the h and c of an LSTM, 2H; `all` counts every h that attention reads, T·H;
    `ratio` is all / state.
    """
    H, T = given.numbers("H", "T")
    state = H if slip == "no_c" else 2 * H
    every = 2 * T * H if slip == "with_c" else T * H
    return {}, {"state": state, "all": every, "ratio": every / state, "weights": T}
