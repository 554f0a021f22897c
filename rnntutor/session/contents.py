"""Where a lesson stands in its course, and where the learner stands in both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rnntutor.course.entries import LessonEntry
from rnntutor.course.errors import CourseError
from rnntutor.course.load import Course
from rnntutor.session.pages import COVER, STEP, Page, pages
from rnntutor.study.progress import Progress, page_of

if TYPE_CHECKING:  # the home screen waits for no lesson
    from rnntutor.course.lesson import Lesson

Place = tuple[str, str]
"""A lesson's id and a page's id."""

DONE = "●"


def following(course: Course, lesson: str) -> str:
    """The id of the lesson that comes next; "" after the last, and after the last one of the
    lecture: what goes beyond it waits on the home screen."""
    if course.start is not None and lesson == course.start.id:
        return course.entries[0].id
    ids = [entry.id for entry in course.entries]
    if lesson not in ids:
        return ""
    here, *after = course.entries[ids.index(lesson) :]
    return after[0].id if after and after[0].beyond <= here.beyond else ""


def page_at(course: Course, lesson: str, page: str, lang: str) -> Page | None:
    """A page by its ids; None for one that is not there."""
    try:
        found = pages(course.lesson(lesson, lang))
    except CourseError:
        return None
    return next((p for p in found if p.id == page), None)


def begun(entry: LessonEntry, progress: Progress) -> bool:
    """Whether the lesson has been opened."""
    return any(lesson == entry.id for lesson, _ in progress.visited)


def counted(course: Course, entry: LessonEntry, lang: str, progress: Progress) -> tuple[int, int]:
    """How many pages of the lecture are done, and how many the lesson has."""
    try:
        wanted = course.fact(entry.id, lang, _counting)
    except CourseError:
        return 0, 0
    return len(wanted & progress.done), len(wanted)


def _counting(lesson: Lesson) -> frozenset[Place]:
    """The pages that have to be done."""
    return frozenset((lesson.id, page.id) for page in pages(lesson) if page.counts)


def answered(
    course: Course, entry: LessonEntry, lang: str, progress: Progress
) -> tuple[int, int, int]:
    """How many questions of the lesson are known, how many were asked, and how many there are."""
    try:
        there = course.fact(entry.id, lang, _questions)
    except CourseError:
        return 0, 0, 0
    known = sum(progress.known(name, rev) for name, rev in there)
    return known, sum(name in progress.questions for name, _ in there), len(there)


def _questions(lesson: Lesson) -> tuple[tuple[str, int], ...]:
    return tuple((question.id, question.rev) for question in lesson.questions)


def first_undone(found: tuple[Page, ...], progress: Progress) -> int:
    """The first step that is not done, or the first of all; 0 for a lesson without steps."""
    steps = [n for n, page in enumerate(found) if page.kind == STEP]
    undone = [n for n in steps if (found[n].lesson, found[n].id) not in progress.done]
    return (undone or steps or [0])[0]


def state(step: Place, questions: Iterable[str], progress: Progress) -> tuple[str, str]:
    """The sign of a step and its role: done, with all of its questions answered; gone past; opened;
    or not opened yet. questions: the ids of those that follow it."""
    if {step, *((step[0], question) for question in questions)} <= progress.done:
        return DONE, "right"
    if step in progress.passed and step not in progress.done:
        return "◇", "h"
    return ("◐", "accent") if step in progress.visited else ("○", "faint")


def open_goals(found: tuple[Page, ...], progress: Progress) -> tuple[Page, ...]:
    """The challenges of the lecture that have not been met."""
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
    """The topic of what was asked: an id begins with its topic, and a prediction or a task of a
    step belongs to its lesson's first."""
    page = page_of(name)
    if page is None:
        return name.partition(".")[0]
    entry = next((entry for entry in course.every if entry.id == page[0]), None)
    return next(iter(entry.topics), "") if entry is not None else ""


def start_of(lesson: str) -> Place:
    """The place where a lesson begins."""
    return (lesson, COVER)
