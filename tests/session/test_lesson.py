"""Reading a lesson without a user interface."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rnntutor.course.errors import CourseError
from rnntutor.course.load import open_course
from rnntutor.course.questions.base import Verdict
from rnntutor.package_data import lessons_dir
from rnntutor.session import lesson as lessons
from rnntutor.session import question as questions
from rnntutor.session.course_view import CourseView
from rnntutor.session.lesson import LessonSession
from rnntutor.session.page_state import PageState
from rnntutor.session.pages import COVER, END, QUESTION, STEP
from rnntutor.session.question import DONE, SURE
from rnntutor.study.progress import EMPTY
from rnntutor.words import load

VIEW = CourseView(open_course(lessons_dir(), load("en")), EMPTY, load("en"))
KOREAN = VIEW._replace(words=load("ko"))


def salt() -> str:
    return "a"


def none() -> str:
    raise AssertionError("nothing is drawn")


def opened(lesson: str, page: str = COVER, *, listed: bool = True) -> LessonSession:
    return lessons.open_lesson(VIEW.course.lesson(lesson, "en"), page, listed=listed)


def at_question(lesson: str, *, listed: bool = True) -> LessonSession:
    session = opened(lesson, listed=listed)
    index = next(n for n, page in enumerate(session.pages) if page.kind == QUESTION)
    return replace(session, index=index)


def test_a_page_that_is_gone_leads_to_the_first() -> None:
    assert opened("cell", "no-such-page").page.kind == COVER
    assert opened("cell", END).page.kind == END


def test_questions_from_elsewhere_come_once_when_a_question_is_left_for_what_follows() -> None:
    session = at_question("cell")
    back = lessons.go(session, session.index - 1, VIEW, none)
    assert back.pages == session.pages and not back.recalled
    on = lessons.go(session, session.index + 1, VIEW, salt)
    assert on.recalled and len(on.pages) == len(session.pages) + 2
    assert on.page.id == on.pages[session.index + 1].id
    later = replace(on, index=session.index)
    assert lessons.go(later, session.index + 1, VIEW, none).pages == on.pages
    file = at_question("cell", listed=False)
    assert lessons.go(file, file.index + 1, VIEW, none).pages == file.pages


@pytest.mark.parametrize("listed", [True, False])
def test_a_sure_wrong_answer_brings_a_question_until_it_is_taken_back(listed: bool) -> None:
    session = at_question("cell", listed=listed)
    assert session.page.question is not None
    asked = questions.ask(session.page.question, salt="a", number=0)
    wrong = replace(asked, state=DONE, confidence=SURE, verdict=Verdict(0.0, "wrong", (), 0, ()))
    more = lessons.after_answer(session, wrong, VIEW)
    (brought,) = (page for page in more.pages if page.for_page)
    assert brought.for_page == session.page.id
    assert lessons.taken_back(more).pages == session.pages
    right = replace(wrong, verdict=Verdict(1.0, "right", (), 0, ()))
    assert lessons.after_answer(session, right, VIEW) == session


def test_another_language_keeps_the_page_and_what_was_done() -> None:
    session = at_question("cell")
    page_state = PageState()
    page_state.begin(session.page, VIEW, salt)
    page_states = {session.page.id: page_state, "gone": PageState()}
    before = page_state.asked
    korean = lessons.translate_session(session, page_states, KOREAN)
    assert korean.page.id == session.page.id and korean.lesson.lang == "ko"
    assert list(page_states) == [session.page.id]
    assert before is not None and page_state.asked is not None
    assert page_state.asked.question != before.question and page_state.asked.order == before.order
    file = opened("cell", listed=False)
    assert lessons.translate_session(file, page_states, KOREAN) is file


def test_a_lesson_that_cannot_be_read_in_another_language_stays(tmp_path: Path) -> None:
    (tmp_path / "ko").mkdir()
    (tmp_path / "course.toml").write_text(
        '[course]\ntitle = { ko = "과정" }\n\n'
        '[[lesson]]\nid = "one"\nfile = "one.md"\ntitle = { ko = "하나" }\nminutes = 5\n',
        encoding="utf-8",
    )
    path = tmp_path / "ko" / "one.md"
    path.write_text("# 하나\n\n## 글 {#text}\n\n읽을 글.\n", encoding="utf-8")
    view = KOREAN._replace(course=open_course(tmp_path, load("ko")))
    session = lessons.open_lesson(view.course.lesson("one", "ko"), "text")
    path.unlink()
    with pytest.raises(CourseError):
        lessons.translate_session(session, {}, view._replace(words=load("en")))


def test_what_is_left_is_done_or_passed_by_and_told_once() -> None:
    session = opened("cell")
    index = next(n for n, p in enumerate(session.pages) if p.step and p.step.sim and p.step.sim.do)
    session = replace(session, index=index)
    page, where = session.page, {"lesson": "cell", "page": session.page.id}
    page_state = PageState()
    page_state.begin(page, VIEW, none)
    assert page.kind == STEP and page_state.stage is not None
    assert lessons.is_undone(session, page_state.stage, EMPTY)
    assert lessons.leave_entry(session, page_state.stage, EMPTY) == (("passed", where),)
    passed = EMPTY._replace(passed=frozenset({("cell", page.id)}))
    assert lessons.leave_entry(session, page_state.stage, passed) == ()
    met = replace(page_state.stage, task_done=True, goal_met=True)
    assert not lessons.is_undone(session, met, EMPTY)
    assert lessons.leave_entry(session, met, EMPTY) == (("done", where),)
    done = EMPTY._replace(done=frozenset({("cell", page.id)}))
    assert lessons.leave_entry(session, met, done) == ()
    assert not lessons.is_undone(session, page_state.stage, done)


def test_of_a_file_nothing_is_told_and_nothing_kept() -> None:
    session = at_question("cell", listed=False)
    assert lessons.open_entry(session) == lessons.done(session, EMPTY) == ()
    assert session.stay_page is None and session.noted_page is None
    own = at_question("cell")
    assert lessons.open_entry(own) and lessons.done(own, EMPTY)
    assert own.stay_page == ("cell", own.page.id)


def test_where_the_reason_of_a_question_leads_is_not_given_away_before_it_is_told() -> None:
    course = VIEW.course
    found = [
        page
        for entry in course.entries
        for page in lessons.open_lesson(course.lesson(entry.id, "en"), COVER).pages
        if page.question is not None
    ]
    asked = [questions.ask(p.question, salt="a", number=0) for p in found if p.question]
    pairs = list(zip(found, asked, strict=True))
    assert not any(lessons.experiments(page, one) for page, one in pairs)
    assert any(lessons.experiments(page, replace(one, state=DONE)) for page, one in pairs)
