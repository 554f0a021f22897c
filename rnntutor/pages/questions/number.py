"""Renderer of a typed number."""

from __future__ import annotations

from collections.abc import Iterator

from rnntutor.course.fill import decimal
from rnntutor.pages.listed import entry
from rnntutor.pages.questions.base import MARKS, QuestionRenderer, key_line
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.prose import Context
from rnntutor.session import precision
from rnntutor.session import question as questions
from rnntutor.session.question import ANSWERING, DONE, QuestionState
from rnntutor.spans import Row, Rows, Span
from rnntutor.words import Words


class NumberDrawing(QuestionRenderer):
    """Renderer of a question with one typed number."""

    def rows(self, asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
        """Return the required precision, the submitted answer, later the right one."""
        if asked.state != DONE:
            if asked.state == ANSWERING:
                return wrap((Span(precision.field(asked, words), "grey"),), cells)
            exact = wrap((Span(precision.asked_for(asked, words), "grey"),), cells)
            if asked.revealed:
                return exact
            label = Span(f"{words('question.yours')}  ", "grey")
            return (*exact, *entry((label,), (Span(asked.draft.text.strip(), strong=True),), cells))
        assert asked.verdict is not None
        good = asked.verdict.state == "right"
        rows: list[Row] = []
        if not asked.revealed:
            sign, role = MARKS["right" if good else "wrong"]
            typed = Span(asked.draft.text.strip(), strong=True)
            yours = Span(f"   ← {words('question.yours')}", "grey")
            rows += wrap((Span(f"{sign} ", role), typed, Span(worth(asked)), yours), cells)
        if not good:
            rows.append((Span("✓ ", "right"), Span(str(asked.verdict.right), strong=True)))
        return tuple(rows)

    def text(self, asked: QuestionState, cells: int, context: Context) -> Iterator[str]:
        yield from ()

    def key(
        self, asked: QuestionState, words: Words, cells: int, context: Context
    ) -> Iterator[str]:
        assert asked.verdict is not None
        yield key_line(words, str(asked.verdict.right))


def worth(asked: QuestionState) -> str:
    """Return the value of a typed expression, as " = 0.462"; "" for a plain number or none."""
    typed = questions.typed_number(asked)
    return "" if typed is None or typed.bare else f" = {decimal(typed.value)}"
