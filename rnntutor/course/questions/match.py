"""`type=match`: each left cell of a table is matched with a right cell.

The answer is a list with the index of the right cell (of the pairs from 0, then the extra ones) for
each left cell, or None.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from rnntutor.course.blocks import Blocks, Inline, Text
from rnntutor.course.nodes import line_of
from rnntutor.course.question import Body, Reason
from rnntutor.course.questions.base import (
    A,
    Alternative,
    AnswerField,
    AnswerPart,
    Attempt,
    GivenAnswer,
    Verdict,
    items_of,
    prompt_without,
)
from rnntutor.course.questions.forms import PairForm
from rnntutor.course.questions.slots import SlotKind, by_parts, ideas_of
from rnntutor.course.shuffle import shuffle_unsorted
from rnntutor.course.typed_line import wholes
from rnntutor.failure import Refused

if TYPE_CHECKING:
    from rnntutor.course.nodes import Nodes
    from rnntutor.course.reader import BlockParser


@dataclass(frozen=True, slots=True)
class Match(Body):
    """The columns of a match.

    Attributes:
        heads: Headings of the two columns.
        pairs: Left cells, each with its right cell.
        extra: Right cells that belong to no left cell.
        reasons: Explanations, one for each pair.
    """

    heads: tuple[Inline, Inline]
    pairs: tuple[tuple[Inline, Inline], ...]
    extra: tuple[Inline, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def right_cells(self) -> tuple[Inline, ...]:
        """Return the right column in the author's order."""
        return (*(right for _, right in self.pairs), *self.extra)


class MatchKind(SlotKind[Match]):
    """The kind of questions with pairs to match."""

    name = "match"

    def parse(self, reader: BlockParser, nodes: Nodes, line: int) -> tuple[Blocks, Match | None]:
        tables = [n for n in nodes if n.type == "table"]
        if not tables:
            reader.report.add_problem(line, "no_match")
            return reader.blocks(nodes), None
        table, at = reader.table(tables[-1]), line_of(tables[-1])
        if len(table.head) != 2:
            reader.report.add_problem(at, "match_columns", found=len(table.head))
            return prompt_without(reader, nodes, tables[-1:]), None
        pairs: list[tuple[Inline, Inline]] = []
        extra: list[Inline] = []
        for n, (left, right) in enumerate(table.rows):
            if not right:
                reader.report.add_problem(at + 2 + n, "match_right")
            elif left:
                pairs.append((left, right))
            else:
                extra.append(right)
        if len(pairs) < 2:
            reader.report.add_problem(at, "no_match")
        body = Match((table.head[0], table.head[1]), tuple(pairs), tuple(extra))
        return prompt_without(reader, nodes, tables[-1:]), body if pairs else None

    def with_reasons(self, body: Match, reasons: tuple[Reason, ...]) -> Match:
        return replace(body, reasons=reasons)

    def reasons(self, body: Match) -> tuple[int, int]:
        return len(body.pairs), len(body.reasons)

    def sentences(self, body: Match) -> tuple[Inline, ...]:
        cells = (cell for pair in body.pairs for cell in pair)
        return (*body.heads, *cells, *body.extra, *(reason.inline for reason in body.reasons))

    def alternatives(self, body: Match) -> tuple[tuple[Alternative, ...], ...]:
        left = tuple((0, cell) for cell, _ in body.pairs)
        return left, tuple((0, cell) for cell in body.right_cells)

    def same_in_translation(self, body: Match) -> dict[str, object]:
        return {
            "|": (len(body.pairs), len(body.extra)),
            "[!WRONG]": tuple(reason.m for reason in body.reasons),
        }

    def ideas(self, body: Match) -> frozenset[str]:
        return ideas_of(body.reasons)

    def order(self, body: Match, rng: Random) -> tuple[int, ...]:
        """Return the indices of all right cells, shuffled, never in the order of the left cells."""
        return shuffle_unsorted(len(body.pairs), len(body.right_cells), rng)

    def rows(self, body: Match) -> int:
        return len(body.pairs)

    def field(self, body: Match, attempt: Attempt) -> AnswerField | None:
        return None

    def choices(self, body: Match, attempt: Attempt) -> int:
        return len(body.right_cells)

    def answer(self, body: Match, attempt: Attempt) -> list[int | None] | None:
        chosen = [
            attempt.order[slot] if isinstance(slot, int) else None for slot in attempt.draft.slots
        ]
        return chosen if any(index is not None for index in chosen) else None

    def mark(self, body: Match, given: GivenAnswer) -> Verdict | None:
        """Mark each pair. Two right cells with the same text are the same answer."""
        picked = items_of(given.raw)
        if all(index is None for index in picked):
            return None
        picked += [None] * (len(body.pairs) - len(picked))
        cells = body.right_cells
        parts = tuple(
            isinstance(index, int) and 0 <= index < len(cells) and cells[index] == right
            for index, (_, right) in zip(picked, body.pairs, strict=False)
        )
        return by_parts(parts, list(range(len(body.pairs))), _leads(body), body.reasons)

    def answer_parts(self, body: Match, raw: object) -> tuple[AnswerPart, ...]:
        cells = dict(enumerate(body.right_cells))
        chosen = (index if isinstance(index, int) else -1 for index in items_of(raw))
        return tuple(map(AnswerPart, map(cells.get, chosen), _leads(body)))

    def form(self, body: Match, attempt: Attempt) -> PairForm:
        reasons = tuple(reason.inline for reason in body.reasons)
        return PairForm(body.pairs, body.extra, reasons, attempt.order)

    def line_form(self, body: Match) -> Refused:
        return Refused("plain.answer.match", rows=len(body.pairs), n=len(body.right_cells))

    def read_line(self, body: Match, attempt: A, line: str) -> A:
        """Parse the number of the right cell for each row."""
        numbers, column = wholes(line), len(body.right_cells)
        if (
            numbers is None
            or len(numbers) != len(body.pairs)
            or any(not 1 <= n <= column for n in numbers)
        ):
            raise self.line_form(body)
        for row, n in enumerate(numbers):
            attempt = self.pick(body, replace(attempt, cursor=row), n - 1)
        return replace(attempt, cursor=0)


def _leads(body: Match) -> list[Inline]:
    """Return the left column as labels for the feedback."""
    return [(*left, Text(": ")) for left, _ in body.pairs]


def right_column(body: Match, attempt: Attempt) -> tuple[Inline, ...]:
    """Return the right column in the order in which it is shown."""
    cells = body.right_cells
    return tuple(cells[n] for n in attempt.order)
