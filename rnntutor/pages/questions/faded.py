"""Renderer of a calculation with gaps for numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from rnntutor.course.blocks import Inline, Text
from rnntutor.course.faded import CalculationLine, Faded
from rnntutor.course.fill import decimal
from rnntutor.course.questions.base import TOO_COARSE
from rnntutor.course.questions.faded import FOLLOWS, RIGHT, ROUGH, judge
from rnntutor.course.working import line_before_gaps, line_with_numbers
from rnntutor.pages.listed import hang
from rnntutor.pages.questions.base import MARKS, QuestionRenderer, hanging, key_line
from rnntutor.render.primitives.wrap import GLUE, wrap
from rnntutor.render.prose import Context, lay_out_inline
from rnntutor.session import precision
from rnntutor.session.question import ANSWERING, DONE, QuestionState
from rnntutor.spans import Row, Rows, Span
from rnntutor.words import Words

BLANK = 7  # width of an empty gap in cells


class FadedDrawing(QuestionRenderer):
    """Renderer of a calculation with gaps."""

    def rows(self, asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
        """Return every line with the typed numbers; after the verdict, the right ones."""
        body, done = asked.question.body, asked.state == DONE
        assert isinstance(body, Faded) and asked.instance is not None
        gaps = {line: n for n, line in enumerate(body.gaps)}
        rows: list[Row] = []
        for line in body.lines:
            n = gaps.get(line)
            here = n is not None and n == asked.cursor and asked.state == ANSWERING
            lead = [Span("▸ " if here else "  ", "accent"), Span(f"{line.arrow:<2}", "grad")]
            behind = ""
            if n is None:
                said = (line_with_numbers if done else partial(line_before_gaps, body))(
                    line, asked.instance
                )
            elif done:
                lead[0], said, behind = self._mark_gap(asked, body, line, n, words)
            else:
                said = (*line_before_gaps(body, line, asked.instance), _box(asked, body, n, words))
            link = "" if n is None else f"row:{n}"
            rows += hanging(lead, said, cells, context, link, lit=here, behind=behind)
        if asked.state == ANSWERING:
            rows += ((), *wrap((Span(precision.field(asked, words), "grey"),), cells))
        return tuple(rows)

    def _mark_gap(
        self, asked: QuestionState, body: Faded, line: CalculationLine, n: int, words: Words
    ) -> tuple[Span, Inline, str]:
        """Return the mark of a gap, the right line, and what was typed."""
        assert asked.instance is not None
        state = judge(body, _texts(asked), asked.instance)[n].state
        good = state in (RIGHT, FOLLOWS, ROUGH)
        sign, role = MARKS["right" if good else "wrong"]
        typed = asked.draft.slots[n]
        behind = ""
        if isinstance(typed, str) and state != RIGHT:
            key = "question.follows" if state == FOLLOWS else "question.yours"
            behind = f"← {words(key)} {typed.strip()}"
        return Span(f"{sign} ", role), line_with_numbers(line, asked.instance), behind

    def text(self, asked: QuestionState, cells: int, context: Context) -> Iterator[str]:
        body = asked.question.body
        assert isinstance(body, Faded) and asked.instance is not None
        n = 0
        for line in body.lines:
            said = line_before_gaps(body, line, asked.instance)
            if line.gap:
                n += 1
                said = (*said, Text(f"[{n}{GLUE}____]"))
            yield from hang(f"{line.arrow or ' '} ", lay_out_inline(said, cells - 2, context))

    def key(
        self, asked: QuestionState, words: Words, cells: int, context: Context
    ) -> Iterator[str]:
        body = asked.question.body
        assert isinstance(body, Faded) and asked.instance is not None
        judged = judge(body, _texts(asked), asked.instance)
        yield key_line(words, "; ".join(decimal(one.key) for one in judged))
        for n, line in enumerate(body.gaps, 1):
            said = line_with_numbers(line, asked.instance)
            yield from hang(f"[{n}] ", lay_out_inline(said, cells - 4, context))


def _texts(asked: QuestionState) -> list[str]:
    return [slot if isinstance(slot, str) else "" for slot in asked.draft.slots]


def _box(asked: QuestionState, body: Faded, n: int, words: Words) -> Text:
    """Return a gap with what was typed in it, and a note if it is only rounded too early."""
    slot = asked.draft.slots[n]
    typed = slot.strip() if isinstance(slot, str) else ""
    said = f"[{n + 1}] {typed or '_' * BLANK}"
    if asked.complaint == TOO_COARSE and asked.instance is not None:
        rough = judge(body, _texts(asked), asked.instance)[n].state == ROUGH
        said += f" ≈ {words('question.rough')}" if rough else ""
    return Text(said.replace(" ", GLUE), strong=n == asked.cursor)
