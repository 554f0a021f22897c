"""The required precision of a numeric answer, in words, for the screens and plain mode."""

from __future__ import annotations

from rnntutor.course.precision import WHOLE, Precision
from rnntutor.course.questions import kind_of
from rnntutor.session.question import QuestionState
from rnntutor.words import Words


def required_precision(asked: QuestionState) -> Precision | None:
    """Return the required precision; None for a question without a number."""
    return kind_of(asked.question).precision(asked.question.body, asked.instance)


def asked_for(asked: QuestionState, words: Words) -> str:
    """Return the sentence that states the required precision, or ""."""
    precision = required_precision(asked)
    if precision is None:
        return ""
    if precision.kind == WHOLE and not precision.percent:
        return words("precision.whole-asked")
    return words("precision.asked", exactly=exactly(precision, words))


def field(asked: QuestionState, words: Words) -> str:
    """Return the sentence of `asked_for` with a hint that the field accepts expressions.

    Whole numbers have no such hint.
    """
    precision = required_precision(asked)
    said = asked_for(asked, words)
    if precision is None or precision.kind == WHOLE:
        return said
    return f"{said} {words('precision.field')}"


def complaint(asked: QuestionState, words: Words) -> str:
    """Return why the answer was not accepted, or ""."""
    if not asked.complaint:
        return ""
    precision = required_precision(asked)
    if precision is None:
        return words(asked.complaint)
    return words(asked.complaint, exactly=exactly(precision, words))


def exactly(precision: Precision, words: Words) -> str:
    """Return a precision as a phrase: "to three decimals"."""
    if precision.kind == WHOLE:
        said = words("precision.whole")
    else:
        named = f"precision.{precision.kind}-{precision.count}"
        general = f"precision.{precision.kind}"
        said = words(named if named in words else general, n=precision.count)
    return words("precision.percent", exactly=said) if precision.percent else said
