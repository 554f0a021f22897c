"""How exact an answer has to be, in words: the same on the screen and as text."""

from __future__ import annotations

from rnntutor.course.precision import WHOLE, Precision
from rnntutor.course.questions import kind_of
from rnntutor.session.question import QuestionState
from rnntutor.words import Words


def wanted(asked: QuestionState) -> Precision | None:
    """How exact the answer has to be; None for a question without a number."""
    return kind_of(asked.question).precision(asked.question.body, asked.instance)


def asked_for(asked: QuestionState, words: Words) -> str:
    """The sentence that says how exact the number has to be; "" where none is asked for."""
    precision = wanted(asked)
    if precision is None:
        return ""
    if precision.kind == WHOLE and not precision.percent:
        return words("precision.whole-asked")
    return words("precision.asked", exactly=exactly(precision, words))


def field(asked: QuestionState, words: Words) -> str:
    """The same, and that the field of a screen takes expressions; not that for a whole number."""
    precision = wanted(asked)
    said = asked_for(asked, words)
    if precision is None or precision.kind == WHOLE:
        return said
    return f"{said} {words('precision.field')}"


def complaint(asked: QuestionState, words: Words) -> str:
    """Why the answer was not taken, or ""."""
    if not asked.complaint:
        return ""
    precision = wanted(asked)
    if precision is None:
        return words(asked.complaint)
    return words(asked.complaint, exactly=exactly(precision, words))


def exactly(precision: Precision, words: Words) -> str:
    """ "to three decimals"."""
    if precision.kind == WHOLE:
        said = words("precision.whole")
    else:
        named = f"precision.{precision.kind}-{precision.count}"
        general = f"precision.{precision.kind}"
        said = words(named if named in words else general, n=precision.count)
    return words("precision.percent", exactly=said) if precision.percent else said
