"""Renderer of gaps within the prompt, typed or chosen."""

from __future__ import annotations

from collections.abc import Iterator

from rnntutor.course.questions.cloze import Cloze, gap_choices
from rnntutor.pages.listed import entry
from rnntutor.pages.questions.base import MARKS, ONE, QuestionRenderer, key_line
from rnntutor.render.prose import Context
from rnntutor.session.question import ANSWERING, DONE, QuestionState
from rnntutor.spans import Row, Rows, Span, pad, width
from rnntutor.words import Words

BLANK = 8  # minimum width of a typed gap in cells


class ClozeDrawing(QuestionRenderer):
    """Renders gaps in the prompt.

    The cursor is in the prompt, so the page need not scroll to it.
    """

    follows_cursor = False

    def rows(self, asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
        """Return the choices of the gap at the cursor; after the verdict, the right answers."""
        body = asked.question.body
        assert isinstance(body, Cloze)
        if asked.state == DONE:
            return _gap_answers(body, asked.verdict.parts if asked.verdict else (), words, cells)
        if asked.state != ANSWERING:
            return ()
        name = words("question.gap", n=asked.cursor + 1, of=len(body.gaps))
        rows: list[Row] = [(Span(name, "grey"),)]
        for n, choice in enumerate(gap_choices(body, asked, asked.cursor)):
            on = asked.draft.slots[asked.cursor] == n
            lead = (Span(f"  {n + 1} ", "accent"), Span(f"{ONE[on]} ", "" if on else "grey"))
            rows += entry(lead, (Span(choice, strong=on),), cells, link=f"key:{n + 1}")
        return tuple(rows)

    def gap(self, asked: QuestionState, index: int) -> Span:
        """Return the text of a gap in the prompt."""
        body = asked.question.body
        assert isinstance(body, Cloze)
        slot = asked.draft.slots[index]
        here = index == asked.cursor and asked.state == ANSWERING
        choices = gap_choices(body, asked, index)
        text = choices[slot] if isinstance(slot, int) else slot or ""
        # As wide as the longest choice, so that no line breaks elsewhere once it is filled.
        size = max(width((Span(each),)) for each in (*choices, text, "_" * BLANK * (not choices)))
        role, mark = "accent" if here else "", ""
        if asked.state == DONE and asked.verdict is not None:
            good = asked.verdict.parts[index] if index < len(asked.verdict.parts) else False
            role, mark = ("right", "✓ ") if good else ("wrong", "✗ ")
            text = text or "·"
        shown = pad(text, 0 if asked.state == DONE else size).replace(" ", "_" if not text else " ")
        # No-break spaces: a gap stays in one piece when its line is wrapped.
        return Span(
            f"[{mark}{shown}]".replace(" ", " "), role, strong=here, back="lit" if here else ""
        )

    def text(self, asked: QuestionState, cells: int, context: Context) -> Iterator[str]:
        body = asked.question.body
        assert isinstance(body, Cloze)
        for gap, _ in enumerate(body.gaps):
            choices = gap_choices(body, asked, gap)
            if choices:
                shown = "   ".join(f"{n} {text}" for n, text in enumerate(choices, 1))
                yield f"[{gap + 1}]  {shown}"

    def key(
        self, asked: QuestionState, words: Words, cells: int, context: Context
    ) -> Iterator[str]:
        body = asked.question.body
        assert isinstance(body, Cloze)
        assert asked.verdict is not None
        yield key_line(words, " / ".join(gap.answers[0] for gap in body.gaps))
        wrong = [n for n, good in enumerate(asked.verdict.parts, 1) if not good]
        if not asked.revealed and len(body.gaps) > 1:
            yield words("plain.question.gaps", gaps=", ".join(str(n) for n in wrong))


def _gap_answers(body: Cloze, parts: tuple[bool, ...], words: Words, cells: int) -> Rows:
    """Return the right answer of each gap, with its mark; no rows if all gaps are right."""
    rows: list[Row] = []
    for n, (gap, good) in enumerate(zip(body.gaps, parts, strict=False), 1):
        mark, role = MARKS["right" if good else "wrong"]
        name = words("question.gap-answer", n=n)
        lead = (Span(f"{mark} ", role), Span(f"{name}  ", "grey"))
        rows += entry(lead, (Span(gap.answers[0]),), cells)
    return () if all(parts) else tuple(rows)
