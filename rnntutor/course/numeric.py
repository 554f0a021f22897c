"""`= 0.731 +- 0.001` (`= 87.6% +- 0.5` for an answer in per cent) and `~ 0.269 : what was done`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from rnntutor.course.blocks import Inline, Numeric
from rnntutor.course.report import Report

_N = r"[-+−]?\d+(?:\.\d+)?(?:[eE][-+−]?\d+)?"
_ANSWER = re.compile(rf"=\s*({_N})\s*(?P<unit>%?)\s*(?:(?:\+-|\+/-|±)\s*({_N})\s*(%?))?\s*$")
_RANGE = re.compile(rf"=\s*\[\s*({_N})\s*,\s*({_N})\s*\]\s*$")
_SLIP = re.compile(rf"~\s*({_N})\s*:\s*(.+)$", re.DOTALL)
_START = re.compile(r"^=\s", re.MULTILINE)


def starts_answer(source: str) -> int | None:
    """Where in a paragraph the line with the answer begins."""
    match = _START.search(source)
    return match.start() if match else None


def number(text: str) -> float:
    """A number with either minus sign."""
    return float(text.replace("−", "-"))


def read_numeric(
    source: str, line: int, inline: Callable[[str, int], Inline], report: Report
) -> Numeric | None:
    """The answer and its slips; `source` begins with `=` and stands at `line`."""
    entries: list[tuple[int, str]] = []
    for n, text in enumerate(source.splitlines()):
        if not entries or re.match(r"[=~]\s", text):
            entries.append((line + n, text.strip()))
        else:
            entries[-1] = (entries[-1][0], f"{entries[-1][1]}\n{text.strip()}")
    at, answer = entries[0]
    found = _interval(answer)
    if found is None:
        report.say(at, "numeric_form", text=answer)
        return None
    key, low, high, percent = found
    slips = []
    for at, text in entries[1:]:
        match = _SLIP.match(text)
        if match is None:
            report.say(at, "numeric_slip", text=text)
            continue
        value = number(match[1])
        if low <= value <= high:
            report.say(at, "numeric_slip_right", value=match[1])
        slips.append((value, inline(match[2].strip(), at)))
    return Numeric(key, low, high, tuple(slips), percent)


def _interval(answer: str) -> tuple[str, float, float, bool] | None:
    """(the key as written, lowest, highest right value, whether they are in per cent)."""
    if match := _RANGE.match(answer):
        low, high = number(match[1]), number(match[2])
        return (f"[{match[1]}, {match[2]}]", low, high, False) if low <= high else None
    match = _ANSWER.match(answer)
    if match is None:
        return None
    value = number(match[1])
    spread = abs(number(match[3])) if match[3] else 0.0
    if match[4]:
        spread *= abs(value) / 100
    # So that 0.731 + 0.001 is 0.732 and not a hair below it.
    slack = 4 * math.ulp(abs(value) + spread) if spread else 0.0
    return match[1], value - spread - slack, value + spread + slack, bool(match["unit"])
