"""`type=multi`: one or more options are right. The answer is the list of the ticked ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnntutor.course.blocks import Blocks
from rnntutor.course.questions.base import GivenAnswer, Verdict
from rnntutor.course.questions.options import Choice, ChoiceKind, by_options, ids_of, read_choice

if TYPE_CHECKING:
    from rnntutor.course.nodes import Nodes
    from rnntutor.course.reader import BlockParser


class Multi(Choice):
    """Options of which some are right."""


class MultiKind(ChoiceKind[Multi]):
    """The kind of questions with several right options."""

    name = "multi"
    pick_label = "key.tick"

    def parse(self, reader: BlockParser, nodes: Nodes, line: int) -> tuple[Blocks, Multi | None]:
        prompt, options = read_choice(reader, nodes, line, self.name)
        right = sum(option.right for option in options)
        askable = 0 < right < len(options)
        if options and not askable:
            reader.report.add_problem(line, "multi_right")
        return prompt, Multi(options) if askable else None

    def mark(self, body: Multi, given: GivenAnswer) -> Verdict | None:
        """Score (right − wrong) / number of right options, but not below 0.

        Ticking everything therefore gains little or nothing.
        """
        ticked = ids_of(given.raw)
        if not ticked:
            return None
        rights = [option for option in body.options if option.right]
        hit = [option for option in rights if option.id in ticked]
        wrong = [option for option in body.options if not option.right and option.id in ticked]
        score = max(0.0, (len(hit) - len(wrong)) / max(1, len(rights)))
        parts = tuple(option.right == (option.id in ticked) for option in body.options)
        return by_options(score, [option.id for option in rights], parts, wrong)
