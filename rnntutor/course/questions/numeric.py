"""`type=numeric`: one number. The answer is the typed text.

The source has a line `= 0.731 +- 0.001` (`= 87.6% +- 0.5` for an answer in per cent) and lines `~
0.269 : what was done` for known mistakes.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnntutor.course.blocks import Blocks, Inline
from rnntutor.course.expression import Typed
from rnntutor.course.nodes import content, line_of
from rnntutor.course.precision import SHARE, Passes, Precision, precision_of
from rnntutor.course.question import Body
from rnntutor.course.questions.base import Attempt, Verdict, sentence, verdict
from rnntutor.course.questions.forms import Mistake, NumberForm
from rnntutor.course.questions.numbers import NumberKind, within, wrong_verdict

if TYPE_CHECKING:
    from rnntutor.course.nodes import Nodes
    from rnntutor.course.reader import BlockParser
    from rnntutor.course.variant import Instance

_N = r"[-+−]?\d+(?:\.\d+)?(?:[eE][-+−]?\d+)?"
_ANSWER = re.compile(rf"=\s*({_N})\s*(?P<unit>%?)\s*(?:(?:\+-|\+/-|±)\s*({_N})\s*(%?))?\s*$")
_RANGE = re.compile(rf"=\s*\[\s*({_N})\s*,\s*({_N})\s*\]\s*$")
_SLIP = re.compile(rf"~\s*({_N})\s*:\s*(.+)$", re.DOTALL)
_START = re.compile(r"^=\s", re.MULTILINE)
TOO_EARLY = 5  # multiple of the author's tolerance allowed for rounding intermediate values


@dataclass(frozen=True, slots=True)
class Numeric(Body):
    """The right interval and known mistakes of a number.

    Attributes:
        key: The answer as the author wrote it.
        low: Lowest right value.
        high: Highest right value.
        slips: (value, what was done) of each known mistake, recognised within `spread`.
        percent: Whether all values are in per cent.
    """

    key: str
    low: float
    high: float
    slips: tuple[tuple[float, Inline], ...] = ()
    percent: bool = False

    @property
    def spread(self) -> float:
        """Half the width of the accepted interval."""
        return (self.high - self.low) / 2

    @property
    def middle(self) -> float:
        """The centre of the accepted interval."""
        return (self.high + self.low) / 2

    @property
    def whole(self) -> bool:
        """Return whether the author wrote the answer as an integer."""
        return self.key.lstrip("+-−").isdigit()


class NumericKind(NumberKind[Numeric]):
    """The kind of questions with a fixed number as answer."""

    name = "numeric"

    def parse(self, reader: BlockParser, nodes: Nodes, line: int) -> tuple[Blocks, Numeric | None]:
        for node in nodes:
            source = content(node) if node.type == "paragraph" else ""
            start = _START.search(source)
            if start is None:
                continue
            at, before = line_of(node), source[: start.start()]
            prompt = reader.blocks(n for n in nodes if n is not node)
            if before.strip():
                prompt = (*prompt, *reader.paragraphs(before.strip(), at))
            return prompt, _read(reader, source[start.start() :], at + before.count("\n"))
        reader.report.add_problem(line, "numeric_key")
        return reader.blocks(nodes), None

    def sentences(self, body: Numeric) -> tuple[Inline, ...]:
        return tuple(inline for _, inline in body.slips)

    def same_in_translation(self, body: Numeric) -> dict[str, object]:
        values = ", ".join(f"{value:g}" for value, _ in body.slips)
        unit = "%" if body.percent else ""
        return {"=": f"[{body.low:.6g}, {body.high:.6g}]{unit}", "~": values}

    def ideas(self, body: Numeric) -> frozenset[str]:
        return frozenset()

    def form(self, body: Numeric, attempt: Attempt) -> NumberForm:
        slips = tuple(Mistake(value, body.spread, say) for value, say in body.slips)
        return NumberForm(_key(body), body.middle, body.spread, slips)

    def precision(self, body: Numeric, instance: Instance | None) -> Precision:
        return precision_of(body.middle, body.spread, whole=body.whole, percent=body.percent)

    def judge(self, body: Numeric, typed: Typed, instance: Instance | None) -> Verdict:
        value = typed.value
        passes = _passes(body)
        if body.percent:
            # 87.6, 87.6 % and 0.876 are the same answer.
            readings = (100 * value,) if typed.percent else (value, 100 * value)
            fits = (v for v in readings if within(passes.low, v, passes.high))
            value = next(fits, readings[0])
        key = _key(body)
        if within(passes.low, value, passes.high):
            return verdict(1.0, (), key, (True,))
        near = min(body.slips, key=lambda slip: abs(slip[0] - value), default=None)
        if near is not None and within(near[0] - body.spread, value, near[0] + body.spread):
            return verdict(0.0, (sentence(near[1]),), key, (False,), (f"{near[0]:g}",))
        return wrong_verdict(key, passes, value)

    def right(self, body: Numeric, attempt: Attempt) -> str:
        return body.key


def _key(body: Numeric) -> str:
    """Return the right answer with its unit."""
    return f"{body.key} %" if body.percent else body.key


def _passes(body: Numeric) -> Passes:
    """Return the intervals of values that pass.

    They never include a known mistake: the right interval extends at most SHARE of the distance to
    the nearest one, the coarse interval at most half of it.
    """
    spread, key = body.spread, body.middle
    if body.whole:
        return Passes(body.low, body.high, body.low, body.high)
    nearest = min((abs(value - key) for value, _ in body.slips), default=math.inf)
    right = max(spread, min(0.02 * abs(key), SHARE * nearest))
    coarse = max(right, min(TOO_EARLY * spread, nearest / 2))
    return Passes(key - right, key + right, key - coarse, key + coarse)


# ---- parsing -----------------------------------------------------------------------------------


def _read(reader: BlockParser, source: str, line: int) -> Numeric | None:
    """Parse the answer and its known mistakes; `source` begins with `=` at line `line`."""
    entries: list[tuple[int, str]] = []
    for n, text in enumerate(source.splitlines()):
        if not entries or re.match(r"[=~]\s", text):
            entries.append((line + n, text.strip()))
        else:
            entries[-1] = (entries[-1][0], f"{entries[-1][1]}\n{text.strip()}")
    at, answer = entries[0]
    found = _interval(answer)
    if found is None:
        reader.report.add_problem(at, "numeric_form", text=answer)
        return None
    key, low, high, percent = found
    slips = []
    for at, text in entries[1:]:
        match = _SLIP.match(text)
        if match is None:
            reader.report.add_problem(at, "numeric_slip", text=text)
            continue
        value = _number(match[1])
        if low <= value <= high:
            reader.report.add_problem(at, "numeric_slip_right", value=match[1])
        slips.append((value, reader.inline(match[2].strip(), at)))
    return Numeric(key, low, high, tuple(slips), percent)


def _number(text: str) -> float:
    """Return a number written with either minus sign."""
    return float(text.replace("−", "-"))


def _interval(answer: str) -> tuple[str, float, float, bool] | None:
    """Parse the line of the answer.

    Returns:
        The key as written, the lowest and the highest right value, and whether they are in per
        cent; or None if the form is wrong.
    """
    if match := _RANGE.match(answer):
        low, high = _number(match[1]), _number(match[2])
        return (f"[{match[1]}, {match[2]}]", low, high, False) if low <= high else None
    match = _ANSWER.match(answer)
    if match is None:
        return None
    value = _number(match[1])
    spread = abs(_number(match[3])) if match[3] else 0.0
    if match[4]:
        spread *= abs(value) / 100
    # In binary, 0.731 + 0.001 would be slightly below 0.732.
    slack = 4 * math.ulp(abs(value) + spread) if spread else 0.0
    return match[1], value - spread - slack, value + spread + slack, bool(match["unit"])
