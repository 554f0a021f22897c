"""When a question comes back: the FSRS-6 scheduler on review days.

Only the first answer of a day counts: a second one, just after the reason was read, says little.
Nothing is random and there are no learning steps, so the same log always gives the same schedule.
Source: https://github.com/open-spaced-repetition/py-fsrs
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from rnntutor.study.days import today
from rnntutor.study.progress import Progress, Review

if TYPE_CHECKING:
    from fsrs import Rating

GUESS = 1
"""The confidence of somebody who guessed."""


def due_day(reviews: Iterable[Review]) -> int | None:
    """The day, as an ordinal, on which a question with these reviews is due; None without any."""
    from fsrs import Card, Scheduler

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, due = Card(card_id=0), None
    for review in reviews:
        try:
            card, _ = scheduler.review_card(card, rating(review), _noon(review.day))
        except (OverflowError, ValueError):
            break  # a clock that was set to the end of time
        due = card.due.toordinal()
    return due


def due(progress: Progress, now: datetime) -> list[str]:
    """The questions due at the local moment `now`, those that waited longest first."""
    day = today(now)
    waiting = [
        (when, question)
        for question, record in progress.questions.items()
        if (when := due_day(record.reviews)) is not None and when <= day
    ]
    return [question for _, question in sorted(waiting)]


def rating(review: Review) -> Rating:
    """A right answer is good; one that was guessed, needed a hint or lacks little is hard."""
    from fsrs import Rating

    if review.score >= 1 and not review.hints and review.confidence != GUESS:
        return Rating.Good
    return Rating.Hard if review.score >= 0.75 else Rating.Again


def _noon(day: int) -> datetime:
    return datetime.combine(date.fromordinal(day), time(12), UTC)
