"""`type=single`: one option is right. The answer is its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnntutor.course.blocks import Blocks
from rnntutor.course.questions.base import Attempt, GivenAnswer, Verdict
from rnntutor.course.questions.options import Choice, ChoiceKind, by_options, read_choice

if TYPE_CHECKING:
    from rnntutor.course.nodes import Nodes
    from rnntutor.course.reader import BlockParser


class Single(Choice):
    """Options of which one is right."""


class SingleKind(ChoiceKind[Single]):
    """The kind of questions with one right option."""

    name = "single"
    one_right = True
    pick_label = "key.pick"
    most = 1

    def parse(self, reader: BlockParser, nodes: Nodes, line: int) -> tuple[Blocks, Single | None]:
        prompt, options = read_choice(reader, nodes, line, self.name)
        right = sum(option.right for option in options)
        if options and right != 1:
            reader.report.add_problem(line, "single_right", found=right)
        return prompt, Single(options) if right == 1 else None

    def answer(self, body: Single, attempt: Attempt) -> str | None:
        picked = self.picked_ids(body, attempt)
        return picked[0] if picked else None

    def mark(self, body: Single, given: GivenAnswer) -> Verdict | None:
        picked = next((option for option in body.options if option.id == given.raw), None)
        if picked is None:
            return None
        key = next((option.id for option in body.options if option.right), None)
        parts = tuple(option.right == (option is picked) for option in body.options)
        wrong = () if picked.right else (picked,)
        return by_options(float(picked.right), key, parts, wrong)
