"""The kinds of question.

A new kind needs a module here with an entry in the registry, and a module with an entry in that of
pages/questions; docs/adding-a-question-kind.md describes the steps.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any

from rnntutor.course.fill import fill_common_text
from rnntutor.course.question import Question
from rnntutor.course.questions.base import GivenAnswer, QuestionKind, Verdict
from rnntutor.course.term import GlossaryTerm
from rnntutor.course.variant import Instance, seed_of


def kind_of(question: Question) -> QuestionKind[Any]:
    """Return the kind of a question.

    The first call imports the kinds: a simulation alone asks no question.
    """
    from rnntutor.course.questions.registry import KINDS

    return KINDS[question.type]


def order_of(question: Question, salt: str, number: int) -> tuple[int, ...]:
    """Return the order in which the choices are shown: indices in the author's order, from 0."""
    rng = Random(seed_of(question.id, salt, number))
    return kind_of(question).order(question.body, rng)


def gap_orders(question: Question, salt: str, number: int) -> tuple[tuple[int, ...], ...]:
    """Return for each gap the order in which its choices are shown."""
    rng = Random(seed_of(question.id, salt, number))
    return kind_of(question).gap_orders(question.body, rng)


def draw(question: Question, salt: str, number: int) -> Instance | None:
    """Return the numbers of a variant, or None for a question without drawn numbers.

    Raises:
        VariantError: No draw is usable, or the text of the question names an unknown number.
    """
    return kind_of(question).draw(question.body, question, salt, number)


def fill_question(question: Question, instance: Instance) -> Question:
    """Return the question with the numbers of the instance in all of its text.

    Raises:
        VariantError: The text names an unknown number.
    """
    body = kind_of(question).fill(question.body, instance)
    return fill_common_text(question, body, instance)


def mark(
    question: Question,
    raw: object,
    *,
    instance: Instance | None = None,
    glossary: Iterable[GlossaryTerm] = (),
) -> Verdict | None:
    """Mark an answer.

    Answers are plain data, so that the log can store them unchanged; the module of each kind
    describes their form.

    Args:
        question: The question.
        raw: The answer as it is logged.
        instance: The drawn numbers of a `trace` or `faded` question.
        glossary: Terms with aliases that are accepted in cloze gaps.

    Returns:
        The verdict, or None if there is nothing to mark: no answer yet, or text that is not a
            number where a number is required. Such an answer has no cost.

    Raises:
        ValueError: A `trace` or `faded` question without an instance.
    """
    kind = kind_of(question)
    return kind.mark(question.body, GivenAnswer(raw, instance, glossary))
