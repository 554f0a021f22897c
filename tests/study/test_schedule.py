"""Reviews: days start at 04:00, and a log always gives the same schedule."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest

from rnntutor.study.days import review_day, today
from rnntutor.study.events import Event
from rnntutor.study.forgetting import AGAIN, GOOD, HARD
from rnntutor.study.progress import Progress, Review, fold
from rnntutor.study.schedule import SURE, due, due_day, forecast, rating


def day(text: str) -> int:
    return datetime.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("time", "zone", "local_day"),
    [
        ("2026-03-01T18:59:59.999999Z", "+09:00", "2026-03-01"),  # 03:59 in Seoul on the 2nd
        ("2026-03-01T19:00:00.000000Z", "+09:00", "2026-03-02"),  # 04:00
        ("2026-03-01T03:59:00.000000Z", "+00:00", "2026-02-28"),
        ("2026-03-01T12:00:00.000000Z", "-09:30", "2026-02-28"),  # 02:30
    ],
)
def test_a_review_day_turns_at_four_in_the_morning(time: str, zone: str, local_day: str) -> None:
    assert review_day(time, zone) == day(local_day)


def test_today_turns_with_the_review_days() -> None:
    assert today(datetime(2026, 3, 2, 3, 59)) == day("2026-03-01")
    assert today(datetime(2026, 3, 2, 4, 0)) == day("2026-03-02")


def answered(*answers: tuple[str, float]) -> Progress:
    """Return the progress after answers to one question, (local time, score) each."""
    return fold(
        Event("s", n, f"{time}:00.000000Z", "+00:00", "answer", {"question": "q.a", "score": score})
        for n, (time, score) in enumerate(answers, 1)
    )


def test_a_right_answer_comes_back_later_than_a_wrong_one() -> None:
    right = due_day([Review(day("2026-03-01"), 1.0)])
    guessed = due_day([Review(day("2026-03-01"), 1.0, confidence=1)])
    wrong = due_day([Review(day("2026-03-01"), 0.0)])
    assert right is not None and guessed is not None and wrong is not None
    assert right > guessed > day("2026-03-01")
    assert right > wrong > day("2026-03-01")


def test_an_answer_is_good_hard_or_forgotten() -> None:
    """Right without help is good.

    A guess, a hint, more than five minutes, or a score from three quarters is hard.
    """
    assert rating(Review(0, 1.0, confidence=3)) == GOOD
    assert rating(Review(0, 1.0, seconds=300)) == GOOD
    assert rating(Review(0, 0.74)) == AGAIN
    for hard in (
        Review(0, 0.75),
        Review(0, 0.99),
        Review(0, 1.0, hints=1),
        Review(0, 1.0, confidence=1),
        Review(0, 1.0, confidence=3, seconds=301),
    ):
        assert rating(hard) == HARD


def test_intervals_grow_with_right_reviews() -> None:
    reviews, at, gaps = [], day("2026-03-01"), []
    for _ in range(4):
        reviews.append(Review(at, 1.0))
        when = due_day(reviews)
        assert when is not None
        gaps.append(when - at)
        at = when
    assert gaps == sorted(set(gaps))


def test_only_the_first_answer_of_a_day_counts_for_the_schedule() -> None:
    """03:00 belongs to the previous day."""
    once = answered(("2026-03-01T10:00", 0.0))
    again = answered(
        ("2026-03-01T10:00", 0.0), ("2026-03-01T10:05", 1.0), ("2026-03-02T03:00", 1.0)
    )
    assert again.questions["q.a"].reviews == once.questions["q.a"].reviews


def test_a_question_is_due_from_four_on_its_day_on() -> None:
    progress = answered(("2026-03-01T10:00", 1.0))
    when = due_day(progress.questions["q.a"].reviews)
    assert when is not None
    turn = datetime.fromordinal(when) + timedelta(hours=4)
    assert due(progress, turn - timedelta(minutes=1)) == []
    assert due(progress, turn) == ["q.a"]


def test_an_undone_answer_schedules_nothing() -> None:
    undo = Event("s", 2, "2026-03-01T11:00:00.000000Z", "+00:00", "undo", {"sequence": 1})
    progress = fold([undo], answered(("2026-03-01T10:00", 1.0)))
    assert due(progress, datetime(2030, 1, 1)) == []


def test_replaying_gives_the_same_schedule() -> None:
    reviews = [Review(day("2026-03-01") + 3 * n, (n % 3) / 2) for n in range(12)]
    assert len({due_day(reviews) for _ in range(20)}) == 1


def by_the_library(reviews: list[Review]) -> int | None:
    """Return the day on which the library itself schedules a card with these reviews."""
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, due = Card(card_id=0), None
    for review in reviews:
        noon = datetime.combine(date.fromordinal(review.day), time(12), UTC)
        try:
            card, _ = scheduler.review_card(card, Rating(rating(review)), noon)
        except OverflowError:
            break
        due = card.due.toordinal()
    return due


def test_every_due_day_is_the_library_s_own() -> None:
    """This holds for random histories: intervals from a day to decades, and extreme clocks."""
    rng = Random(12)
    longest = 0
    for n in range(400):
        luck, spread = rng.random(), rng.choice((1, 3, 30, 400))
        start = date.max.toordinal() - 3000 if n % 20 == 0 else day("2026-03-01")
        at, reviews = start, []
        for _ in range(rng.randint(1, 60)):
            right = rng.random() < luck
            score = 1.0 if right else rng.choice((0.0, 0.5, 0.8))
            sure = rng.choice((1, 2, 3, None) if right else (1, 2, None))
            reviews.append(Review(at, score, sure, rng.choice((0, 0, 0, 1))))
            at += rng.randint(1, spread)
            if at > date.max.toordinal():
                break
        found = due_day(reviews)
        assert found == by_the_library(reviews)
        longest = max(longest, (found or 0) - reviews[-1].day)
    assert longest > 1000


def test_what_was_wrong_although_one_was_sure_comes_back_the_next_day() -> None:
    start = day("2026-03-01")
    known = [Review(start, 1.0), Review(start + 3, 1.0), Review(start + 12, 1.0)]
    wrong = due_day([*known, Review(start + 40, 0.0)])
    assert wrong is not None and wrong > start + 41
    assert due_day([*known, Review(start + 40, 0.0, confidence=SURE)]) == start + 41


def test_what_would_come_back_after_the_last_day_that_there_is_does_not() -> None:
    start, last = day("2026-03-01"), date.max.toordinal()
    first = due_day([Review(start, 1.0)])
    assert first is not None
    interval = first - start
    assert due_day([Review(last - interval, 1.0)]) == last
    assert due_day([Review(last - interval + 1, 1.0)]) is None


def test_fsrs_is_loaded_only_when_a_schedule_is_asked_for() -> None:
    code = "import sys, rnntutor.study.schedule; sys.exit('fsrs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_before_an_examination_nothing_comes_back_only_after_it() -> None:
    start = day("2026-03-01")
    reviews = [Review(start, 1.0), Review(start + 3, 1.0), Review(start + 12, 1.0)]
    free = due_day(reviews)
    assert free is not None
    for exam in range(start + 13, free + 1):
        brought = due_day(reviews, exam)
        assert brought is not None and start + 12 < brought <= exam
        half = (exam - (start + 12)) / 2
        assert brought == start + 13 or half - 1 < brought - (start + 12) <= half
    assert due_day(reviews, free + 10) == free
    assert due_day(reviews, start + 12) == free  # the exam is on the day of the last review
    assert due_day(reviews, start) == free  # a past exam changes nothing


def test_a_forecast_counts_each_question_once_and_what_waits_as_today() -> None:
    progress = answered(("2026-03-01T12:00", 1.0))
    when = due_day([Review(day("2026-03-01"), 1.0)])
    assert when is not None
    ahead = when - day("2026-03-01")
    counts = forecast(progress, datetime(2026, 3, 1, 12), days=ahead + 1)
    assert counts == [0] * ahead + [1]
    late = forecast(progress, datetime(2026, 3, 1, 12) + timedelta(days=ahead + 40))
    assert late[0] == 1 and sum(late) == 1
