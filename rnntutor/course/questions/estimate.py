"""`type=estimate`: the order of magnitude of a number. `= 18624` is right within a factor of about
three, and half right within a factor of ten. The answer is what was typed."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnntutor.course.blocks import Blocks, Body, Inline
from rnntutor.course.expression import Typed
from rnntutor.course.nodes import content
from rnntutor.course.questions.base import Attempt, Verdict, prompt_without, verdict
from rnntutor.course.questions.numbers import NumberKind

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode as Node

    from rnntutor.course.reader import Reader
    from rnntutor.course.variant import Instance

_ANSWER = re.compile(r"=\s*(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*$")
RIGHT, CLOSE = 0.5, 1.0  # orders of magnitude


@dataclass(frozen=True, slots=True)
class Estimate(Body):
    """A positive number, and how the author wrote it."""

    value: float
    key: str


class EstimateKind(NumberKind[Estimate]):
    name = "estimate"
    body_type = Estimate

    def parse(
        self, reader: Reader, nodes: Sequence[Node], line: int
    ) -> tuple[Blocks, Estimate | None]:
        for node in nodes:
            match = _ANSWER.match(content(node)) if node.type == "paragraph" else None
            if match is not None and float(match[1]) > 0:
                return prompt_without(reader, nodes, [node]), Estimate(float(match[1]), match[1])
        reader.report.say(line, "estimate_key")
        return reader.blocks(nodes), None

    def sentences(self, body: Estimate) -> tuple[Inline, ...]:
        return ()

    def same_in_translation(self, body: Estimate) -> dict[str, object]:
        return {"=": body.value}

    def judge(self, body: Estimate, typed: Typed, instance: Instance | None) -> Verdict:
        off = abs(math.log10(typed.value / body.value)) if typed.value > 0 else math.inf
        score = 1.0 if off <= RIGHT else 0.5 if off <= CLOSE else 0.0
        return verdict(score, (), body.key, (score == 1,))

    def right(self, body: Estimate, attempt: Attempt) -> str:
        return body.key
