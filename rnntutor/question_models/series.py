"""Sums on short series that fit on paper: what the order changes, what two values tell, how far
off the last value is, how many windows a series holds.

Each function returns (over time, in all) as `scalar` puts them into a trace: a list over time has
an unused entry 0, so that index t is step t. slip: the name of a mistake, which changes one line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rnntutor.question_models.by_hand import noted, total
from rnntutor.sims.base import SettingError

Found = tuple[Mapping[str, list[float]], Mapping[str, float]]


def leaky_sum(x: Sequence[float], a: float, slip: str = "") -> Found:
    """s_t = a s_{t-1} + x_t from s_0 = 0: a reader to whom the order matters. end_back: s_T of the
    same items read from the last to the first; bag: their sum, which knows no order."""
    s = _leaky(x, a, slip)
    return {"s": s}, {"end_back": _leaky(x[::-1], a, slip)[-1], "bag": total(x)}


def _leaky(x: Sequence[float], a: float, slip: str) -> list[float]:
    s = [0.0]
    for item in x:
        s.append(noted(a * (s[-1] + item) if slip == "all_decayed" else a * s[-1] + item))
    return s


def sine_next(before: float, last: float, k: float, slip: str = "") -> Found:
    """next = k·last − before, which continues every sine of period P exactly if k = 2cos(2π/P)."""
    match slip:
        case "straight_on":
            k = 2.0
        case "added":
            before = -before
        case "one_value":
            before = 0.0
        case "swapped":
            before, last = last, before
    return {}, {"next": noted(k * last) - before}


def repeat_error(x: Sequence[float], slip: str = "") -> Found:
    """error: how far off "the last value again" is on average, the mean of off2 = |x_2 − x_1|,
    off3 …; sum: of all of them. Raises SettingError for a single value, which has none before."""
    if len(x) < 2:
        raise SettingError("setting.range", name="T", value=len(x), low=2, high=1000)
    steps = [last - before for before, last in pairwise(x)]
    off = steps if slip == "signed" else [abs(step) for step in steps]
    count = len(x) if slip == "divided_by_T" else len(steps)
    every = noted(total(off))
    each = {f"off{t}": value for t, value in enumerate(off, start=2)}
    return {}, {"error": every / count, "sum": every, **each}


def window_count(T: float, w: float, slip: str = "") -> Found:
    """How many pairs (w values in a row, the value after them) a series of T values holds. The
    pairs may overlap."""
    match slip:
        case "no_answer":
            count = T - w + 1
        case "apart":
            count = float(T // (w + 1))
        case "one_less":
            count = T - w - 1
        case _:
            count = T - w
    return {}, {"count": count}
