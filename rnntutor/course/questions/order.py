"""`type=order`: items to be put in order, possibly with some that do not belong there.

The answer is the list of the ids of the placed items, from first to last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from rnntutor.course.blocks import Blocks
from rnntutor.course.nodes import content
from rnntutor.course.question import Body, Option
from rnntutor.course.questions.base import Attempt, GivenAnswer, Verdict, prompt_without
from rnntutor.course.questions.forms import OrderForm
from rnntutor.course.questions.options import (
    OptionKind,
    by_options,
    ids_of,
    is_tasks,
    read_item,
    read_tasks,
    with_unique_ids,
)
from rnntutor.course.shuffle import shuffle_unsorted

if TYPE_CHECKING:
    from rnntutor.course.nodes import Nodes
    from rnntutor.course.reader import BlockParser


@dataclass(frozen=True, slots=True)
class Order(Body):
    """The items of an order.

    Attributes:
        items: Items in the right order, with `right` True.
        distractors: Items that do not belong there, with `right` False and feedback.
    """

    items: tuple[Option, ...]
    distractors: tuple[Option, ...] = ()


class OrderKind(OptionKind[Order]):
    """The kind of questions with items to put in order."""

    name = "order"
    pick_label = "key.tick"
    between = " → "

    def parse(self, reader: BlockParser, nodes: Nodes, line: int) -> tuple[Blocks, Order | None]:
        ordered = [n for n in nodes if n.type == "ordered_list"]
        if not ordered or len(ordered[-1].children) < 2:
            reader.report.add_problem(line, "no_order")
            return reader.blocks(nodes), None
        tasks = [n for n in nodes if is_tasks(n)]
        items = []
        for number, item in enumerate(ordered[-1].children, 1):
            source = content(item.children[0]) if item.children else ""
            items.append(read_item(reader, item, source, number, right=True))
        wrong = (item for node in tasks for item in node.children)
        distractors = read_tasks(reader, wrong, len(items) + 1)
        for option in distractors:
            if option.right:
                reader.report.add_problem(option.line, "order_right")
        if len(distractors) > 2:
            reader.report.add_problem(distractors[2].line, "order_distractors")
        prompt = prompt_without(reader, nodes, [ordered[-1], *tasks])
        return prompt, Order(with_unique_ids(reader, items), distractors)

    def options(self, body: Order) -> tuple[Option, ...]:
        return (*body.items, *body.distractors)

    def order(self, body: Order, rng: Random) -> tuple[int, ...]:
        """Return the items and the distractors, shuffled, never in the right order."""
        return shuffle_unsorted(len(body.items), len(self.options(body)), rng)

    def form(self, body: Order, attempt: Attempt) -> OrderForm:
        return OrderForm(body.items, body.distractors, attempt.order)

    def complaint(self, body: Order, attempt: Attempt) -> str:
        """Return a complaint if items are left over, unless there are distractors."""
        chosen = ids_of(self.answer(body, attempt))
        missing = not body.distractors and len(chosen) < len(body.items)
        return "question.incomplete" if missing else ""

    def mark(self, body: Order, given: GivenAnswer) -> Verdict | None:
        """Score by the longest common subsequence with the right order.

        Its length is divided by the number of items and placed distractors. A subsequence of a
        single item scores 0, because one item is always in order.
        """
        chosen = ids_of(given.raw)
        if not chosen:
            return None
        order = [item.id for item in body.items]
        wrong = [option for option in body.distractors if option.id in chosen]
        kept = _common(chosen, order)
        run = len(kept) if len(kept) > 1 else 0
        score = run / (len(order) + len(wrong))
        return by_options(score, order, tuple(n in kept for n in range(len(chosen))), wrong)


def _common(chosen: Sequence[str], order: Sequence[str]) -> frozenset[int]:
    """Return the indices in `placed` of a longest common subsequence with `order`."""
    n, m = len(chosen), len(order)
    length = [[0] * (m + 1) for _ in range(n + 1)]
    for i in reversed(range(n)):
        for j in reversed(range(m)):
            if chosen[i] == order[j]:
                length[i][j] = 1 + length[i + 1][j + 1]
            else:
                length[i][j] = max(length[i + 1][j], length[i][j + 1])
    kept, i, j = set(), 0, 0
    while i < n and j < m:
        if chosen[i] == order[j]:
            kept.add(i)
            i, j = i + 1, j + 1
        elif length[i + 1][j] >= length[i][j + 1]:
            i += 1
        else:
            j += 1
    return frozenset(kept)
