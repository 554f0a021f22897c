"""When a question comes back, in words."""

from __future__ import annotations

from datetime import date, datetime

from rnntutor.study.days import today
from rnntutor.study.progress import Progress
from rnntutor.study.schedule import due_day, exam_day
from rnntutor.words import Words

NEAR = 14  # days that are counted; what comes later has a date


def when(progress: Progress, question: str, now: datetime, words: Words) -> str:
    """ "Tomorrow", "in 6 days", "on 2026-12-15"; "" for a question that was never answered."""
    day = due_day(progress.reviews(question), exam_day(progress))
    if day is None:
        return ""
    return after(day - today(now), day, words)


def after(days: int, day: int, words: Words) -> str:
    """A day so many days from today, in words. day: the same as an ordinal."""
    if days <= 0:
        return words("comeback.today")
    if days == 1:
        return words("comeback.tomorrow")
    if days <= NEAR:
        return words("comeback.days", n=days)
    return words("comeback.on", day=date.fromordinal(day).isoformat())
