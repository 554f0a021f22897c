"""Render the end of a quiz: points, steps to review, and the next due date of each question."""

from __future__ import annotations

from datetime import datetime

from rnntutor.course.load import plain_text
from rnntutor.pages.listed import dated_row, day_column, entry, measured_row
from rnntutor.render.primitives.wrap import wrap
from rnntutor.session import quiz as quizzes
from rnntutor.session.comeback import when
from rnntutor.session.course_view import CourseView
from rnntutor.session.quiz import Item, Quiz, is_leech, missed_days
from rnntutor.spans import Row, Rows, Span
from rnntutor.study.progress import Progress
from rnntutor.words import Words

INDENT = 5  # indentation of a question's title in cells


def end_rows(quiz: Quiz, view: CourseView, cells: int, now: datetime, left: int = 0) -> Rows:
    """Return points in total and by topic, steps to review, and when each question is due.

    Args:
        left: number of questions for which there was no time.
    """
    progress, words = view.progress, view.words
    if not quiz.items:
        return ((), (Span(words("cli.no_questions")),))
    points = sum(quiz.scores)
    rows: list[Row] = [
        (),
        (Span(words("quiz.points", points=f"{points:g}", of=len(quiz.items)), strong=True),),
    ]
    if left:
        rows += entry((), (Span(words("quiz.left", n=left), "grey"),), cells)
    rows.append(())
    topics = [(view.topic(topic), *of) for topic, of in quiz.by_topic().items()]
    room = max((Span(name).width for name, *_ in topics), default=0) + 3
    rows += [measured_row(name, got, count, room) for name, got, count in topics]
    steps = quizzes.steps(quiz, progress)
    if steps:
        rows += [(), (Span(words("quiz.back"), "grey"),)]
        for n, (lesson, step) in enumerate(steps[:9], 1):
            where = view.full_page_title(lesson, step)
            rows += entry((Span(f"  {n}  ", "accent"),), (Span(where),), cells, link=f"key:{n}")
    if quiz.wrong:
        again = Span(words("quiz.again", n=len(quiz.wrong)), "accent", link="key:enter")
        rows += [(), *wrap((again,), cells)]
    rows += [(), (Span(words("quiz.comes_back"), "grey"),)]
    return (*rows, *_coming_back(quiz, progress, words, cells, now))


def _coming_back(quiz: Quiz, progress: Progress, words: Words, cells: int, now: datetime) -> Rows:
    """Return each question once: whether it was right, its title and due date."""
    wrong = {item.question.id for item in quiz.wrong}
    rows: list[Row] = []
    asked = {item.question.id: item.question for item in quiz.items[: quiz.index]}
    column = day_column([(Span(plain_text(q.title)),) for q in asked.values()], INDENT, cells)
    for name, question in asked.items():
        sign = ("✗", "wrong") if name in wrong else ("✓", "right")
        lead = (Span("  "), Span(sign[0], sign[1]), Span("  "))
        day = when(progress, name, now, words)
        rows += dated_row(lead, (Span(plain_text(question.title)),), day, column)
        if is_leech(progress, name):
            missed = Span(words("quiz.leech", n=missed_days(progress, name)), "h")
            rows += entry((Span(" " * INDENT),), (missed,), cells)
    return tuple(rows)


def leech_rows(item: Item, progress: Progress, words: Words, cells: int, how: str) -> Rows:
    """Return how to open the step that teaches a question missed repeatedly; no rows for others.

    Args:
        how: the key or line that opens the step.
    """
    name = item.question.id
    if not item.step or not is_leech(progress, name):
        return ()
    said = words("quiz.leech_step", n=missed_days(progress, name), how=how)
    return wrap((Span(said, "h"),), cells)
