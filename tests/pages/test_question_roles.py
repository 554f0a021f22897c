"""The colours of a question's page show the cursor, and what was right and wrong."""

from __future__ import annotations

import pytest

from rnntutor.course.load import open_course
from rnntutor.course.question import Question
from rnntutor.course.questions.single import Single
from rnntutor.package_data import lessons_dir
from rnntutor.pages import question as question_rows
from rnntutor.render.prose import Context
from rnntutor.session import question as questions
from rnntutor.session.question import DONE, QuestionState
from rnntutor.spans import Rows, Span
from rnntutor.words import load

WORDS = load("en")
COURSE = open_course(lessons_dir(), WORDS)
CONTEXT = Context(WORDS, COURSE.names("en"), COURSE.roles)


def single_choice() -> Question:
    """Return the course's first single-choice question."""
    for entry in COURSE.entries:
        for question in COURSE.lesson(entry.id, "en").questions:
            if isinstance(question.body, Single):
                return question
    raise AssertionError("the course asks no single choice")


def drawn(asked: QuestionState) -> Rows:
    return question_rows.question_rows(asked, WORDS, 76, CONTEXT)


def answered(asked: QuestionState, *, right: bool) -> QuestionState:
    """Return the question after its verdict, with the first right, or wrong, option chosen."""
    found = [option.right for option in questions.options(asked)].index(right)
    asked = questions.set_confidence(questions.submit(questions.pick(asked, found)), 2)
    return questions.set_verdict(asked, questions.verdict(asked, COURSE.terms))


def spans_with(rows: Rows, text: str) -> list[Span]:
    return [span for row in rows for span in row if text in span.text]


@pytest.mark.parametrize("cursor", [0, 1, 2])
def test_the_option_at_the_cursor_and_no_other_is_lit(cursor: int) -> None:
    asked = questions.ask(single_choice(), salt="a", number=0)
    for _ in range(cursor):
        asked = questions.walk(asked, 1)
    lit = [row for row in drawn(asked) if any(span.back == "lit" for span in row)]
    assert lit, "nothing shows where the cursor is"
    assert all(span.back == "lit" for row in lit for span in row)
    assert {span.link for row in lit for span in row} == {f"key:{cursor + 1}"}
    assert sum(span.width for span in lit[0]) == 76, "the light ends before the row does"


def test_right_and_wrong_have_each_their_colour() -> None:
    asked = questions.ask(single_choice(), salt="a", number=0)
    good, bad = (drawn(answered(asked, right=right)) for right in (True, False))
    for rows in (good, bad):
        assert {s.role for s in spans_with(rows, "✓")} == {"right"}
        assert all(s.role == "wrong" for s in spans_with(rows, "✗"))
    # The option and the verdict below it.
    assert len(spans_with(good, "✓")) == 2
    assert spans_with(good, "✗") == []
    assert len(spans_with(bad, "✗")) == 2


def test_after_the_verdict_nothing_is_lit() -> None:
    asked = answered(questions.ask(single_choice(), salt="a", number=0), right=True)
    assert asked.state == DONE
    assert not [span for row in drawn(asked) for span in row if span.back == "lit"]
