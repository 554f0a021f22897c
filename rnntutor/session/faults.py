"""Author's mistakes in a lesson's file, for the whole lesson and for one page."""

from __future__ import annotations

from rnntutor.course.errors import CourseError
from rnntutor.course.lesson import Lesson
from rnntutor.course.load import Course
from rnntutor.course.report import Problem
from rnntutor.session.pages import Page


def of_lesson(course: Course, lesson: Lesson) -> tuple[Problem, ...]:
    """Return the errors in the lesson's file, by line; none for a lesson outside the course."""
    try:
        found = course.read(lesson.id, lesson.lang)[1]
    except CourseError:
        return ()
    return tuple(problem for problem in found if not problem.warning)


def of_page(faults: tuple[Problem, ...], lesson: Lesson, page: Page) -> tuple[Problem, ...]:
    """Return the errors between the heading of a page and the next heading that became a page.

    A question that could not be parsed is thus reported on the page before it.
    """
    about = page.question or page.step
    if about is None or page.lesson != lesson.id:
        return ()
    heads = {step.line for step in lesson.steps} | {asked.line for asked in lesson.questions}
    end = min((line for line in heads if line > about.line), default=None)
    return tuple(f for f in faults if about.line <= f.line and (end is None or f.line < end))
