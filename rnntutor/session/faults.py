"""What an author wrote that could not be read: of a whole lesson, and of one of its pages."""

from __future__ import annotations

from rnntutor.course.errors import CourseError
from rnntutor.course.lesson import Lesson
from rnntutor.course.load import Course
from rnntutor.course.report import Problem
from rnntutor.session.pages import Page


def of_lesson(course: Course, lesson: Lesson) -> tuple[Problem, ...]:
    """The faults in the lesson's file, in the order of their lines; none where it is not one of the
    course's."""
    try:
        found = course.read(lesson.id, lesson.lang)[1]
    except CourseError:
        return ()
    return tuple(problem for problem in found if not problem.warning)


def of_page(faults: tuple[Problem, ...], lesson: Lesson, page: Page) -> tuple[Problem, ...]:
    """Those of them between the heading of a step or a question and the next heading that became a
    page: a question that could not be read is missed on the page before it."""
    about = page.question or page.step
    if about is None or page.lesson != lesson.id:
        return ()
    heads = {step.line for step in lesson.steps} | {asked.line for asked in lesson.questions}
    end = min((line for line in heads if line > about.line), default=None)
    return tuple(f for f in faults if about.line <= f.line and (end is None or f.line < end))
