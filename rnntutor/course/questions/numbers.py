"""The common part of numeric and trace questions: one typed number or expression."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from rnntutor.course.blocks import Inline
from rnntutor.course.expression import ExpressionError, Typed, evaluate
from rnntutor.course.precision import Passes
from rnntutor.course.question import Body
from rnntutor.course.questions.base import (
    COARSE,
    TOO_COARSE,
    A,
    AnswerDraft,
    AnswerField,
    AnswerPart,
    Attempt,
    GivenAnswer,
    QuestionKind,
    Verdict,
    typed_text,
    verdict,
)
from rnntutor.failure import Refused
from rnntutor.numbers import minus

if TYPE_CHECKING:
    from rnntutor.course.variant import Instance

B = TypeVar("B", bound=Body)


class NumberKind(QuestionKind[B]):
    """A question with one number as its answer.

    The answer is the typed text; a number in a log is accepted as well.
    """

    def blank(self, body: B) -> AnswerDraft:
        return AnswerDraft()

    def rows(self, body: B) -> int:
        return 0

    def field(self, body: B, attempt: Attempt) -> AnswerField | None:
        return AnswerField("entry.answer", attempt.draft.text, {}, number=True)

    def type_text(self, body: B, attempt: A, text: str) -> A:
        return replace(attempt, draft=replace(attempt.draft, text=text))

    def answer(self, body: B, attempt: Attempt) -> str | None:
        return attempt.draft.text.strip() or None

    def number(self, body: B, attempt: Attempt) -> Typed | None:
        return typed_number(attempt.draft.text)

    def complaint(self, body: B, attempt: Attempt) -> str:
        return complaint_of(self, body, attempt, (attempt.draft.text,))

    def mark(self, body: B, given: GivenAnswer) -> Verdict | None:
        number = typed_number(given.raw)
        return None if number is None else self.judge(body, number, given.instance)

    @abstractmethod
    def judge(self, body: B, typed: Typed, instance: Instance | None) -> Verdict:
        """Mark a number."""

    def answer_parts(self, body: B, raw: object) -> tuple[AnswerPart, ...]:
        return (number_part(raw),)

    def line_form(self, body: B) -> Refused:
        return Refused("plain.answer.number")

    def read_line(self, body: B, attempt: A, line: str) -> A:
        return self.type_text(body, attempt, line)


def number_part(raw: object, name: Inline = ()) -> AnswerPart:
    """Return a number as typed, for display."""
    text = typed_text(raw)
    return AnswerPart(None if text is None else minus(text), name)


def typed_number(raw: object) -> Typed | None:
    """Return the number in an answer, or None if there is none."""
    if isinstance(raw, str):
        try:
            return evaluate(raw)
        except ExpressionError:
            return None
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < 1e300:
        return Typed(float(raw), True, False)
    return None


def within(low: float, value: float, high: float) -> bool:
    """Return whether low ≤ value ≤ high, allowing for binary rounding errors (0.731 + 0.001)."""
    slack = 1e-9 * max(abs(low), abs(high), high - low)
    return low - slack <= value <= high + slack


def wrong_verdict(key: str, passes: Passes, value: float) -> Verdict:
    """Return the verdict on a number that is neither right nor a known mistake: coarse or wrong."""
    if within(passes.least, value, passes.most):
        return Verdict(0.0, COARSE, (), key, (False,))
    return verdict(0.0, (), key, (False,))


def complaint_of(kind: QuestionKind[B], body: B, attempt: Attempt, texts: Iterable[str]) -> str:
    """Return the key in words/ of the reason why typed numbers cannot be accepted yet, or "".

    The reasons are text that is not a number, and numbers that are only rounded too early.
    """
    for text in texts:
        try:
            evaluate(text)
        except ExpressionError as error:
            return error.key
    raw = kind.answer(body, attempt)
    found = kind.mark(body, GivenAnswer(raw, attempt.instance))
    return TOO_COARSE if found is not None and found.state == COARSE else ""
