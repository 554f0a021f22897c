"""The next review date of a question, in words."""

from __future__ import annotations

from datetime import datetime

from rnntutor.study.days import iso_date, today
from rnntutor.study.progress import Progress
from rnntutor.study.schedule import due_day, exam_day
from rnntutor.words import Words

NEAR = 14  # days up to which the number of days is shown instead of a date


def when(progress: Progress, question: str, now: datetime, words: Words) -> str:
    """Return when a question is due: "tomorrow", "in 6 days", "on 2026-12-15".

    An unanswered question gives "".
    """
    day = due_day(progress.reviews(question), exam_day(progress))
    if day is None:
        return ""
    return after(day - today(now), day, words)


def after(days: int, day: int, words: Words) -> str:
    """Return a day in words.

    Args:
        days: number of days from today.
        day: the day as a proleptic ordinal, for a date far ahead.
    """
    if days <= 0:
        return words("comeback.today")
    if days == 1:
        return words("comeback.tomorrow")
    if days <= NEAR:
        return words("comeback.days", n=days)
    return words("comeback.on", day=iso_date(day))
