"""The kinds of question. A new one is a module here and its line in KINDS, and a module and a line
in pages/questions; docs/adding-a-question-kind.md tells it step by step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random
from types import MappingProxyType
from typing import Any

from rnntutor.course.fill import question_filled
from rnntutor.course.question import Question
from rnntutor.course.questions.base import GivenAnswer, QuestionKind, Verdict
from rnntutor.course.questions.cloze import ClozeKind
from rnntutor.course.questions.faded import FadedKind
from rnntutor.course.questions.match import MatchKind
from rnntutor.course.questions.multi import MultiKind
from rnntutor.course.questions.numeric import NumericKind
from rnntutor.course.questions.order import OrderKind
from rnntutor.course.questions.single import SingleKind
from rnntutor.course.questions.trace import TraceKind
from rnntutor.course.term import GlossaryTerm
from rnntutor.course.variant import Instance, seed_of

KINDS: Mapping[str, QuestionKind[Any]] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            SingleKind(),
            MultiKind(),
            NumericKind(),
            ClozeKind(),
            OrderKind(),
            MatchKind(),
            TraceKind(),
            FadedKind(),
        )
    }
)
"""Every kind by the name that an author writes: `type=single`."""


def kind_of(question: Question) -> QuestionKind[Any]:
    """The kind of a question."""
    return KINDS[question.type]


def order_of(question: Question, salt: str, number: int) -> tuple[int, ...]:
    """In which order what can be chosen is shown: places in the author's order, from 0."""
    rng = Random(seed_of(question.id, salt, number))
    return kind_of(question).order(question.body, rng)


def gap_orders(question: Question, salt: str, number: int) -> tuple[tuple[int, ...], ...]:
    """The same of each gap's choices."""
    rng = Random(seed_of(question.id, salt, number))
    return kind_of(question).gap_orders(question.body, rng)


def draw(question: Question, salt: str, number: int) -> Instance | None:
    """The numbers of a variant; None for a question that draws none. Raises VariantError where
    there are none to be had, or its text names a number that is not there."""
    return kind_of(question).draw(question.body, question, salt, number)


def filled(question: Question, instance: Instance) -> Question:
    """The question with the instance's numbers in all of its text. Raises VariantError."""
    body = kind_of(question).filled(question.body, instance)
    return question_filled(question, body, instance)


def mark(
    question: Question,
    raw: object,
    *,
    instance: Instance | None = None,
    glossary: Iterable[GlossaryTerm] = (),
) -> Verdict | None:
    """What an answer is worth, and what it says about the one who gave it. Answers are plain data,
    so that the log keeps them as they are; each kind says in its module which.

    Args:
        raw: the answer as it is logged.
        instance: of a `trace` question, its numbers.
        glossary: its aliases pass in cloze gaps.

    Returns:
        None where there is nothing to mark: no answer yet, or something that is not a number where
        one is asked for. That costs nothing.

    Raises:
        ValueError: a `trace` question without an instance.
    """
    kind = kind_of(question)
    return kind.mark(question.body, GivenAnswer(raw, instance, glossary))
