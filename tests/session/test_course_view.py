"""Names of lessons, pages and terms of a course, in each language."""

from __future__ import annotations

import pytest

from rnntutor.course.load import in_language, open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session.course_view import CourseView
from rnntutor.study.progress import EMPTY
from rnntutor.words import LANGUAGES, load

COURSE = open_course(lessons_dir(), load("en"))
LESSON = COURSE.entries[0].id


def view(lang: str) -> CourseView:
    return CourseView(COURSE, EMPTY, load(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_is_called_by_its_lesson_and_its_own_title(lang: str) -> None:
    here, lesson = view(lang), COURSE.lesson(LESSON, lang)
    step = next(step for step in lesson.steps if step.questions)
    title = here.title(LESSON)
    assert here.full_page_title(LESSON, "cover") == title
    own = here.page_title(LESSON, step.id)
    assert own and here.full_page_title(LESSON, step.id) == f"{title} · {own}"
    asked = here.page_title(LESSON, step.questions[0].id)
    assert asked == f"{own} · {load(lang)('home.question')}"
    assert here.page_title(LESSON, "end") == load(lang)("lesson.end")
    assert here.full_page_title("gone", "page") == "gone.page"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_prose_has_the_names_of_its_language_and_they_are_kept(lang: str) -> None:
    context = view(lang).context
    assert context is view(lang).context
    term = COURSE.terms[0]
    assert context.terms[term.id] == in_language(term.word, lang)
    topic = COURSE.topics[0]
    assert view(lang).topic(topic.id) == in_language(topic.name, lang)
    assert view(lang).topic("unnamed") == "unnamed"


def test_the_last_page_is_of_a_lesson_that_is_still_there() -> None:
    there = view("en")._replace(progress=EMPTY._replace(last_page=(LESSON, "cover")))
    assert there.last_page == (LESSON, "cover")
    assert there._replace(progress=EMPTY._replace(last_page=("gone", "cover"))).last_page is None
    assert view("en").last_page is None
