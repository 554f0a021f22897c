"""Render the end page of a lesson: results, mistakes, and the next lesson."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rnntutor.course.lesson import Lesson
from rnntutor.course.question import Question
from rnntutor.pages.cover import one_line
from rnntutor.pages.listed import dated_row, day_column, entry, measured_row
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.prose import Context
from rnntutor.session import contents
from rnntutor.session.comeback import when
from rnntutor.session.pages import Page
from rnntutor.session.quiz import wrong_at_last
from rnntutor.spans import Row, Rows, Span, pad, plain, width
from rnntutor.study.progress import Progress
from rnntutor.words import Words

INDENT = 2
GROUPS = (("known", "✓", "right"), ("missed", "✗", "wrong"), ("unasked", "·", "grey"))
"""The states of a question: name, sign, and role of the sign."""


def end_rows(
    pages: tuple[Page, ...],
    progress: Progress,
    words: Words,
    cells: int,
    context: Context,
    now: datetime,
    *,
    following: str = "",
    question: str = "",
) -> Rows:
    """Return the lesson's results, its questions with their due dates, and the next lesson.

    Args:
        following: title of the next lesson.
        question: question that the next lesson answers.
    """
    counted = [p for p in pages if p.counts and not p.extra]
    done = sum((p.lesson, p.id) in progress.done for p in counted)
    asked = [p.question for p in pages if p.question is not None and not p.extra]
    known = sum(progress.known(q.id, q.rev) for q in asked)
    open_ = len(counted) - done
    if not counted and not asked:
        said = wrap((Span(words("end.empty"), strong=True),), cells)
        return ((), *said, (), *_onward(following, question, words, cells))
    title = words("end.open", n=open_, of=len(counted)) if open_ else words("end.finished")
    mark: Row = () if open_ else (Span("✓ ", "right", strong=True),)
    rows: list[Row] = [(), *wrap((*mark, Span(title, strong=True)), cells), ()]
    labels = words("end.pages"), words("end.questions")
    room = max(Span(label).width for label in labels) + 3
    rows.append(measured_row(labels[0], done, len(counted), room))
    rows.append(measured_row(labels[1], known, len(asked), room))
    again = len(wrong_at_last(pages, progress))
    rows += [(), *_questions(asked, again, progress, words, cells, context, now)]
    rows.append((Span("─" * cells, "line"),))
    if contents.open_goals(pages, progress):
        rows += wrap((Span(words("end.challenge"), "h"),), cells)
    return (*rows, *_onward(following, question, words, cells))


def _onward(following: str, question: str, words: Words, cells: int) -> Rows:
    """Return the next lesson's title and question."""
    if not following:
        return ()
    lead = words("end.next")
    said = (Span(following, strong=True), *((None, Span(question, "grey")) if question else ()))
    return entry((Span(pad(lead, Span(lead).width + 2), "grey"),), said, cells)


def _questions(
    asked: Sequence[Question],
    again: int,
    progress: Progress,
    words: Words,
    cells: int,
    context: Context,
    now: datetime,
) -> Rows:
    """Return the questions by state, known ones first, each with its due date.

    Args:
        again: number of wrong questions that can be answered again at once.
    """
    titles = [one_line(question.title, context) for question in asked]
    heads: dict[str, Row] = {
        name: (Span(f"{sign} ", role), Span(words(f"end.{name}"), "grey"))
        for name, sign, role in GROUPS
    }
    column = day_column([*titles, *heads.values()], INDENT, cells)
    rows: list[Row] = []
    dates = words("end.back")
    for name, head in heads.items():
        own = [n for n, question in enumerate(asked) if _standing(question, progress) == name]
        if not own:
            continue
        if len(own) == len(asked) and name == "unasked":
            break  # the bar shows this already, and the next action must not be pushed down
        if name != "unasked" and dates:
            head = (*head, Span(" " * (column - width(head))), Span(dates, "grey"))
            dates = ""
        rows.append(head)
        for n in own:
            question = asked[n]
            day = when(progress, question.id, now, words)
            lead = (Span(" " * INDENT),)
            rows += dated_row(lead, titles[n], day, column, link=f"page:{question.id}")
        if name == "missed" and again:
            offer = Span(words("end.wrong", n=again), "accent", link="key:space")
            rows += entry((Span(" " * INDENT),), (offer,), cells)
    return tuple(rows)


def _standing(question: Question, progress: Progress) -> str:
    """Return the state of a question, as named in GROUPS."""
    if progress.known(question.id, question.rev):
        return "known"
    record = progress.questions.get(question.id)
    return "missed" if record is not None and record.last is not None else "unasked"


def file_end_rows(lesson: Lesson, words: Words, cells: int, context: Context) -> Rows:
    """Return the end page of an opened file."""
    title = plain(one_line(lesson.title, context))
    said = words("end.file", title=title)
    return (
        (),
        *wrap((Span(said, strong=True),), cells),
        (),
        *wrap((Span(words("end.close")),), cells),
    )
