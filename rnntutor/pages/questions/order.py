"""Renderer of items to put in order."""

from __future__ import annotations

from collections.abc import Iterator

from rnntutor.course.questions.order import Order
from rnntutor.pages.questions.base import (
    MARKS,
    QuestionRenderer,
    beside,
    hanging,
    key_line,
    number_lines,
)
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.prose import Context
from rnntutor.session import question as questions
from rnntutor.session.question import ANSWERING, DONE, QuestionState
from rnntutor.spans import Row, Rows, Span
from rnntutor.words import Words


class OrderDrawing(QuestionRenderer):
    """Renderer of items to put in order."""

    missing = "question.unchosen"

    def rows(self, asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
        """Return the items with their given numbers; after the verdict in the right order."""
        if asked.state == DONE:
            return _right_order(asked, words, cells, context)
        rows: list[Row] = []
        for n, option in enumerate(questions.options(asked)):
            number = asked.draft.picked.index(n) + 1 if n in asked.draft.picked else None
            here = n == asked.cursor and asked.state == ANSWERING
            lead = [Span("▸ " if here else "  ", "accent"), Span(f"{n + 1}  ", "accent")]
            lead.append(Span(f"[{number or ' '}] ", "" if number else "grey", strong=bool(number)))
            rows += hanging(lead, option.inline, cells, context, f"key:{n + 1}", lit=here)
        if asked.state == ANSWERING and asked.draft.picked:
            rows += ((), *wrap((Span(words("question.order-back"), "grey"),), cells))
        return tuple(rows)

    def text(self, asked: QuestionState, cells: int, context: Context) -> Iterator[str]:
        inlines = (option.inline for option in questions.options(asked))
        yield from number_lines(inlines, cells, context)

    def key(
        self, asked: QuestionState, words: Words, cells: int, context: Context
    ) -> Iterator[str]:
        body = asked.question.body
        assert isinstance(body, Order)
        numbers = {option.id: n for n, option in enumerate(questions.options(asked), 1)}
        yield key_line(words, " ".join(str(numbers[item.id]) for item in body.items))
        for item in body.items:
            yield from beside(f"  {numbers[item.id]}  ", item.inline, cells, context)


def _right_order(asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
    """Return the items in the right order, then the distractors.

    Each item with a wrong number is followed by the number that the learner gave it.
    """
    body = asked.question.body
    assert isinstance(body, Order)
    shown = questions.options(asked)
    given = {shown[index].id: n + 1 for n, index in enumerate(asked.draft.picked)}
    rows: list[Row] = []
    for n, option in enumerate((*body.items, *body.distractors)):
        wanted = n + 1 if n < len(body.items) else None
        number = given.get(option.id)
        lead = [Span("  "), Span(f"{wanted or '–'}  ", "accent")]
        behind = ""
        if given:
            mark, role = MARKS["right" if number == wanted else "wrong"]
            lead[0] = Span(f"{mark} ", role)
        if given and number != wanted:
            behind = words("question.placed", n=number) if number else words("question.unplaced")
        rows += hanging(lead, option.inline, cells, context, "", behind=behind)
    return tuple(rows)
