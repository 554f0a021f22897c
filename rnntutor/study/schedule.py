"""When a question comes back: FSRS-6 on review days.

Only the first answer of a day counts: a second one, just after the reason was read, says little.
Nothing is random and there are no learning steps, so the same log always gives the same schedule.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from rnntutor.study import forgetting
from rnntutor.study.days import today
from rnntutor.study.forgetting import AGAIN, GOOD, HARD
from rnntutor.study.progress import Progress, Review

GUESS = 1
"""The confidence of somebody who guessed."""

SURE = 3
"""The confidence of somebody who was sure."""

LONG = 300
"""The seconds after which an answer was looked for rather than known; those worked out by hand take
two or three minutes."""

CAP = 15
"""The most that one review asks for, unless something else is wanted: ten minutes or so."""

MINUTES = 12
"""The longest that a review takes, unless something else is wanted."""

FORECAST = 14
"""The days that a forecast looks ahead."""

_END = date.max.toordinal()


def due_day(reviews: Iterable[Review], exam: int | None = None) -> int | None:
    """The day, as an ordinal, on which a question with these reviews is due; None without any.

    What was wrong although one was sure of it comes back on the next day. exam: the day of an
    examination. What would come back only after it comes back halfway there.
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
            break  # a clock that was set to the end of time
        due, last = then, review.day
        if review.score < 1 and review.confidence == SURE:
            due = min(due, last + 1)
    if due is not None and exam is not None and last < exam <= due:
        return max(last + 1, last + (exam - last) // 2)
    return due


def due_days(progress: Progress) -> dict[str, int]:
    """The day on which each question that was ever answered, and each prediction that was missed,
    is due."""
    exam = exam_day(progress)
    days = {name: due_day(reviews, exam) for name, reviews in progress.reviewed.items()}
    return {question: day for question, day in days.items() if day is not None}


def due(progress: Progress, now: datetime) -> list[str]:
    """The questions due at the local moment `now`, those that waited longest first."""
    day = today(now)
    waiting = [(when, question) for question, when in due_days(progress).items() if when <= day]
    return [question for _, question in sorted(waiting)]


def forecast(progress: Progress, now: datetime, days: int = FORECAST) -> list[int]:
    """How many questions are due today and on each of the days that follow. What has been waiting
    counts as due today."""
    first = today(now)
    counts = [0] * days
    for when in due_days(progress).values():
        if when < first + days:
            counts[max(0, when - first)] += 1
    return counts


def exam_day(progress: Progress) -> int | None:
    """The day of the examination that the learner has named, as an ordinal."""
    named = progress.settings.get("exam")
    try:
        return date.fromisoformat(named).toordinal() if isinstance(named, str) else None
    except ValueError:
        return None


def rating(review: Review) -> int:
    """A right answer is good; one that was guessed, needed a hint, took long or lacks little is
    hard."""
    unaided = not review.hints and review.confidence != GUESS and review.seconds <= LONG
    if review.score >= 1 and unaided:
        return GOOD
    return HARD if review.score >= 0.75 else AGAIN
