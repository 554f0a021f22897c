"""Short series that fit on paper: order, sines, prediction errors and numbers of windows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, assert_never

from rnntutor.question_models.base import ModelInputs, Results, model
from rnntutor.question_models.by_hand import total, write_down

LeakySumSlip = Literal["", "all_decayed"]


@model("leaky_sum", "x a", LeakySumSlip)
def leaky_sum(given: ModelInputs, slip: LeakySumSlip) -> Results:
    """s_t = a s_{t-1} + x_t from s_0 = 0, which depends on the order of the items.

    `end_back` is s_T of the same items in reverse order; `bag` is their sum, which does not depend
    on the order.
    """
    x, a = given.series("x")[1:], given.number("a")
    s = _leaky(x, a, slip)
    return {"s": s}, {"end_back": _leaky(x[::-1], a, slip)[-1], "bag": total(x)}


def _leaky(x: Sequence[float], a: float, slip: LeakySumSlip) -> list[float]:
    s = [0.0]
    for item in x:
        s.append(write_down(a * (s[-1] + item) if slip == "all_decayed" else a * s[-1] + item))
    return s


SineNextSlip = Literal["", "straight_on", "added", "one_value", "swapped"]


@model("sine_next", "before last k", SineNextSlip)
def sine_next(given: ModelInputs, slip: SineNextSlip) -> Results:
    """next = k·last − before, which continues every sine of period P exactly if k = 2cos(2π/P)."""
    before, last, k = given.numbers("before", "last", "k")
    match slip:
        case "straight_on":
            k = 2.0
        case "added":
            before = -before
        case "one_value":
            before = 0.0
        case "swapped":
            before, last = last, before
        case "":
            pass
        case _:
            assert_never(slip)
    return {}, {"next": write_down(k * last) - before}


RepeatErrorSlip = Literal["", "signed", "divided_by_T"]


@model("repeat_error", "x1 x2 x3 x4", RepeatErrorSlip)
def repeat_error(given: ModelInputs, slip: RepeatErrorSlip) -> Results:
    """The mean error when each value is predicted to equal the previous value.

    `error` is the mean of off2 = |x_2 − x_1|, off3 …; `sum` is their sum.
    """
    x = given.numbers("x1", "x2", "x3", "x4")
    steps = [last - before for before, last in pairwise(x)]
    off = steps if slip == "signed" else [abs(step) for step in steps]
    count = len(x) if slip == "divided_by_T" else len(steps)
    every = write_down(total(off))
    each = {f"off{t}": value for t, value in enumerate(off, start=2)}
    return {}, {"error": every / count, "sum": every, **each}


WindowCountSlip = Literal["", "no_answer", "apart", "one_less"]


@model("window_count", "T w", WindowCountSlip)
def window_count(given: ModelInputs, slip: WindowCountSlip) -> Results:
    """Number of pairs (w consecutive values, the value after them) in a series of T values.

    The pairs may overlap.
    """
    T, w = given.numbers("T", "w")
    match slip:
        case "no_answer":
            count = T - w + 1
        case "apart":
            count = float(T // (w + 1))
        case "one_less":
            count = T - w - 1
        case "":
            count = T - w
        case _:
            assert_never(slip)
    return {}, {"count": count}
