"""Questions inserted into a lesson: from two lessons back, and after confident wrong answers.

Functions that insert or remove a question return the new pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from rnntutor.course.errors import CourseError
from rnntutor.course.lesson import Lesson
from rnntutor.course.load import Course
from rnntutor.course.question import Question
from rnntutor.course.questions import kind_of
from rnntutor.course.questions.base import Verdict
from rnntutor.course.shuffle import shuffle
from rnntutor.course.variant import seed_of
from rnntutor.session import composing
from rnntutor.session import quiz as quizzes
from rnntutor.session.pages import AGAIN, BACK, END, IDEA, QUESTION, Page, find
from rnntutor.session.quiz import Item
from rnntutor.session.same_idea import another
from rnntutor.session.start import QuizRequest
from rnntutor.study.progress import Progress

PageTuple = tuple[Page, ...]

LESSONS = 2
"""How many lessons back the questions come from; by then they are about to be forgotten."""

COUNT = 2
"""Number of questions inserted from the earlier lesson."""

BETWEEN = 3
"""Number of questions between a confident wrong answer and the question that it inserts."""

# Prefix of a question's id in the id of its page; no step's id has it.
_MARKS = {BACK: "<", AGAIN: "+", IDEA: "+"}


def source(course: Course, lesson: str) -> str:
    """Return the lesson from which questions for `lesson` come; "" for the first two lessons."""
    ids = [entry.id for entry in course.entries]
    index = ids.index(lesson) if lesson in ids else 0
    return ids[index - LESSONS] if index >= LESSONS else ""


def with_back(
    pages: PageTuple, after: int, course: Course, lang: str, progress: Progress, salt: str
) -> PageTuple:
    """Insert the questions from two lessons back after page number `after`.

    The salt seeds the learner's own selection. Questions answered here before are not inserted
    again. Each is inserted where the questions of a step end.
    """
    lesson = pages[after].lesson
    home = source(course, lesson)
    done = {page for there, page in progress.done if there == lesson and page[0] == _MARKS[BACK]}
    if not home or len(done) >= COUNT:
        return pages
    try:
        found = _candidates(course.lesson(home, lang))
    except CourseError:
        return pages
    rng = Random(seed_of(lesson, salt, 0))
    order = [found[n] for n in shuffle(range(len(found)), rng)]
    answered = [page for page in order if _id(BACK, page.question) in done]
    fresh = [page for page in order if page not in answered]
    chosen = _of_two_steps([*answered, *fresh], COUNT)[len(answered) :]
    ends = [n for n in range(after, len(pages) - 1) if _ends(pages, n)]
    for k in reversed(range(min(len(chosen), len(ends)))):
        index = ends[len(ends) * (k + 1) // (len(chosen) + 1)] + 1
        extra = replace(chosen[k], lesson=lesson, id=_id(BACK, chosen[k].question), extra=BACK)
        pages = (*pages[:index], extra, *pages[index:])
    return pages


def going(
    pages: PageTuple,
    here: int,
    index: int,
    course: Course,
    lang: str,
    progress: Progress,
    salt: str,
) -> tuple[PageTuple, int]:
    """Return the pages with questions from two lessons back, and the index of the page to open.

    Moving to the next page opens an inserted page if one precedes it; otherwise the requested page
    is opened.

    Args:
        pages: the present pages.
        here: index of the present page.
        index: index of the requested page.
        course: the course.
        lang: the learner's language.
        progress: the learner's progress.
        salt: seeds the selection.
    """
    grown = with_back(pages, here, course, lang, progress, salt)
    return grown, index if index == here + 1 else find(grown, pages[index].id)


def _candidates(lesson: Lesson) -> list[Page]:
    """Return the required questions of a lesson as pages, each with the step that teaches it.

    Questions that do not stand alone (partly worked examples) are left out: with a line on their
    origin they would also exceed the screen's height.
    """
    first = {q.topic: step for step in reversed(lesson.steps) for q in step.questions}
    homes = {q.id: step for step in lesson.steps for q in step.questions}
    return [
        Page(QUESTION, lesson.id, q.id, homes.get(q.id) or first.get(q.topic), q, home=lesson.id)
        for q in lesson.questions
        if not q.beyond and kind_of(q).stands_alone
    ]


def _of_two_steps(found: list[Page], count: int) -> list[Page]:
    """Return the first `count` pages, from different steps if possible."""
    left, out = list(found), list[Page]()
    while left and len(out) < count:
        taken = [page.step for page in out]
        index = next((n for n, page in enumerate(left) if page.step not in taken), 0)
        out.append(left.pop(index))
    return out


def _ends(pages: PageTuple, n: int) -> bool:
    """Return whether the questions of a step end with page `n`."""
    return pages[n].kind == QUESTION and pages[n + 1].kind != QUESTION


def _id(extra: str, question: Question | None) -> str:
    assert question is not None
    return _MARKS[extra] + question.id


# ---- confident wrong answers ---------------------------------------------------------------


def with_again(pages: PageTuple, index: int, other: Page | None = None) -> PageTuple:
    """Insert a page's question again, or another question on the same idea.

    It is inserted after BETWEEN other questions, or before the end page. A page inserts at most one
    question, and an inserted page none.

    Args:
        other: the other question, from `on_its_idea`; None to repeat the page's own.
    """
    page = pages[index]
    if page.for_page or any(p.for_page == page.id for p in pages):
        return pages
    extra, found = (AGAIN, page) if other is None else (IDEA, other)
    brought = replace(found, id=_id(extra, found.question), extra=extra, for_page=page.id)
    later = [n for n in range(index + 1, len(pages)) if pages[n].kind == QUESTION]
    end = next(n for n, p in enumerate(pages) if p.kind == END)
    insert_at = later[BETWEEN - 1] + 1 if len(later) >= BETWEEN else end
    return (*pages[:insert_at], brought, *pages[insert_at:])


def on_its_idea(
    pages: PageTuple, index: int, verdict: Verdict, course: Course, lang: str, progress: Progress
) -> Page | None:
    """Return another question of the same lesson on the idea of a page's question, or None."""
    page = pages[index]
    if page.question is None or page.step is None:
        return None
    home = page.home or page.lesson
    there = composing.collect(course, lang, QuizRequest(lesson=home))
    asked = {p.question.id for p in pages if p.question is not None}
    item = Item(home, page.step.id, page.question)
    other = another(item, verdict, there, progress, asked)
    if other is None:
        return None
    step = quizzes.step_of(other, course, lang) or page.step
    return replace(page, question=other.question, step=step)


def without_again(pages: PageTuple, index: int) -> PageTuple:
    """Remove the question that the page's answer had inserted."""
    return tuple(page for page in pages if page.for_page != pages[index].id)


# ---- translation ---------------------------------------------------------------------------


def translate_pages(
    old: PageTuple, new: PageTuple, lesson: Callable[[str], Lesson | None]
) -> PageTuple:
    """Return the pages of another language, with the inserted questions in the same positions.

    Args:
        old: present pages.
        new: pages of the lesson in the new language.
        lesson: returns a lesson of the new language by its id, or None.
    """
    for n, page in enumerate(old):
        if not page.extra or n == 0:
            continue
        ids = [p.id for p in new]
        home = lesson(page.home or page.lesson)
        found = [p for p in _candidates(home) if p.question is not None] if home else []
        own = next((p for p in found if p.id == page.id[1:]), None)
        if own is None or old[n - 1].id not in ids:
            continue
        index = ids.index(old[n - 1].id) + 1
        there = replace(page, question=own.question, step=own.step)
        new = (*new[:index], there, *new[index:])
    return new
