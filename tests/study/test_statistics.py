"""Statistics of a whole history: every answer counts once, and undone ones do not."""

from __future__ import annotations

from rnntutor.study.events import Event
from rnntutor.study.statistics import ENOUGH, Count, statistics


def event(n: int, kind: str, day: int = 1, **data: object) -> Event:
    return Event("s", n, f"2026-03-{day:02}T12:00:00.{n:06}Z", "+00:00", kind, data)


def answer(n: int, question: str, score: float, day: int = 1, **more: object) -> Event:
    return event(n, "answer", day, question=question, score=score, **more)


def test_every_answer_counts_by_topic_question_confidence_and_day() -> None:
    found = statistics(
        [
            answer(1, "gru.a", 1, confidence=3, seconds=10),
            answer(2, "gru.a", 0.5, day=2, confidence=3),
            answer(3, "lstm.b", 0, day=2, confidence=1),
        ]
    )
    assert found.all == Count(3, 1)
    assert found.topics == {"gru": Count(2, 1), "lstm": Count(1, 0)}
    assert found.confidence == {3: Count(2, 1), 1: Count(1, 0)}
    assert [count.asked for count in found.days.values()] == [1, 2]
    assert found.seconds == 10


def test_what_was_undone_does_not_count() -> None:
    events = [answer(1, "gru.a", 0), event(2, "undo", sequence=1), answer(3, "gru.a", 1)]
    assert statistics(events).all == Count(1, 1)


def test_a_share_is_said_only_of_enough_answers() -> None:
    assert Count(ENOUGH - 1, ENOUGH - 1).share is None
    assert Count(ENOUGH, ENOUGH // 2).share == 0.5


def test_events_in_a_wrong_form_count_for_nothing() -> None:
    bad = [
        event(1, "answer"),
        event(2, "answer", question=3, score=1),
        event(3, "answer", question="a.b", score="1"),
        event(4, "answer", question="a.b", score=True),
        Event("s", 5, "soon", "+00:00", "answer", {"question": "a.b", "score": 1}),
        event(6, "coarse", question="a.b"),
    ]
    assert statistics(bad).all.asked == 0
