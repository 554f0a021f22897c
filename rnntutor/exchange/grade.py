"""What the answers of many learners come to: every variant is drawn again from its learner's salt,
every mark is worked out again, and what the log said of it is only compared."""

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
"""A mark as the log has it; another one; a question or revision that this course does not have."""


@dataclass(frozen=True, slots=True)
class Graded:
    """One answer. score: as it was worked out here. wrong: the misconceptions behind it, or else
    the wrong options and slips. seconds: None where the log has none."""

    learner: str
    question: str
    lesson: str
    score: float
    wrong: tuple[str, ...]
    seconds: float | None
    state: str = FITS

    @property
    def right(self) -> bool:
        return self.score >= 1


@dataclass(frozen=True, slots=True)
class GradeSummary:
    """What a learner's or a question's answers come to. first: how many of the first answers were
    right. wrong: the most frequent mistake and how often it was made, or None."""

    name: str
    asked: int
    answers: int
    first: int
    seconds: float | None
    wrong: tuple[str, int] | None = None
    intact: bool = True


class Grader:
    """Marks the answers of one course. Lessons are read once for each language that occurs."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self._questions = cache(self._read)

    def grade(self, hand_in: HandIn) -> Sheet:
        """Every answer of a learner, in its order."""
        return Sheet(hand_in, tuple(self._graded(hand_in, event) for event in hand_in.answers))

    def _read(self, lang: str) -> Mapping[str, tuple[str, Question]]:
        found: dict[str, tuple[str, Question]] = {}
        for entry in self.course.every:
            try:
                lesson = self.course.lesson(entry.id, lang)
            except CourseError:
                continue
            found.update({question.id: (entry.id, question) for question in lesson.questions})
        return found

    def _graded(self, hand_in: HandIn, event: Event) -> Graded:
        data = event.data
        name, lang = str(data.get("question", "")), str(data.get("lang", ""))
        seconds = _real(data.get("seconds"))
        lesson, question = self._questions(lang).get(name, ("", None))
        if question is None or data.get("rev", 1) != question.rev:
            return Graded(hand_in.name, name, lesson, 0.0, (), seconds, OTHER)
        score, wrong = self._marked(question, hand_in.salt, data)
        said = _real(data.get("score"))
        state = FITS if said is not None and abs(said - score) < 1e-9 else DIFFERS
        return Graded(hand_in.name, name, lesson, score, wrong, seconds, state)

    def _marked(
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
    """A learner's answers, marked."""

    hand_in: HandIn
    answers: tuple[Graded, ...]

    @property
    def consistent(self) -> bool:
        """Whether nothing in the file contradicts what its answers come to."""
        return self.hand_in.intact and all(one.state != DIFFERS for one in self.answers)


def by_learner(sheets: Iterable[Sheet]) -> Iterator[GradeSummary]:
    """A line for each learner, in the order of the files."""
    for sheet in sheets:
        answers = [one for one in sheet.answers if one.state != OTHER]
        questions = [one.question for one in answers]
        yield _line(sheet.hand_in.name, answers, questions, intact=sheet.consistent)


def by_question(sheets: Iterable[Sheet]) -> Iterator[GradeSummary]:
    """A line for each question, those first that fewest get right at once."""
    groups: dict[str, list[tuple[str, Graded]]] = {}
    for place, sheet in enumerate(sheets):
        for one in sheet.answers:
            if one.state != OTHER:
                groups.setdefault(one.question, []).append((str(place), one))
    lines = (_line(n, [g for _, g in group], [p for p, _ in group]) for n, group in groups.items())
    yield from sorted(lines, key=lambda line: (line.first / line.asked, line.name))


def _line(name: str, answers: list[Graded], of: list[str], *, intact: bool = True) -> GradeSummary:
    """of: what each answer's first is looked for by: its question, or its learner."""
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
