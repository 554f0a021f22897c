"""When a question is due again: FSRS-6 on review days.

Only the first answer of a day counts: a second one, shortly after reading the explanation, proves
little. Nothing is random and there are no learning steps, so the same log always gives the same
schedule.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from rnntutor.study import forgetting
from rnntutor.study.days import today
from rnntutor.study.forgetting import AGAIN, GOOD, HARD
from rnntutor.study.progress import Progress, Review

GUESS = 1
"""Confidence of a guess."""

SURE = 3
"""Highest confidence."""

LONG = 300
"""Seconds after which an answer counts as hard; calculations by hand take two or three minutes."""

CAP = 15
"""Default for the most questions in one review: about ten minutes."""

MINUTES = 12
"""Default for the longest duration of a review in minutes."""

FORECAST = 14
"""Number of days in a forecast."""

_END = date.max.toordinal()


def due_day(reviews: Iterable[Review], exam: int | None = None) -> int | None:
    """Return the day on which a question is due.

    A wrong answer with full confidence is due again on the next day. A question that would be due
    on or after the examination is due halfway to it instead.

    Args:
        reviews: Reviews of the question in order.
        exam: Day of an examination as an ordinal.

    Returns:
        The day as an ordinal, or None without reviews.
    """
    memory, due, last = None, None, 0
    for review in reviews:
        rated = rating(review)
        if memory is None:
            memory = forgetting.first(rated, review.day)
        else:
            memory = forgetting.after(memory, rated, review.day)
        then = review.day + forgetting.interval(memory)
        if then > _END:
            break  # the clock was set to an impossible date
        due, last = then, review.day
        if review.score < 1 and review.confidence == SURE:
            due = min(due, last + 1)
    if due is not None and exam is not None and last < exam <= due:
        return max(last + 1, last + (exam - last) // 2)
    return due


def due_days(progress: Progress) -> dict[str, int]:
    """Return the due day of each answered question and each missed prediction or task, by id."""
    exam = exam_day(progress)
    days = {name: due_day(reviews, exam) for name, reviews in progress.reviews_by_id.items()}
    return {question: day for question, day in days.items() if day is not None}


def due(progress: Progress, now: datetime) -> list[str]:
    """Return the questions due at the local time `now`, longest overdue first."""
    day = today(now)
    waiting = [(when, question) for question, when in due_days(progress).items() if when <= day]
    return [question for _, question in sorted(waiting)]


def forecast(progress: Progress, now: datetime, days: int = FORECAST) -> list[int]:
    """Return the number of questions due today and on each following day.

    Overdue questions count for today.
    """
    first = today(now)
    counts = [0] * days
    for when in due_days(progress).values():
        if when < first + days:
            counts[max(0, when - first)] += 1
    return counts


def exam_day(progress: Progress) -> int | None:
    """Return the day of the examination in the learner's settings as an ordinal, or None."""
    named = progress.settings.get("exam")
    try:
        return date.fromisoformat(named).toordinal() if isinstance(named, str) else None
    except ValueError:
        return None


def rating(review: Review) -> int:
    """Return the FSRS rating of a review.

    A right answer is GOOD. It is HARD if it was guessed, needed a hint or took long; so is a score
    of at least 0.75.
    """
    unaided = not review.hints and review.confidence != GUESS and review.seconds <= LONG
    if review.score >= 1 and unaided:
        return GOOD
    return HARD if review.score >= 0.75 else AGAIN
