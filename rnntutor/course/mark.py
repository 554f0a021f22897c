"""What an answer is worth, and what it says about the one who gave it: a pure function.

Answers are plain data, so that the log keeps them as they are; each kind of question says in its
module which.
"""

from __future__ import annotations

from collections.abc import Iterable

from rnntutor.course.blocks import Question, Term
from rnntutor.course.questions import kind_of
from rnntutor.course.questions.base import Verdict
from rnntutor.course.variant import Instance


def mark(
    question: Question,
    raw: object,
    *,
    instance: Instance | None = None,
    glossary: Iterable[Term] = (),
) -> Verdict | None:
    """The verdict on an answer.

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
    return kind.mark(question.body, raw, instance=instance, glossary=glossary)
