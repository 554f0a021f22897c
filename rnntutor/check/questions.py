"""Rules for questions: they are clear, do not give their answers away and explain mistakes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection

from rich.cells import cell_len

from rnntutor.check.source import Source
from rnntutor.course.blocks import Text
from rnntutor.course.load import plain_text
from rnntutor.course.question import Question
from rnntutor.course.questions import kind_of
from rnntutor.course.walk import inlines
from rnntutor.course.wording import same_words

# Largest share of questions in which the key may be the longest option, and the number of
# questions from which on this is checked.
LONGEST, ENOUGH = 0.6, 5


def check_questions(source: Source, topics: Collection[str]) -> None:
    """Check each question, and the questions of a lesson together."""
    for question in source.lesson.questions:
        if question.topic not in topics:
            known = ", ".join(topics)
            source.add_problem(question.line, "topic", topic=question.topic, choices=known)
        if not question.why:
            source.add_problem(question.line, "why", id=question.id)
        for option in kind_of(question).options(question.body):
            if not option.right and not option.feedback:
                source.add_problem(option.line, "feedback", text=plain_text(option.inline))
        _reasons(source, question)
        _equal(source, question)
    _steps_named(source)
    _longest(source)
    _steps_without_questions(source)


def _steps_named(source: Source) -> None:
    """Check that the explanation of each pool question links to a step, for a quiz to return to."""
    for question in source.lesson.pool:
        pieces = (piece for inline in inlines(question.why) for piece in inline)
        if question.why and not any(
            isinstance(piece, Text) and piece.link is not None and piece.link.kind == "step"
            for piece in pieces
        ):
            source.add_problem(question.line, "why_step", id=question.id)


def _reasons(source: Source, question: Question) -> None:
    """Check that every gap and every pair has an explanation of wrong answers."""
    wanted, found = kind_of(question).reasons(question.body)
    if found != wanted:
        source.add_problem(question.line, "reasons", wanted=wanted, found=found)


def _equal(source: Source, question: Question) -> None:
    """Check that no two choices have the same text."""
    for group in kind_of(question).alternatives(question.body):
        seen: set[str] = set()
        for line, inline in group:
            text = plain_text(inline)
            if normal(text) in seen:
                at = line or source.line(text, question.line)
                source.add_problem(at, "equal", text=text)
            seen.add(normal(text))


def normal(text: str) -> str:
    """Return the text of an option without case, spaces, spacing commands and a final full stop."""
    return re.sub(r"\\[,;:! ]|\\quad|\\left|\\right|[{}]", "", same_words(text)).rstrip(".")


def _longest(source: Source) -> None:
    """Check that the key is not recognisable by its length."""
    judged, longest = 0, 0
    first = 1
    for question in source.lesson.questions:
        kind = kind_of(question)
        found = kind.options(question.body)
        if not kind.one_right or not any(option.right for option in found):
            continue
        sizes = {option.right: 0 for option in found}
        for option in found:
            size = cell_len(plain_text(option.inline))
            sizes[option.right] = max(sizes[option.right], size)
        judged += 1
        if sizes[True] > sizes.get(False, 0):
            longest += 1
            first = question.line if longest == 1 else first
    if judged >= ENOUGH and longest > LONGEST * judged:
        source.add_problem(
            first, "longest", longest=longest, judged=judged, most=round(LONGEST * 100)
        )


def _steps_without_questions(source: Source) -> None:
    """Check that of two consecutive steps at least one has a question."""
    steps = source.lesson.steps
    for before, step in itertools.pairwise(steps):
        if not before.questions and not step.questions:
            source.add_problem(step.line, "no_question", before=before.id, id=step.id)
