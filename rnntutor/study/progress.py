"""The learner's progress: a pure fold over the ordered events.

Named tuples, because this is imported before the first screen and defining a data class takes eight
times as long.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from rnntutor.study.days import review_day
from rnntutor.study.events import Event, Key

RECENT = 8
"""Number of answers kept individually for each question; only these can be undone."""

PageKey = tuple[str, str]
"""Ids of a lesson and a page."""

OFF = "off"
"""Value of a setting that is switched off."""

PREDICTION, TASK = "predict:", "task:"
"""Prefixes of the ids under which predictions and tasks are reviewed; no question id has them."""


def prediction_id(lesson: str, page: str) -> str:
    """Return the id under which the prediction of a page is reviewed."""
    return f"{PREDICTION}{lesson}.{page}"


def task_id(lesson: str, page: str) -> str:
    """Return the id under which the task of a page is reviewed."""
    return f"{TASK}{lesson}.{page}"


def page_of(name: str) -> PageKey | None:
    """Return the page of a prediction or task id, or None for the id of a question."""
    for lead in (PREDICTION, TASK):
        if name.startswith(lead):
            lesson, _, page = name[len(lead) :].partition(".")
            return lesson, page
    return None


class Review(NamedTuple):
    """The first answer of a review day, on which the schedule is based."""

    day: int
    score: float
    confidence: int | None = None
    hints: int = 0
    seconds: int = 0


class Answer(NamedTuple):
    """One answer that was not undone.

    Attributes:
        session: Session of the event.
        sequence: Sequence number of the event.
        time: Time of the event.
        day: Review day as an ordinal.
        score: From 0 to 1.
        confidence: From 1 (a guess) to 3 (sure), None if unknown.
        hints: Number of hints used.
        seconds: Time taken in seconds, 0 if unknown.
    """

    session: str
    sequence: int
    time: str
    day: int
    score: float
    confidence: int | None = None
    hints: int = 0
    seconds: int = 0

    @property
    def right(self) -> bool:
        """Whether the answer is entirely right."""
        return self.score >= 1


class Record(NamedTuple):
    """The answers to a question at its newest revision.

    Attributes:
        rev: The revision.
        recent: The last answers, at most RECENT.
        older: Number of older answers.
        older_best: Best score of the older answers.
        older_reviews: Reviews from the older answers.
    """

    rev: int = 1
    recent: tuple[Answer, ...] = ()
    older: int = 0
    older_best: float = 0.0
    older_reviews: tuple[Review, ...] = ()

    @property
    def attempts(self) -> int:
        """The number of answers."""
        return self.older + len(self.recent)

    @property
    def last(self) -> Answer | None:
        """The last answer; None if there is none."""
        return self.recent[-1] if self.recent else None

    @property
    def right(self) -> bool:
        """Return whether the last answer or the first of its day is right.

        A second attempt shortly after the first proves little, so it may improve the result but not
        worsen it.
        """
        last = self.last
        if last is None:
            return False
        first = self.reviews[-1] if self.reviews else None
        return last.right or (first is not None and first.day == last.day and first.score >= 1)

    @property
    def best(self) -> float:
        """The best score."""
        return max((self.older_best, *(answer.score for answer in self.recent)))

    @property
    def reviews(self) -> tuple[Review, ...]:
        """Return the first answer of each review day."""
        found = self.older_reviews
        for answer in self.recent:
            found = _with_review(found, answer)
        return found

    def plus(self, answer: Answer) -> Record:
        """Return the record with one more answer."""
        recent = (*self.recent, answer)
        if len(recent) <= RECENT:
            return self._replace(recent=recent)
        first = recent[0]
        return Record(
            self.rev,
            recent[1:],
            self.older + 1,
            max(self.older_best, first.score),
            _with_review(self.older_reviews, first),
        )

    def minus(self, session: str, sequence: int) -> Record:
        """Return the record without an answer; unchanged if it has no such answer."""
        kept = tuple(a for a in self.recent if (a.session, a.sequence) != (session, sequence))
        return self if len(kept) == len(self.recent) else self._replace(recent=kept)


class Progress(NamedTuple):
    """The learner's state. A question is identified as a page with the lesson "".

    Attributes:
        settings: Settings by name.
        last_page: Page of the last session, None before the first page.
        visited: Pages that were opened.
        done: Pages on which everything is done.
        predicted: Whether the prediction of a page was right; None if skipped.
        tried: Pages with a challenge that was begun.
        ticks: (lesson, page, name) of the tasks that are done.
        questions: Answers by question id.
        last: Key of the newest event.
        builds: Code exercises that were checked, and whether they have ever passed.
        act: Act of `last_page` after its text was read, else "".
        passed: Pages that were left before everything on them was done.
        missed: Ids of predictions that were wrong and of tasks that were skipped and not done
            since, with the day of the first miss.
        notes: The learner's notes on pages and questions.
        flags: Pages and questions marked as unclear.
        unexplained: Wrongly predicted option of a page for which no reason has been chosen yet.
    """

    settings: Mapping[str, object] = MappingProxyType({})
    last_page: PageKey | None = None
    visited: frozenset[PageKey] = frozenset()
    done: frozenset[PageKey] = frozenset()
    predicted: Mapping[PageKey, bool | None] = MappingProxyType({})
    tried: frozenset[PageKey] = frozenset()
    ticks: frozenset[tuple[str, str, str]] = frozenset()
    questions: Mapping[str, Record] = MappingProxyType({})
    last: Key | None = None
    builds: Mapping[str, bool] = MappingProxyType({})
    act: str = ""
    passed: frozenset[PageKey] = frozenset()
    missed: Mapping[str, int] = MappingProxyType({})
    notes: Mapping[PageKey, str] = MappingProxyType({})
    flags: frozenset[PageKey] = frozenset()
    unexplained: Mapping[PageKey, int] = MappingProxyType({})

    @property
    def asks_sure(self) -> bool:
        """Return whether the learner wants to state how sure they are."""
        return self.settings.get("confidence") != OFF

    def reviews(self, question: str) -> tuple[Review, ...]:
        """Return the reviews of a question, prediction or task.

        For a prediction or task that was missed, the first review is the miss.
        """
        record = self.questions.get(question)
        found = record.reviews if record is not None else ()
        day = self.missed.get(question)
        return found if day is None else (Review(day, 0.0), *(r for r in found if r.day > day))

    @property
    def reviews_by_id(self) -> dict[str, tuple[Review, ...]]:
        """Return by id the reviews of each answered question and each missed prediction or task."""
        return {name: self.reviews(name) for name in (*self.questions, *self.missed)}

    def known(self, question: str, rev: int = 1) -> bool:
        """Return whether the question counts as answered correctly at revision `rev` or later."""
        record = self.questions.get(question)
        return record is not None and record.rev >= rev and record.right

    @property
    def has_been_sure(self) -> bool:
        """Return whether the learner has ever stated their confidence."""
        answers = (answer for record in self.questions.values() for answer in record.recent)
        return any(answer.confidence is not None for answer in answers)

    def topics(self) -> dict[str, tuple[int, int]]:
        """Return for each topic the number of known questions and the number of questions answered.

        The topic of a question is the part of its id before the dot.
        """
        found: dict[str, tuple[int, int]] = {}
        for question in self.questions:
            topic = question.partition(".")[0]
            known, asked = found.get(topic, (0, 0))
            found[topic] = (known + self.known(question), asked + 1)
        return found


EMPTY = Progress()


def fold(events: Iterable[Event], start: Progress = EMPTY) -> Progress:
    """Fold events, in the order of their keys, into the progress `start`.

    An event with missing or malformed data is ignored.
    """
    folding = _Folding(start)
    for event in events:
        folding.take(event)
    return folding.progress()


class _Folding:
    """The fold in progress: mutable sets and dicts, so that a long history needs no copying."""

    def __init__(self, start: Progress) -> None:
        self.settings = dict(start.settings)
        self.last_page = start.last_page
        self.visited = set(start.visited)
        self.done = set(start.done)
        self.predicted = dict(start.predicted)
        self.tried = set(start.tried)
        self.ticks = set(start.ticks)
        self.questions = dict(start.questions)
        self.last = start.last
        self.builds = dict(start.builds)
        self.act = start.act
        self.passed = set(start.passed)
        self.missed = dict(start.missed)
        self.notes = dict(start.notes)
        self.flags = set(start.flags)
        self.unexplained = dict(start.unexplained)

    def progress(self) -> Progress:
        """Return the progress so far."""
        kept: dict[str, Any] = {
            name: frozenset(value) if isinstance(value, set) else value
            for name, value in vars(self).items()
        }
        return Progress(**kept)

    def take(self, event: Event) -> None:
        """Fold an event; malformed data are ignored."""
        self.last = event.key
        try:
            self._take(event)
        except (KeyError, TypeError, ValueError, OverflowError):
            return

    def _take(self, event: Event) -> None:
        data = event.data
        match event.kind:
            case "setting":
                self.settings[_text(data, "name")] = data["value"]
            case "page":
                page = _page(data)
                if page != self.last_page:  # reopening the same page keeps its act
                    self.last_page, self.act = page, ""
                self.visited.add(page)
            case "act":
                if _page(data) == self.last_page:
                    self.act = _text(data, "act")
            case "passed":
                page = _page(data)
                self.passed.add(page)
                if page not in self.done:
                    day = review_day(event.time, event.zone)
                    self.missed.setdefault(task_id(*page), day)
            case "done":
                page = _page(data)
                self.done.add(page)
                self.missed.pop(task_id(*page), None)
            case "predicted":
                page, right, given = _page(data), data["right"], data.get("given")
                self.predicted[page] = None if right is None else bool(right)
                self.unexplained.pop(page, None)
                if right is False:
                    day = review_day(event.time, event.zone)
                    self.missed.setdefault(prediction_id(*page), day)
                    if type(given) is int:
                        self.unexplained[page] = given
            case "because":
                self.unexplained.pop(_page(data), None)
            case "note":
                self.notes.pop(_page(data), None)
                if text := _text(data, "text").strip():
                    self.notes[_page(data)] = text
            case "unclear":
                (self.flags.add if data["on"] is True else self.flags.discard)(_page(data))
            case "tried":
                self.tried.add(_page(data))
            case "tick":
                self.ticks.add((*_page(data), _text(data, "name")))
            case "answer":
                self._answer(event)
            case "build":
                name = _text(data, "exercise")
                self.builds[name] = data["passed"] is True or self.builds.get(name, False)
            case "undo":
                self._undo(str(data.get("session", event.session)), _number(data, "sequence"))
            case _:
                pass

    def _answer(self, event: Event) -> None:
        data = event.data
        question, rev = _text(data, "question"), _number(data, "rev", 1)
        record = self.questions.get(question, Record(rev))
        if rev < record.rev:
            return
        if rev > record.rev:
            record = Record(rev)
        confidence = data.get("confidence")
        answer = Answer(
            event.session,
            event.sequence,
            event.time,
            review_day(event.time, event.zone),
            min(1.0, max(0.0, _real(data, "score"))),
            confidence if type(confidence) is int else None,
            _number(data, "hints", 0),
            _seconds(data.get("seconds")),
        )
        self.questions[question] = record.plus(answer)

    def _undo(self, session: str, sequence: int) -> None:
        for question, record in self.questions.items():
            kept = record.minus(session, sequence)
            if kept is not record:
                self.questions[question] = kept
                return


def _with_review(reviews: tuple[Review, ...], answer: Answer) -> tuple[Review, ...]:
    if reviews and answer.day <= reviews[-1].day:
        return reviews
    first = Review(answer.day, answer.score, answer.confidence, answer.hints, answer.seconds)
    return (*reviews, first)


def _seconds(value: object) -> int:
    """Return the seconds that an answer took, at most an hour; 0 if unknown."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
        return 0
    return int(min(value, 3600))


def _page(data: Mapping[str, object]) -> PageKey:
    return (_text(data, "lesson"), _text(data, "page"))


def _text(data: Mapping[str, object], name: str) -> str:
    value = data[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _number(data: Mapping[str, object], name: str, default: int | None = None) -> int:
    value = data.get(name)
    if value is None and default is not None:
        return default
    if type(value) is not int:
        raise TypeError(name)
    return value


def _real(data: Mapping[str, object], name: str) -> float:
    value = data[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(name)
    return float(value)
