"""What stands beside the list of home in a wide window: the lesson that is marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rnntutor.course.entries import LessonEntry
from rnntutor.course.errors import CourseError
from rnntutor.course.load import Course, in_language, shown
from rnntutor.pages.listed import entry as hanging
from rnntutor.render.primitives.wrap import wrap
from rnntutor.session import contents
from rnntutor.spans import Row, Rows, Span
from rnntutor.study.progress import Progress
from rnntutor.words import Words

if TYPE_CHECKING:  # the home screen waits for no lesson
    from rnntutor.course.blocks import Lesson

LIST = 90  # cells that the list takes at most
BOTH = 150  # and that it takes together with the pane
WIDE = 106  # cells from which there is a pane
GAP = 4


def columns(cells: int) -> tuple[int, int]:
    """The cells of the list, and of the pane beside it: 0 where there is none."""
    if cells < WIDE:
        return min(cells, LIST), 0
    listed = min(LIST, min(cells, BOTH) * 3 // 5)
    return listed, min(cells, BOTH) - listed - GAP


def lesson_rows(
    course: Course,
    entry: LessonEntry,
    progress: Progress,
    due: Sequence[str],
    words: Words,
    cells: int,
) -> Rows:
    """A lesson: its question, what is done in it, what is known, what waits to be reviewed.
    due: the questions that wait."""
    rows: list[Row] = [(), (Span(in_language(entry.title, words.lang), strong=True),)]
    rows += wrap((Span(in_language(entry.question, words.lang), "grey"),), cells)
    rows.append(())
    if not contents.begun(entry, progress):
        return (*rows, *wrap((Span(words("home.unopened", n=entry.minutes)),), cells))
    done, total = contents.counted(course, entry, words.lang, progress)
    rows += wrap((Span(words("home.pages", n=done, of=total)),), cells)
    rows += _topics(course, entry, progress, due, words, cells)
    return (*rows, (), *_steps(course, entry, progress, words, cells))


def review_rows(course: Course, due: Sequence[str], words: Words, cells: int) -> Rows:
    """What waits to be reviewed, by topic."""
    rows: list[Row] = [(), (Span(words("home.review"), strong=True),), ()]
    for topic in course.topics:
        count = sum(contents.topic_of(course, question) == topic.id for question in due)
        if count:
            name = in_language(topic.name, words.lang)
            rows += wrap((Span(f"{name}: "), Span(words("home.due", n=count), "accent")), cells)
    return tuple(rows)


def _topics(
    course: Course,
    entry: LessonEntry,
    progress: Progress,
    due: Sequence[str],
    words: Words,
    cells: int,
) -> Rows:
    """What is known of the lesson's topics, and what of them waits."""
    known = progress.topics()
    rows: list[Row] = []
    for topic in course.topics:
        if topic.id not in entry.topics or topic.id not in known:
            continue
        n, of = known[topic.id]
        said = [Span(f"{in_language(topic.name, words.lang)}: ")]
        said.append(Span(words("home.known_of", n=n, of=of), "accent"))
        waiting = sum(contents.topic_of(course, question) == topic.id for question in due)
        if waiting:
            said.append(Span(f" · {words('home.due', n=waiting)}", "h"))
        rows += wrap(said, cells)
    return tuple(rows)


def _steps(
    course: Course, entry: LessonEntry, progress: Progress, words: Words, cells: int
) -> Rows:
    """The steps of a lesson that has been opened, each with its state."""
    try:
        titles = course.fact(entry.id, words.lang, step_titles)
    except CourseError:
        return ()
    rows: list[Row] = []
    for step, title in titles:
        sign, role = contents.state((entry.id, step), progress)
        rows += hanging((Span(f"{sign} ", role),), (Span(title),), cells)
    return tuple(rows)


def step_titles(lesson: Lesson) -> tuple[tuple[str, str], ...]:
    """The id and the title of every step."""
    return tuple((step.id, shown(step.title)) for step in lesson.steps)
