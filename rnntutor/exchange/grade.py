"""Grade the answers of many learners.

Every variant is drawn again from its learner's salt and every answer is marked again; the score in
the log is only compared with the result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from statistics import median

from rnntutor.course.errors import CourseError
from rnntutor.course.load import Course
from rnntutor.course.question import Question
from rnntutor.course.questions import mark
from rnntutor.course.variant import VariantError
from rnntutor.exchange.hand_in import HandIn
from rnntutor.exchange.questions import drawn_question
from rnntutor.study.events import Event

FITS, DIFFERS, OTHER = "fits", "differs", "other"
"""A score equals the logged one; it differs; the course has no such question or revision."""


@dataclass(frozen=True, slots=True)
class Graded:
    """One graded answer.

    Attributes:
        learner: Name of the learner.
        question: Id of the question.
        lesson: Id of the lesson.
        score: Score computed here, from 0 to 1.
        wrong: The misconceptions behind the answer, or else the wrong options and slips.
        seconds: Time taken in seconds, None if not logged.
        state: FITS, DIFFERS or OTHER.
    """

    learner: str
    question: str
    lesson: str
    score: float
    wrong: tuple[str, ...]
    seconds: float | None
    state: str = FITS

    @property
    def right(self) -> bool:
        """Whether the answer is entirely right."""
        return self.score >= 1


@dataclass(frozen=True, slots=True)
class GradeSummary:
    """The summary of the answers of a learner or to a question.

    Attributes:
        name: Name of the learner or id of the question.
        asked: Number of questions, or of learners.
        answers: Number of answers.
        first: Number of first answers that were right.
        seconds: Median time in seconds, None if unknown.
        wrong: The most frequent mistake and its count, or None.
        intact: Whether the file of the learner is consistent.
    """

    name: str
    asked: int
    answers: int
    first: int
    seconds: float | None
    wrong: tuple[str, int] | None = None
    intact: bool = True


class Grader:
    """Marks the answers of one course. Lessons are read once for each language."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self._questions = cache(self._read)

    def grade(self, hand_in: HandIn) -> Sheet:
        """Mark every answer of a learner, in order."""
        return Sheet(hand_in, tuple(self._grade(hand_in, event) for event in hand_in.answers))

    def _read(self, lang: str) -> Mapping[str, tuple[str, Question]]:
        found: dict[str, tuple[str, Question]] = {}
        for entry in self.course.every:
            try:
                lesson = self.course.lesson(entry.id, lang)
            except CourseError:
                continue
            found.update({question.id: (entry.id, question) for question in lesson.questions})
        return found

    def _grade(self, hand_in: HandIn, event: Event) -> Graded:
        data = event.data
        name, lang = str(data.get("question", "")), str(data.get("lang", ""))
        seconds = _real(data.get("seconds"))
        lesson, question = self._questions(lang).get(name, ("", None))
        if question is None or data.get("rev", 1) != question.rev:
            return Graded(hand_in.name, name, lesson, 0.0, (), seconds, OTHER)
        score, wrong = self._mark(question, hand_in.salt, data)
        said = _real(data.get("score"))
        state = FITS if said is not None and abs(said - score) < 1e-9 else DIFFERS
        return Graded(hand_in.name, name, lesson, score, wrong, seconds, state)

    def _mark(
        self, question: Question, salt: str, data: Mapping[str, object]
    ) -> tuple[float, tuple[str, ...]]:
        try:
            question, drawn = drawn_question(question, salt, data.get("variant"))
        except VariantError:
            return 0.0, ()
        verdict = mark(question, data.get("given"), instance=drawn, glossary=self.course.terms)
        if verdict is None:
            return 0.0, ()
        return verdict.score, verdict.misconceptions or verdict.found


@dataclass(frozen=True, slots=True)
class Sheet:
    """The marked answers of a learner."""

    hand_in: HandIn
    answers: tuple[Graded, ...]

    @property
    def consistent(self) -> bool:
        """Return whether the digest and all logged scores agree with the answers."""
        return self.hand_in.intact and all(one.state != DIFFERS for one in self.answers)


def by_learner(sheets: Iterable[Sheet]) -> Iterator[GradeSummary]:
    """Yield a summary for each learner, in the order of the files."""
    for sheet in sheets:
        answers = [one for one in sheet.answers if one.state != OTHER]
        questions = [one.question for one in answers]
        yield _line(sheet.hand_in.name, answers, questions, intact=sheet.consistent)


def by_question(sheets: Iterable[Sheet]) -> Iterator[GradeSummary]:
    """Yield a summary for each question, those with the fewest right first answers first."""
    groups: dict[str, list[tuple[str, Graded]]] = {}
    for number, sheet in enumerate(sheets):
        for one in sheet.answers:
            if one.state != OTHER:
                groups.setdefault(one.question, []).append((str(number), one))
    lines = (_line(n, [g for _, g in group], [p for p, _ in group]) for n, group in groups.items())
    yield from sorted(lines, key=lambda line: (line.first / line.asked, line.name))


def _line(name: str, answers: list[Graded], of: list[str], *, intact: bool = True) -> GradeSummary:
    """Return a summary.

    Args:
        name: Name of the learner or id of the question.
        answers: The answers.
        of: For each answer the group in which the first one counts: its question, or its learner.
        intact: Whether the file of the learner is consistent.
    """
    firsts: dict[str, Graded] = {}
    for group, one in zip(of, answers, strict=True):
        firsts.setdefault(group, one)
    wrong = Counter(reason for one in answers for reason in one.wrong)
    most = min(wrong.items(), key=lambda item: (-item[1], item[0]), default=None)
    times = [one.seconds for one in answers if one.seconds is not None]
    right = sum(one.right for one in firsts.values())
    seconds = median(times) if times else None
    return GradeSummary(name, len(firsts), len(answers), right, seconds, most, intact)


def _real(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and type(value) is not bool else None
