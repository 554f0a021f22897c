"""The pane beside the home screen's list in a wide window: details of the marked lesson."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rnntutor.course.entries import LessonEntry
from rnntutor.course.errors import CourseError
from rnntutor.course.load import plain_text
from rnntutor.pages.listed import entry as hanging
from rnntutor.render.primitives.wrap import wrap
from rnntutor.session import contents
from rnntutor.session.course_view import CourseView
from rnntutor.spans import Row, Rows, Span

if TYPE_CHECKING:  # the home screen must not import lessons
    from rnntutor.course.lesson import Lesson


def lesson_rows(view: CourseView, entry: LessonEntry, due: Sequence[str], cells: int) -> Rows:
    """Return a lesson's question, progress, known questions and due reviews.

    Args:
        due: ids of the questions due for review.
    """
    words = view.words
    rows: list[Row] = [(), (Span(view.text(entry.title), strong=True),)]
    rows += wrap((Span(view.text(entry.question), "grey"),), cells)
    rows.append(())
    if not contents.begun(entry, view.progress):
        return (*rows, *wrap((Span(words("home.unopened", n=entry.minutes)),), cells))
    done, total = view.page_counts(entry)
    rows += wrap((Span(words("home.pages", n=done, of=total)),), cells)
    rows += _topics(view, entry, due, cells)
    return (*rows, (), *_steps(view, entry, cells))


def review_rows(view: CourseView, due: Sequence[str], cells: int) -> Rows:
    """Return the number of due questions by topic."""
    course, words = view.course, view.words
    rows: list[Row] = [(), (Span(words("home.review"), strong=True),), ()]
    for topic in course.topics:
        count = sum(contents.topic_of(course, question) == topic.id for question in due)
        if count:
            due_ = Span(words("home.due", n=count), "accent")
            rows += wrap((Span(f"{view.text(topic.name)}: "), due_), cells)
    return tuple(rows)


def _topics(view: CourseView, entry: LessonEntry, due: Sequence[str], cells: int) -> Rows:
    """Return the known and due questions of the lesson's topics."""
    course, words = view.course, view.words
    known = view.progress.topics()
    rows: list[Row] = []
    for topic in course.topics:
        if topic.id not in entry.topics or topic.id not in known:
            continue
        n, of = known[topic.id]
        said = [Span(f"{view.text(topic.name)}: ")]
        said.append(Span(words("home.known_of", n=n, of=of), "accent"))
        waiting = sum(contents.topic_of(course, question) == topic.id for question in due)
        if waiting:
            said.append(Span(f" · {words('home.due', n=waiting)}", "h"))
        rows += wrap(said, cells)
    return tuple(rows)


def _steps(view: CourseView, entry: LessonEntry, cells: int) -> Rows:
    """Return the steps of an opened lesson, each with its state."""
    try:
        titles = view.course.fact(entry.id, view.words.lang, step_titles)
    except CourseError:
        return ()
    rows: list[Row] = []
    for step, title, questions in titles:
        sign, role = contents.state((entry.id, step), questions, view.progress)
        rows += hanging((Span(f"{sign} ", role),), (Span(title),), cells)
    return tuple(rows)


def step_titles(lesson: Lesson) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return id, title and question ids of every step."""
    return tuple(
        (step.id, plain_text(step.title), tuple(q.id for q in step.questions))
        for step in lesson.steps
    )
