"""What cloze and match have in common: something is put into each of several places, and each that
is wrong has its reason."""

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

    by_place = True

    def blank(self, body: B) -> AnswerDraft:
        return AnswerDraft(slots=(None,) * self.rows(body))

    def pick(self, body: B, attempt: A, place: int | None) -> A:
        """The cursor's slot with the choice at `place`, or empty if that stands there already."""
        if place is None or not 0 <= place < self.choices(body, attempt):
            return attempt
        there = attempt.draft.slots[attempt.cursor]
        return with_slot(attempt, None if there == place else place)

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
    """The field in which the cursor's slot is typed."""
    slot = attempt.draft.slots[attempt.cursor]
    text = slot if isinstance(slot, str) else ""
    return AnswerField("entry.gap", text, {"n": attempt.cursor + 1}, number)


def gap_names(count: int) -> tuple[Inline, ...]:
    """What stands before each of so many gaps where they are told apart."""
    if count == 1:
        return ((),)
    return tuple((Text(f"[{n}] ", strong=True),) for n in range(1, count + 1))


def ideas_of(reasons: Sequence[Reason]) -> frozenset[str]:
    """The misconceptions behind what may be wrong."""
    return frozenset(reason.m for reason in reasons if reason.m)


def with_slot(attempt: A, value: str | int | None) -> A:
    """The attempt with this in the cursor's slot."""
    slots = list(attempt.draft.slots)
    slots[attempt.cursor] = value
    return replace(attempt, draft=replace(attempt.draft, slots=tuple(slots)))


def by_parts(
    parts: tuple[bool, ...], right: object, leads: Sequence[Inline], reasons: Sequence[Reason]
) -> Verdict:
    """A verdict whose feedback is the reason for each part that is wrong, after what was put (or
    stood) there."""
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
