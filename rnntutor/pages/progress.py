"""Render the learner's progress: figures with their sample sizes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from rnntutor.course.load import Course
from rnntutor.pages.listed import entry
from rnntutor.render.primitives import bars
from rnntutor.render.primitives.wrap import wrap
from rnntutor.session import contents
from rnntutor.session.comeback import after
from rnntutor.session.course_view import CourseView
from rnntutor.spans import Row, Rows, Span, pad, width
from rnntutor.study.days import iso_date, today
from rnntutor.study.progress import Progress
from rnntutor.study.schedule import FORECAST, due_days, forecast
from rnntutor.study.statistics import Count, Statistics
from rnntutor.words import Words

CONFIDENCE = {1: "guessed", 2: "maybe", 3: "sure"}
BACK = 14  # number of days in the history
WIDE = 76  # maximum width in cells

Cells = Sequence[tuple[str, str]]
"""Text and role of each cell in a row of a table."""


def progress_rows(
    view: CourseView, found: Statistics, cells: int, now: datetime, *, tall: int = 1
) -> Rows:
    """Return lessons, topics, calibration, the answers of past days and the reviews of coming days.

    Args:
        tall: height of a day's bar in rows.
    """
    words, cells = view.words, min(cells, WIDE)
    if not found.all.asked:
        return ((), *wrap((Span(words("progress.nothing")),), cells))
    finished = certificate(view, found, now)
    rows: list[Row] = [(), *finished, (), (Span("─" * cells, "line"),)] if finished else []
    answers = words("progress.answers", n=found.all.asked, right=found.all.right)
    rows += [(), *wrap((Span(answers, strong=True),), cells)]
    rows += [(), *_topics(view, found, cells, now)]
    rows += [(), *_head(words("progress.share_from"), cells)]
    rows += [(), *_lessons(view, cells)]
    rows += _calibration(found, words, cells)
    behind = _behind(found, words, now, cells, tall)
    return (*rows, (), *behind, (), *_ahead(view.progress, words, now, cells, tall))


# ---- tables --------------------------------------------------------------------------------------


def by_topic(course: Course, found: Statistics) -> dict[str, Count]:
    """Return answer counts by topic, including predictions and tasks of steps."""
    topics: dict[str, Count] = {}
    for name, count in found.questions.items():
        of = topics.setdefault(contents.topic_of(course, name), Count())
        of.asked += count.asked
        of.right += count.right
    return topics


def _topics(view: CourseView, found: Statistics, cells: int, now: datetime) -> Rows:
    course, words = view.course, view.words
    names = ("asked", "right", "share", "last", "next")
    head = [(words("progress.topic"), "grey"), *((words(f"progress.{n}"), "grey") for n in names)]
    days, first = due_days(view.progress), today(now)
    table: list[Cells] = [head]
    counts = by_topic(course, found)
    for topic in course.topics:
        count = counts.get(topic.id)
        if count is None:
            continue
        own = [q for q in found.questions if contents.topic_of(course, q) == topic.id]
        due = min((days[q] for q in own if q in days), default=None)
        last = max(found.last[q] for q in own)
        share = count.share
        table.append(
            (
                (view.text(topic.name), ""),
                (str(count.asked), ""),
                (str(count.right), ""),
                ("·" if share is None else f"{share:.0%}", _role(share)),
                (_short(last, first), "grey"),
                ("" if due is None else after(due - first, due, words), "accent"),
            )
        )
    return _table(table, cells)


def _short(day: int, today: int) -> str:
    """Format a date, without the year if it is the current one."""
    written = iso_date(day)
    return written[5:] if written[:4] == iso_date(today)[:4] else written


def _lessons(view: CourseView, cells: int) -> Rows:
    """Return pages done and questions known for each opened lesson."""
    course, words = view.course, view.words
    names = ("pages", "known")
    head = [(words("progress.lesson"), "grey"), *((words(f"progress.{n}"), "grey") for n in names)]
    table: list[Cells] = [head]
    for index, lesson in enumerate(course.entries):
        if not contents.begun(lesson, view.progress):
            continue
        done, pages = view.page_counts(lesson)
        known, asked, there = view.answer_counts(lesson)
        title = f"{course.numbers[index]} {view.text(lesson.title)}"
        of = words("progress.known_of", known=known, asked=asked, of=there)
        full = "right" if pages and done == pages else ""
        table.append(((title, ""), (f"{done}/{pages}", full), (of, "")))
    return _table(table, cells, said=True) if len(table) > 1 else ()


def _table(rows: Sequence[Cells], cells: int, *, said: bool = False) -> Rows:
    """Return a table with columns as wide as their widest cell; the first column wraps.

    Args:
        said: whether the last column holds text, which is aligned left, instead of numbers.
    """
    columns = len(rows[0])
    wide = [max(Span(row[n][0]).width for row in rows) for n in range(columns)]
    others = sum(wide[1:]) + 2 * (columns - 1)
    first = min(wide[0], max(8, cells - others))
    out: list[Row] = []
    for row in rows:
        names = wrap((Span(row[0][0], row[0][1]),), first) or ((),)
        tail = [
            Span("  " + pad(text, room, right=not said or n + 2 < columns), role)
            for n, ((text, role), room) in enumerate(zip(row[1:], wide[1:], strict=True))
        ]
        out.append((*names[0], Span(" " * (first - width(names[0]))), *tail))
        out += names[1:]
    return tuple(out)


def _role(share: float | None) -> str:
    if share is None:
        return "grey"
    return "right" if share >= 0.8 else "accent" if share >= 0.5 else "h"


# ---- calibration and days ------------------------------------------------------------------------


def _calibration(found: Statistics, words: Words, cells: int) -> Rows:
    """Return the share of right answers for each confidence that the learner stated."""
    rows: list[Row] = []
    for level, name in CONFIDENCE.items():
        count = found.confidence.get(level)
        if count is None:
            continue
        of = words("progress.of", right=count.right, asked=count.asked)
        share = "" if count.share is None else f"  {count.share:.0%}"
        lead = Span(pad(f"  {words(f'confidence.{name}')}", 16), "grey")
        rows.append((lead, Span(of), Span(share, _role(count.share))))
    return ((), *_head(words("progress.calibration"), cells), *rows) if rows else ()


def _head(text: str, cells: int) -> Rows:
    return wrap((Span(text, "grey"),), cells)


def _behind(found: Statistics, words: Words, now: datetime, cells: int, tall: int) -> Rows:
    """Return the number of answers on each of the last days."""
    first = today(now)
    days = range(first - BACK + 1, first + 1)
    counts = [found.days.get(day, Count()).asked for day in days]
    said = words("progress.behind", n=sum(counts), days=BACK)
    return (*_head(said, cells), *_bars(counts, days, cells, tall))


def _ahead(progress: Progress, words: Words, now: datetime, cells: int, tall: int) -> Rows:
    """Return the number of reviews due on each of the coming days."""
    counts = forecast(progress, now)
    first = today(now)
    said = words("progress.forecast", today=counts[0], days=FORECAST, sum=sum(counts))
    return (*_head(said, cells), *_bars(counts, range(first, first + FORECAST), cells, tall))


def _bars(counts: Sequence[int], days: Iterable[int], cells: int, tall: int) -> Rows:
    """Return a bar for each day in `tall` rows, its number, and the day of the month below."""
    most = max(max(counts), 1)
    room = 4 if cells >= 2 + 4 * len(counts) else 3
    drawn: list[list[Span]] = [[Span("  ")] for _ in range(tall)]
    numbers, dates = [Span("  ")], [Span("  ")]
    for count, day in zip(counts, days, strict=True):
        for row, cell in zip(drawn, bars.tall(count, most, tall), strict=True):
            row.append(Span(pad(cell * 2 if count else cell, room), "accent" if count else "line"))
        numbers.append(Span(pad(str(count) if count else "", room)))
        dates.append(Span(pad(str(date.fromordinal(day).day), room), "grey"))
    return tuple(tuple(row) for row in (*drawn, numbers, dates))


def certificate(view: CourseView, found: Statistics, now: datetime) -> Rows | None:
    """Return the results of a learner who has done every page of the course; None for others."""
    course, words = view.course, view.words
    counts = [view.page_counts(entry) for entry in course.entries]
    done, pages = sum(d for d, _ in counts), sum(p for _, p in counts)
    if not pages or done < pages:
        return None
    every = [view.answer_counts(entry) for entry in course.entries]
    known, asked, there = (sum(column) for column in zip(*every, strict=True))
    title = view.text(course.title)
    day = iso_date(today(now))
    rows: list[Row] = [
        (Span(words("certificate.title"), strong=True),),
        (),
        *wrap((Span(words("certificate.course", title=title)),), WIDE),
        (),
        (Span(words("certificate.pages", n=pages)),),
        (Span(words("certificate.questions", known=known, asked=asked, of=there)),),
        (Span(words("certificate.answers", n=found.all.asked, days=len(found.days))),),
        (),
    ]
    counted = by_topic(course, found)
    for topic in course.topics:
        count = counted.get(topic.id)
        if count is not None:
            said = words("progress.of", right=count.right, asked=count.asked)
            rows += entry((Span(f"  {pad(view.text(topic.name), 28)}"),), (Span(said),), WIDE)
    notice = wrap((Span(words("certificate.notice"), "grey"),), WIDE)
    return (*rows, (), (Span(words("certificate.day", day=day)),), (), *notice)
