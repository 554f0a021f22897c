"""The common part of questions with several slots to fill (cloze, faded, match).

Each wrong slot has an explanation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from rnntutor.course.blocks import Inline, Text
from rnntutor.course.question import Body, Reason
from rnntutor.course.questions.base import (
    A,
    AnswerDraft,
    AnswerField,
    Attempt,
    QuestionKind,
    Verdict,
    sentence,
    verdict,
)

B = TypeVar("B", bound=Body)


class SlotKind(QuestionKind[B]):
    """A question with a slot for each row."""

    by_part = True

    def blank(self, body: B) -> AnswerDraft:
        return AnswerDraft(slots=(None,) * self.rows(body))

    def pick(self, body: B, attempt: A, index: int | None) -> A:
        """Put the choice at `index` in the cursor's slot, or empty a slot that holds it already."""
        if index is None or not 0 <= index < self.choices(body, attempt):
            return attempt
        there = attempt.draft.slots[attempt.cursor]
        return with_slot(attempt, None if there == index else index)

    def cycle(self, body: B, attempt: A, count: int) -> A:
        size = self.choices(body, attempt)
        if not size:
            return attempt
        now = attempt.draft.slots[attempt.cursor]
        start = now if isinstance(now, int) else -1 if count > 0 else size
        return with_slot(attempt, (start + count) % size)

    def type_text(self, body: B, attempt: A, text: str) -> A:
        return with_slot(attempt, text or None)

    def right(self, body: B, attempt: Attempt) -> object:
        return None


def slot_field(attempt: Attempt, *, number: bool = False) -> AnswerField:
    """Return the text field of the cursor's slot."""
    slot = attempt.draft.slots[attempt.cursor]
    text = slot if isinstance(slot, str) else ""
    return AnswerField("entry.gap", text, {"n": attempt.cursor + 1}, number)


def gap_names(count: int) -> tuple[Inline, ...]:
    """Return the labels of the gaps; a single gap has an empty one."""
    if count == 1:
        return ((),)
    return tuple((Text(f"[{n}] ", strong=True),) for n in range(1, count + 1))


def ideas_of(reasons: Sequence[Reason]) -> frozenset[str]:
    """Return the misconceptions behind the reasons."""
    return frozenset(reason.m for reason in reasons if reason.m)


def with_slot(attempt: A, value: str | int | None) -> A:
    """Return the attempt with this value in the cursor's slot."""
    slots = list(attempt.draft.slots)
    slots[attempt.cursor] = value
    return replace(attempt, draft=replace(attempt.draft, slots=tuple(slots)))


def by_parts(
    parts: tuple[bool, ...], right: object, leads: Sequence[Inline], reasons: Sequence[Reason]
) -> Verdict:
    """Return a verdict with the reason for each wrong part, after its label, as feedback."""
    wrong = [
        (lead, reason)
        for good, lead, reason in zip(parts, leads, reasons, strict=False)
        if not good
    ]
    return verdict(
        sum(parts) / max(1, len(parts)),
        tuple(sentence((*lead, *reason.inline)) for lead, reason in wrong),
        right,
        parts,
        misconceptions=tuple(reason.m for _, reason in wrong if reason.m),
    )
