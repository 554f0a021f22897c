"""`type=cloze`: gaps within the text, typed or picked.

The answer is a list with the text of each gap, or None for an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from rnntutor.course.blocks import Blocks, Inline, Text
from rnntutor.course.question import Body, Gap, Reason
from rnntutor.course.questions.base import (
    A,
    Alternative,
    AnswerField,
    AnswerPart,
    Attempt,
    GivenAnswer,
    Verdict,
    items_of,
    typed_text,
)
from rnntutor.course.questions.forms import GapForm, PickedGap, TypedGap
from rnntutor.course.questions.slots import SlotKind, by_parts, gap_names, ideas_of, slot_field
from rnntutor.course.shuffle import shuffle
from rnntutor.course.term import GlossaryTerm
from rnntutor.course.typed_line import wholes
from rnntutor.course.wording import passes, same_words
from rnntutor.failure import Refused

if TYPE_CHECKING:
    from rnntutor.course.nodes import Nodes
    from rnntutor.course.reader import BlockParser


@dataclass(frozen=True, slots=True)
class Cloze(Body):
    """The gaps of a cloze; the prompt contains a GapMark for each of them.

    Attributes:
        gaps: The gaps in order.
        reasons: Explanations, one for each gap.
    """

    gaps: tuple[Gap, ...]
    reasons: tuple[Reason, ...] = ()


class ClozeKind(SlotKind[Cloze]):
    """The kind of questions with gaps in a text."""

    name = "cloze"

    def parse(self, reader: BlockParser, nodes: Nodes, line: int) -> tuple[Blocks, Cloze | None]:
        gaps: list[Gap] = []
        reader.line.gaps = gaps
        prompt = reader.blocks(nodes)
        reader.line.gaps = None
        if not gaps:
            reader.report.add_problem(line, "no_gaps")
            return prompt, None
        return prompt, Cloze(tuple(gaps))

    def with_reasons(self, body: Cloze, reasons: tuple[Reason, ...]) -> Cloze:
        return replace(body, reasons=reasons)

    def reasons(self, body: Cloze) -> tuple[int, int]:
        return len(body.gaps), len(body.reasons)

    def sentences(self, body: Cloze) -> tuple[Inline, ...]:
        return tuple(reason.inline for reason in body.reasons)

    def alternatives(self, body: Cloze) -> tuple[tuple[Alternative, ...], ...]:
        return tuple(tuple((0, (Text(choice),)) for choice in gap.choices) for gap in body.gaps)

    def same_in_translation(self, body: Cloze) -> dict[str, object]:
        return {
            "[!WRONG]": tuple(reason.m for reason in body.reasons),
            "[[": tuple(_form(gap) for gap in body.gaps),
        }

    def ideas(self, body: Cloze) -> frozenset[str]:
        return ideas_of(body.reasons)

    def gap_orders(self, body: Cloze, rng: Random) -> tuple[tuple[int, ...], ...]:
        return tuple(shuffle(range(len(gap.choices)), rng) for gap in body.gaps)

    def rows(self, body: Cloze) -> int:
        return len(body.gaps)

    def field(self, body: Cloze, attempt: Attempt) -> AnswerField | None:
        return slot_field(attempt) if body.gaps[attempt.cursor].kind == "type" else None

    def choices(self, body: Cloze, attempt: Attempt) -> int:
        return len(body.gaps[attempt.cursor].choices)

    def answer(self, body: Cloze, attempt: Attempt) -> list[str | None] | None:
        texts = [
            gap_choices(body, attempt, gap)[slot] if isinstance(slot, int) else slot
            for gap, slot in enumerate(attempt.draft.slots)
        ]
        return texts if any(text is not None for text in texts) else None

    def mark(self, body: Cloze, given: GivenAnswer) -> Verdict | None:
        texts = [str(text or "") for text in items_of(given.raw)]
        if not any(text.strip() for text in texts):
            return None
        texts += [""] * (len(body.gaps) - len(texts))
        terms = tuple(given.glossary)
        parts = tuple(_right(text, gap, terms) for text, gap in zip(texts, body.gaps, strict=False))
        right = [gap.answers[0] for gap in body.gaps]
        return by_parts(parts, right, gap_names(len(body.gaps)), body.reasons)

    def answer_parts(self, body: Cloze, raw: object) -> tuple[AnswerPart, ...]:
        texts = map(typed_text, items_of(raw))
        return tuple(map(AnswerPart, texts, gap_names(len(body.gaps))))

    def form(self, body: Cloze, attempt: Attempt) -> GapForm:
        reasons = (*(reason.inline for reason in body.reasons), *((),) * len(body.gaps))
        return GapForm(
            attempt.question.prompt,
            tuple(
                TypedGap(gap.answers, reason)
                if gap.kind == "type"
                else PickedGap(gap_choices(body, attempt, n), gap.answers[0], reason)
                for n, (gap, reason) in enumerate(zip(body.gaps, reasons, strict=False))
            ),
        )

    def line_form(self, body: Cloze) -> Refused:
        if len(body.gaps) > 1:
            return Refused("plain.answer.cloze", n=len(body.gaps))
        typed = body.gaps[0].kind == "type"
        return Refused("plain.answer.gap" if typed else "plain.answer.pick")

    def read_line(self, body: Cloze, attempt: A, line: str) -> A:
        """Parse one part per gap: its text, or the number or text of a choice."""
        texts = _split_at_slashes(line, len(body.gaps))
        if len(texts) != len(body.gaps):
            raise self.line_form(body)
        for gap, text in enumerate(texts):
            attempt = replace(attempt, cursor=gap)
            if body.gaps[gap].kind == "type":
                attempt = self.type_text(body, attempt, text)
            elif text:
                attempt = self.pick(body, attempt, _choice(body, attempt, gap, text))
        return replace(attempt, cursor=0)


def gap_choices(body: Cloze, attempt: Attempt, gap: int) -> tuple[str, ...]:
    """Return the choices of a picked gap in the order of display; () for a typed gap."""
    return tuple(body.gaps[gap].choices[n] for n in attempt.gaps[gap])


def accepted_answers(gap: Gap, glossary: Iterable[GlossaryTerm] = ()) -> frozenset[str]:
    """Return all accepted answers of a gap, normalised by `same_words`.

    These are its answers and, if one of them names a term of the glossary, all names of that term
    in both languages.
    """
    answers = {same_words(answer) for answer in gap.answers}
    if gap.kind == "type":
        for term in glossary:
            names = set(map(same_words, term.names))
            if answers & names:
                answers |= names
    return frozenset(answers)


def _right(text: str, gap: Gap, terms: Iterable[GlossaryTerm]) -> bool:
    """Return whether a gap is filled correctly; a picked gap needs exactly the right choice."""
    answers = accepted_answers(gap, terms)
    if gap.kind == "type":
        return bool(text.strip()) and passes(text, answers)
    return same_words(text) in answers


def _form(gap: Gap) -> tuple[object, ...]:
    """Return the data of a gap that must be equal in every language.

    These are its kind and, for a picked gap, the number of choices and the position of the right
    one from 1.
    """
    if not gap.choices:
        return (gap.kind,)
    right = gap.answers[0]
    number = gap.choices.index(right) + 1 if right in gap.choices else 0
    return gap.kind, len(gap.choices), number


def _split_at_slashes(line: str, gaps: int) -> list[str]:
    """Split a line at slashes next to a space, or at all slashes if that gives the wrong number."""
    if gaps == 1:
        return [line]
    spaced = re.split(r"\s+/\s*|\s*/\s+", line)
    found = spaced if len(spaced) == gaps else line.split("/")
    return [part.strip() for part in found]


def _choice(body: Cloze, attempt: Attempt, gap: int, text: str) -> int:
    """Return the displayed index of a choice given by its number or text.

    Raises:
        Refused: There is no such choice.
    """
    choices = gap_choices(body, attempt, gap)
    numbers = wholes(text)
    if numbers is not None and len(numbers) == 1 and 1 <= numbers[0] <= len(choices):
        return numbers[0] - 1
    if text in choices:
        return choices.index(text)
    raise Refused("plain.answer.choice", gap=gap + 1, n=len(choices))
