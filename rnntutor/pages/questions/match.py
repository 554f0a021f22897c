"""Renderer of pairs to match."""

from __future__ import annotations

from collections.abc import Iterator

from rnntutor.course.blocks import Text
from rnntutor.course.questions.match import Match, right_column
from rnntutor.pages.questions.base import (
    MARKS,
    QuestionRenderer,
    beside,
    hanging,
    key_line,
    number_lines,
    on_one_line,
)
from rnntutor.render.prose import Context
from rnntutor.session.question import ANSWERING, DONE, QuestionState
from rnntutor.spans import Row, Rows, Span
from rnntutor.words import Words


class MatchDrawing(QuestionRenderer):
    """Renderer of pairs to match."""

    def rows(self, asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
        """Return left cells with answers, then the right column; after the verdict, the pairs."""
        body = asked.question.body
        assert isinstance(body, Match)
        column = right_column(body, asked)
        if asked.state == DONE:
            return _right_pairs(asked, body, words, cells, context)
        rows: list[Row] = []
        for n, (left, _) in enumerate(body.pairs):
            slot = asked.draft.slots[n]
            here = n == asked.cursor and asked.state == ANSWERING
            picked = str(slot + 1) if isinstance(slot, int) else " "
            lead = [Span("▸ " if here else "  ", "accent")]
            lead.append(Span(f"[{picked}] ", "" if slot is not None else "grey", strong=here))
            rows += hanging(lead, left, cells, context, f"row:{n}", lit=here)
        rows.append(())
        for n, cell in enumerate(column):
            rows += hanging([Span(f"  {n + 1}  ", "accent")], cell, cells, context, f"key:{n + 1}")
        return tuple(rows)

    def text(self, asked: QuestionState, cells: int, context: Context) -> Iterator[str]:
        """Yield the left cells by letters, then the right column by numbers."""
        body = asked.question.body
        assert isinstance(body, Match)
        for n, (left, _) in enumerate(body.pairs):
            yield from beside(f"  {_letter(n)}  ", left, cells, context)
        yield ""
        yield from number_lines(right_column(body, asked), cells, context)

    def key(
        self, asked: QuestionState, words: Words, cells: int, context: Context
    ) -> Iterator[str]:
        body = asked.question.body
        assert isinstance(body, Match)
        column = right_column(body, asked)
        yield key_line(words, " ".join(str(column.index(right) + 1) for _, right in body.pairs))
        for n, (left, cell) in enumerate(body.pairs):
            there = f"{column.index(cell) + 1} {on_one_line(cell, cells, context)}"
            yield f"  {_letter(n)}  {on_one_line(left, cells, context)}: {there}"


def _right_pairs(
    asked: QuestionState, body: Match, words: Words, cells: int, context: Context
) -> Rows:
    """Return the right pairs; a pair answered wrong is followed by the learner's choice."""
    column = right_column(body, asked)
    rows: list[Row] = []
    for n, (left, right) in enumerate(body.pairs):
        slot = asked.draft.slots[n]
        mine = column[slot] if isinstance(slot, int) else ()
        mark, role = MARKS["right" if mine == right else "wrong"]
        behind = ""
        if mine and mine != right:
            behind = words("question.paired", other=on_one_line(mine, cells, context))
        pair = (*left, Text(" → "), *right)
        rows += hanging([Span(f"{mark} ", role)], pair, cells, context, "", behind=behind)
    return tuple(rows)


def _letter(row: int) -> str:
    """Return the letter of a row (a, b, c …)."""
    return chr(ord("a") + row) if row < 26 else str(row + 1)
