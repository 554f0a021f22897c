"""Extra questions in a lesson: two from two lessons back, and one that was confidently wrong."""

from __future__ import annotations

import pytest

from rnntutor.course.load import open_course
from rnntutor.course.questions.base import Verdict
from rnntutor.package_data import lessons_dir
from rnntutor.session import recall
from rnntutor.session.pages import AGAIN, BACK, END, IDEA, QUESTION, STEP, find, pages
from rnntutor.study.progress import EMPTY, Progress
from rnntutor.words import LANGUAGES, load

COURSE = open_course(lessons_dir(), load("en"))
IDS = [entry.id for entry in COURSE.entries]


def drawn(
    lesson: str, salt: str = "a", progress: Progress = EMPTY, lang: str = "en", after: int = 0
) -> recall.PageTuple:
    return recall.with_back(pages(COURSE.lesson(lesson, lang)), after, COURSE, lang, progress, salt)


def extras(found: recall.PageTuple) -> list[str]:
    return [page.question.id for page in found if page.extra == BACK and page.question]


@pytest.mark.parametrize(("index", "lesson"), list(enumerate(IDS)), ids=IDS)
def test_from_the_third_lesson_on_two_come_from_two_lessons_back(index: int, lesson: str) -> None:
    found = drawn(lesson)
    own = pages(COURSE.lesson(lesson, "en"))
    assert tuple(page for page in found if not page.extra) == own, "nothing else moves"
    if index < 2:
        assert found == own
        return
    home = COURSE.lesson(IDS[index - 2], "en")
    assert len(set(extras(found))) == 2
    can = {q.id for q in home.questions if not q.beyond and q.type != "faded"}
    assert set(extras(found)) <= can
    first, second = (n for n, page in enumerate(found) if page.extra)
    assert found[first].home == home.id and not found[first].counts
    assert second - first > 1, "not one straight after the other"
    for n in (first, second):
        assert found[n - 1].kind == QUESTION and found[n + 1].kind in (STEP, END)
    assert found[first].step is not found[second].step, "of two steps"


def test_they_are_drawn_for_each_learner_and_the_same_on_every_machine() -> None:
    assert drawn("lstm") == drawn("lstm")
    assert len({tuple(extras(drawn("lstm", salt))) for salt in "abcdefgh"}) >= 6


def test_what_was_answered_here_does_not_come_again() -> None:
    first, second = (page.id for page in drawn("types") if page.extra)
    once = EMPTY._replace(done=frozenset({("types", first)}))
    assert [page.id for page in drawn("types", progress=once) if page.extra] == [second]
    both = EMPTY._replace(done=frozenset({("types", first), ("types", second)}))
    assert not extras(drawn("types", progress=both))


def test_they_come_behind_the_page_one_is_on() -> None:
    own = pages(COURSE.lesson("types", "en"))
    questions = [n for n, page in enumerate(own) if page.kind == QUESTION]
    late = questions[-2]
    for wanted in (late + 1, find(own, END)):
        found, there = recall.going(own, late, wanted, COURSE, "en", EMPTY, "a")
        assert found == drawn("types", after=late)
        assert found[: late + 1] == own[: late + 1]
        assert there == late + 1 if wanted == late + 1 else found[there].kind == END


def test_a_sure_wrong_answer_is_asked_once_more_after_three_others() -> None:
    own = pages(COURSE.lesson("cell", "en"))
    index = next(n for n, page in enumerate(own) if page.kind == QUESTION)
    found = recall.with_again(own, index)
    (again,) = (n for n, page in enumerate(found) if page.extra == AGAIN)
    assert found[again].question == own[index].question
    assert sum(page.kind == QUESTION for page in found[index + 1 : again]) == 3
    assert recall.with_again(found, index) == found, "once is enough"
    assert recall.with_again(found, again) == found
    assert recall.without_again(found, index) == own


def test_where_the_lesson_has_one_it_is_another_question_on_the_idea() -> None:
    own = pages(COURSE.lesson("cell", "en"))
    verdict = Verdict(0.0, "wrong", (), None, (False,))
    brought = 0
    for index, page in enumerate(own):
        if page.kind != QUESTION:
            continue
        other = recall.on_its_idea(own, index, verdict, COURSE, "en", EMPTY)
        found = recall.with_again(own, index, other)
        (again,) = (n for n, p in enumerate(found) if p.for_page == page.id)
        new = found[again]
        assert recall.with_again(found, again) == found, "what was brought brings nothing"
        assert recall.without_again(found, index) == own
        if new.extra == IDEA:
            brought += 1
            assert new.question not in [p.question for p in own] and new.step is not None
    assert brought >= 5


def test_near_the_end_it_comes_before_the_end() -> None:
    own = pages(COURSE.lesson("cell", "en"))
    last = max(n for n, page in enumerate(own) if page.kind == QUESTION)
    found = recall.with_again(own, last)
    assert found[-1].kind == END and found[-2].extra == AGAIN


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_another_language_they_stand_where_they_stood(lang: str) -> None:
    other = next(other for other in LANGUAGES if other != lang)
    old = drawn("lstm", lang=lang)
    old = recall.with_again(old, next(n for n, p in enumerate(old) if p.kind == QUESTION))
    new = recall.translate_pages(
        old, pages(COURSE.lesson("lstm", other)), lambda name: COURSE.lesson(name, other)
    )
    assert [page.id for page in new] == [page.id for page in old]
    there = {q.id: q for name in ("lstm", "types") for q in COURSE.lesson(name, other).questions}
    for page in new:
        if page.extra:
            assert page.question is not None and page.question == there[page.question.id]


def test_what_cannot_be_read_brings_nothing() -> None:
    class Broken:
        entries = COURSE.entries

        def lesson(self, name: str, lang: str) -> object:
            from rnntutor.course.errors import CourseError

            raise CourseError("course.unreadable", path="x")

    own = pages(COURSE.lesson("types", "en"))
    assert recall.with_back(own, 0, Broken(), "en", EMPTY, "a") == own  # type: ignore[arg-type]
