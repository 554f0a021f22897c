"""Six optional questions before the first lesson, each on a page of its own."""

from __future__ import annotations

import pytest

from rnntutor.course.load import Course, open_course
from rnntutor.package_data import lessons_dir
from rnntutor.pages.home import home_rows
from rnntutor.session import composing, contents
from rnntutor.session.course_view import CourseView
from rnntutor.session.start import FINAL, QuizRequest, before_first
from rnntutor.spans import plain
from rnntutor.study.progress import Progress
from rnntutor.words import LANGUAGES, load


@pytest.fixture(scope="module")
def course() -> Course:
    return open_course(lessons_dir(), load("en"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_of_the_six_leads_to_a_page_of_its_own(course: Course, lang: str) -> None:
    assert course.start is not None
    items = composing.collect(course, lang, before_first(course.start.id))
    pages = {step.id for step in course.lesson(course.start.id, lang).steps}
    assert len(items) == 6
    assert {item.step for item in items} == pages
    assert {item.lesson for item in items} == {course.start.id}


def test_they_are_in_no_quiz_and_no_test_and_come_back_only_when_they_are_due(
    course: Course,
) -> None:
    for wanted in (QuizRequest(unopened=True), FINAL):
        assert not [i for i in composing.collect(course, "en", wanted) if i.topic == "start"]
    due = QuizRequest(due=("start.chain", "rnn.relu"))
    quiz = composing.build_quiz(course, "en", due, Progress(), 1)
    assert [item.question.id for item in quiz.items] == ["start.chain", "rnn.relu"]


def test_what_prepares_counts_as_no_lesson_and_leads_to_the_first(course: Course) -> None:
    assert course.start is not None and course.start not in course.entries
    assert course.number(course.start.id) == "0"
    assert course.number(course.entries[0].id) == "1"
    assert contents.following(course, course.start.id) == course.entries[0].id


def test_home_offers_them_until_a_lesson_has_been_opened(course: Course) -> None:
    words = load("en")

    def said(progress: Progress) -> str:
        rows, _ = home_rows(CourseView(course, progress, words), 76, 1, None)
        return "\n".join(plain(row) for row in rows)

    opened = Progress(visited=frozenset({("sequence", "cover")}))
    assert words("home.start") in said(Progress())
    assert words("home.start") not in said(opened)
