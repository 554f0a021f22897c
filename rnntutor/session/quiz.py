"""A quiz: its questions, its course and its results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rnntutor.course.errors import CourseError
from rnntutor.course.lesson import Step
from rnntutor.course.load import Course
from rnntutor.course.question import Question
from rnntutor.session import missed
from rnntutor.session.pages import Page
from rnntutor.session.start import QuizRequest
from rnntutor.study.progress import Progress

LEECH = 4
"""Number of days with a wrong first answer from which a question counts as a leech."""

BETWEEN = 3
"""Number of questions between a wrong answer and the repetition of its question."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question in a quiz.

    Attributes:
        lesson: lesson that teaches it, to return to after a wrong answer.
        step: step that teaches it; "" if unknown.
        question: the question.
        about: topic, if the question's id does not contain it.
    """

    lesson: str
    step: str
    question: Question
    about: str = ""

    @property
    def topic(self) -> str:
        """The topic of a question, or what a task or prediction is about."""
        return self.about or self.question.topic

    @property
    def task(self) -> missed.StageTask | None:
        """The task to do on a stage; None for a question to answer."""
        body = self.question.body
        return body if isinstance(body, missed.StageTask) else None


@dataclass(frozen=True, slots=True)
class Quiz:
    """The state of a quiz.

    Attributes:
        items: items in the order asked.
        scores: scores of the items answered so far.
        repeats: whether an item that was not right is repeated in the session.
        brought: ids of questions inserted because of another one about the same idea.
        before: the quiz before the last answer.
    """

    items: tuple[Item, ...]
    scores: tuple[float, ...] = ()
    repeats: bool = False
    brought: frozenset[str] = frozenset()
    before: Quiz | None = field(default=None, compare=False, repr=False)

    @property
    def index(self) -> int:
        """The number of answered items."""
        return len(self.scores)

    @property
    def current(self) -> Item | None:
        """The current item; None after the last one."""
        return self.items[self.index] if self.index < len(self.items) else None

    def record_score(self, score: float, *, again: bool = False, other: Item | None = None) -> Quiz:
        """Record the score of the current item.

        If the quiz repeats or `again` is set, an item that was not right is inserted again after
        BETWEEN others, or at the end.

        Args:
            score: score of the answer, 0 to 1.
            again: whether to repeat this item even if the quiz does not repeat.
            other: a question about the same idea, inserted instead of the item; in a quiz that
                repeats, before it.
        """
        items, before = self.items, replace(self, before=None)
        if (self.repeats or again) and score < 1 and not self._again(self.index):
            there = min(self.index + 1 + BETWEEN, len(items))
            if self.repeats or other is None:
                items = (*items[:there], items[self.index], *items[there:])
            if other is not None:
                items = (*items[:there], other, *items[there:])
        scores, brought = (*self.scores, score), self.brought
        if other is not None and items != self.items:
            brought = brought | {other.question.id}
        return replace(self, items=items, scores=scores, brought=brought, before=before)

    def taken_back(self) -> Quiz:
        """Return the quiz before the last answer."""
        return self.before or self

    def _again(self, index: int) -> bool:
        """Return whether the item at an index is a repetition."""
        return self.items[index] in self.items[:index]

    def end(self) -> Quiz:
        """End the quiz here; the remaining items are left for another day."""
        return replace(self, items=self.items[: self.index])

    def without_current(self) -> Quiz:
        """Remove the current item, which cannot be asked."""
        return replace(self, items=(*self.items[: self.index], *self.items[self.index + 1 :]))

    @property
    def wrong(self) -> tuple[Item, ...]:
        """The items that were not fully right, without repetitions."""
        wrong = [i for i, s in zip(self.items, self.scores, strict=False) if s < 1]
        return tuple({item.question.id: item for item in wrong}.values())

    def again(self) -> Quiz:
        """Return a quiz of the wrong items."""
        return Quiz(self.wrong)

    def by_topic(self) -> dict[str, tuple[float, int]]:
        """Return points and number of questions by topic, in the order of first appearance."""
        found: dict[str, tuple[float, int]] = {}
        for item, score in zip(self.items, self.scores, strict=False):
            points, count = found.get(item.topic, (0.0, 0))
            found[item.topic] = (points + score, count + 1)
        return found


def missed_days(progress: Progress, question: str) -> int:
    """Return on how many days the first answer to a question was not right."""
    return sum(review.score < 1 for review in progress.reviews(question))


def is_leech(progress: Progress, question: str) -> bool:
    """Return whether a question has been missed so often that more repetition does not help."""
    return missed_days(progress, question) >= LEECH


def steps(quiz: Quiz, progress: Progress) -> tuple[tuple[str, str], ...]:
    """Return lesson and step ids to review: first those of leeches, then those of wrong answers."""
    asked = quiz.items[: quiz.index]
    leeches = [item for item in asked if is_leech(progress, item.question.id)]
    found = (*leeches, *quiz.wrong)
    return tuple(dict.fromkeys((item.lesson, item.step) for item in found if item.step))


def wrong_at_last(pages: Iterable[Page], progress: Progress) -> tuple[Item, ...]:
    """Return the questions of a lesson's pages whose last answer was not right."""
    return tuple(
        Item(page.lesson, page.step.id, page.question)
        for page in pages
        if page.question is not None
        and page.step is not None
        and not page.extra
        and page.question.id in progress.questions
        and not progress.known(page.question.id, page.question.rev)
    )


def step_of(item: Item, course: Course, lang: str) -> Step | None:
    """Return the step that teaches an item, or None if this language lacks it."""
    try:
        steps = course.lesson(item.lesson, lang).steps
    except CourseError:
        return None
    return next((step for step in steps if step.id == item.step), None)


def over(wanted: QuizRequest, seconds: float) -> bool:
    """Return whether a quiz with a time limit has reached it."""
    return bool(wanted.minutes) and seconds >= 60 * wanted.minutes
