"""Positions in a course, and the learner's progress at them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rnntutor.course.entries import LessonEntry
from rnntutor.course.errors import CourseError
from rnntutor.course.load import Course
from rnntutor.session.pages import COVER, STEP, Page, pages
from rnntutor.study.progress import PageKey, Progress, page_of

if TYPE_CHECKING:  # the home screen must not import lessons
    from rnntutor.course.lesson import Lesson

DONE = "●"


def following(course: Course, lesson: str) -> str:
    """Return the id of the next lesson, or "" if there is none.

    No lesson follows the last one of the lecture either: optional lessons start from the home
    screen.
    """
    if course.start is not None and lesson == course.start.id:
        return course.entries[0].id
    ids = [entry.id for entry in course.entries]
    if lesson not in ids:
        return ""
    here, *after = course.entries[ids.index(lesson) :]
    return after[0].id if after and after[0].beyond <= here.beyond else ""


def page_at(course: Course, lesson: str, page: str, lang: str) -> Page | None:
    """Return the page with these ids, or None if there is none."""
    try:
        found = pages(course.lesson(lesson, lang))
    except CourseError:
        return None
    return next((p for p in found if p.id == page), None)


def begun(entry: LessonEntry, progress: Progress) -> bool:
    """Return whether the lesson has been opened."""
    return any(lesson == entry.id for lesson, _ in progress.visited)


def page_counts(
    course: Course, entry: LessonEntry, lang: str, progress: Progress
) -> tuple[int, int]:
    """Return how many required pages of a lesson are done, and how many it has."""
    try:
        wanted = course.fact(entry.id, lang, _counting)
    except CourseError:
        return 0, 0
    return len(wanted & progress.done), len(wanted)


def _counting(lesson: Lesson) -> frozenset[PageKey]:
    """Return the pages that count towards completion."""
    return frozenset((lesson.id, page.id) for page in pages(lesson) if page.counts)


def answer_counts(
    course: Course, entry: LessonEntry, lang: str, progress: Progress
) -> tuple[int, int, int]:
    """Return how many questions of a lesson are known, were asked, and exist."""
    try:
        there = course.fact(entry.id, lang, _questions)
    except CourseError:
        return 0, 0, 0
    known = sum(progress.known(name, rev) for name, rev in there)
    return known, sum(name in progress.questions for name, _ in there), len(there)


def _questions(lesson: Lesson) -> tuple[tuple[str, int], ...]:
    return tuple((question.id, question.rev) for question in lesson.questions)


def first_undone(found: tuple[Page, ...], progress: Progress) -> int:
    """Return the index of the first step not done, else of the first step; 0 without steps."""
    steps = [n for n, page in enumerate(found) if page.kind == STEP]
    undone = [n for n in steps if (found[n].lesson, found[n].id) not in progress.done]
    return (undone or steps or [0])[0]


def state(step: PageKey, questions: Iterable[str], progress: Progress) -> tuple[str, str]:
    """Return the sign of a step and its role.

    A step is done once all of its questions are answered too; otherwise it is passed by, opened or
    not opened.

    Args:
        step: lesson id and step id.
        questions: ids of the questions that follow the step.
        progress: what the learner has done.
    """
    if {step, *((step[0], question) for question in questions)} <= progress.done:
        return DONE, "right"
    if step in progress.passed and step not in progress.done:
        return "◇", "h"
    return ("◐", "accent") if step in progress.visited else ("○", "faint")


def open_goals(found: tuple[Page, ...], progress: Progress) -> tuple[Page, ...]:
    """Return the required steps with a goal that has not been met."""
    return tuple(
        p
        for p in found
        if p.kind == STEP
        and p.step is not None
        and p.step.sim is not None
        and p.step.sim.goal
        and not p.step.beyond
        and (p.lesson, p.id, "goal") not in progress.ticks
    )


def topic_of(course: Course, name: str) -> str:
    """Return the topic id of a question, prediction or task.

    A question id starts with its topic. A prediction or task belongs to the first topic of its
    lesson.
    """
    page = page_of(name)
    if page is None:
        return name.partition(".")[0]
    entry = next((entry for entry in course.every if entry.id == page[0]), None)
    return next(iter(entry.topics), "") if entry is not None else ""


def start_of(lesson: str) -> PageKey:
    """Return the first page of a lesson."""
    return (lesson, COVER)
