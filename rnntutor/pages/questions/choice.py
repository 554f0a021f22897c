"""Renderer of questions with options, one or several of which are right."""

from __future__ import annotations

from collections.abc import Iterator

from rnntutor.pages.questions.base import QuestionRenderer, beside, hanging, key_line, number_lines
from rnntutor.render.prose import Context
from rnntutor.session import question as questions
from rnntutor.session.question import ANSWERING, DONE, QuestionState
from rnntutor.spans import Row, Rows, Span
from rnntutor.words import Words


class ChoiceDrawing(QuestionRenderer):
    """Renders options with boxes.

    Args:
        boxes: box of an option that is not chosen, and of a chosen one.
    """

    missing = "question.unchosen"

    def __init__(self, boxes: tuple[str, str]) -> None:
        self.boxes = boxes

    def rows(self, asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
        """Return the options with their digits; after the verdict, which were right."""
        rows: list[Row] = []
        for n, option in enumerate(questions.options(asked)):
            chosen = n in asked.draft.picked
            here = n == asked.cursor and asked.state == ANSWERING
            lead = [_state_mark(asked, option.right, chosen, here), Span(f"{n + 1} ", "accent")]
            lead.append(Span(f"{self.boxes[chosen]} ", "" if chosen else "grey", strong=chosen))
            mine = chosen and asked.state == DONE and not option.right
            rows += hanging(
                lead,
                option.inline,
                cells,
                context,
                f"key:{n + 1}",
                lit=here,
                strong=chosen,
                behind=f"← {words('question.yours')}" if mine else "",
            )
        return tuple(rows)

    def text(self, asked: QuestionState, cells: int, context: Context) -> Iterator[str]:
        inlines = (option.inline for option in questions.options(asked))
        yield from number_lines(inlines, cells, context)

    def key(
        self, asked: QuestionState, words: Words, cells: int, context: Context
    ) -> Iterator[str]:
        shown = questions.options(asked)
        right = [n for n, option in enumerate(shown, 1) if option.right]
        yield key_line(words, " ".join(str(n) for n in right))
        for n in right:
            yield from beside(f"  {n}  ", shown[n - 1].inline, cells, context)


def _state_mark(asked: QuestionState, right: bool, chosen: bool, here: bool) -> Span:
    """Return the mark of an option: the cursor, or after the verdict right or wrong.

    The box shows whether the option is chosen.
    """
    if asked.state != DONE:
        return Span("▸ " if here else "  ", "accent")
    if right:
        return Span("✓ ", "right")
    return Span("✗ ", "wrong") if chosen else Span("  ")
