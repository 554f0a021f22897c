"""Statistics over a whole history: every answer counts, not only the last of each question.

They are computed from the log on demand, so that the fold at every start stays small.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rnntutor.study.days import review_day
from rnntutor.study.events import Event, standing

ENOUGH = 10
"""Number of answers from which on a share is given; for fewer only the two numbers are shown."""


@dataclass
class Count:
    """A number of answers, and how many of them were right."""

    asked: int = 0
    right: int = 0

    def add(self, right: bool) -> None:
        """Count an answer."""
        self.asked += 1
        self.right += right

    @property
    def share(self) -> float | None:
        """Return the share of right answers, or None for fewer than ENOUGH answers."""
        return self.right / self.asked if self.asked >= ENOUGH else None


@dataclass
class Statistics:
    """Statistics over a history.

    Attributes:
        topics: Counts by topic.
        questions: Counts by question id.
        confidence: Counts by confidence (1 a guess … 3 sure).
        days: Counts by review day.
        last: Day of the last answer to each question.
        seconds: Total time spent on answers.
    """

    topics: dict[str, Count] = field(default_factory=dict)
    questions: dict[str, Count] = field(default_factory=dict)
    confidence: dict[int, Count] = field(default_factory=dict)
    days: dict[int, Count] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def all(self) -> Count:
        """Return the count of all answers."""
        counts = self.topics.values()
        return Count(sum(c.asked for c in counts), sum(c.right for c in counts))


def statistics(events: Iterable[Event]) -> Statistics:
    """Return the statistics of ordered events; undone answers do not count."""
    found = Statistics()
    for event in standing(events):
        _count(found, event)
    return found


def _count(found: Statistics, event: Event) -> None:
    question, score = event.data.get("question"), event.data.get("score")
    if not isinstance(question, str) or isinstance(score, bool):
        return
    if not isinstance(score, int | float):
        return
    try:
        day = review_day(event.time, event.zone)
    except ValueError:
        return
    right = score >= 1
    found.topics.setdefault(question.partition(".")[0], Count()).add(right)
    found.questions.setdefault(question, Count()).add(right)
    found.days.setdefault(day, Count()).add(right)
    found.last[question] = day
    confidence, seconds = event.data.get("confidence"), event.data.get("seconds")
    if type(confidence) is int and 1 <= confidence <= 3:
        found.confidence.setdefault(confidence, Count()).add(right)
    if isinstance(seconds, int | float) and not isinstance(seconds, bool):
        found.seconds += max(0.0, min(float(seconds), 3600.0))
