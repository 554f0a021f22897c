"""A lesson file while it is checked, and the collection of problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rnntutor.course.blocks import Blocks, Inline, Paragraph
from rnntutor.course.errors import CourseError
from rnntutor.course.lesson import Lesson
from rnntutor.course.question import Question
from rnntutor.course.questions import kind_of
from rnntutor.course.report import Problem
from rnntutor.course.sim_spec import PredictChoice, PredictNumber, SimSpec
from rnntutor.deadline import tick
from rnntutor.words import Words


@dataclass
class Findings:
    """The problems found so far, each once."""

    words: Words
    problems: dict[Problem, None] = field(default_factory=dict)

    def add_problem(self, path: str, line: int, rule: str, /, **values: object) -> None:
        """Add the problem with the message at `check.<rule>`."""
        tick()
        text = self.words(f"check.{rule}", at="", **values)
        self.problems.setdefault(Problem(path, line, text, rule=rule))

    def because_of(self, path: str, error: CourseError, line: int = 1) -> None:
        """Add an unreadable file as a problem of that file (or of the line that names it)."""
        at = error.values.get("line")
        sentence = error.sentence(self.words)
        problem = Problem(path, at if isinstance(at, int) else line, sentence, rule="unreadable")
        self.problems.setdefault(problem)

    def because(self, key: str, values: dict[str, object]) -> str:
        """Return the message of an error that has a key and values."""
        return self.words(key, **{**values, "at": ""})


@dataclass(frozen=True)
class Source:
    """A lesson and the lines of its file."""

    lesson: Lesson
    lines: tuple[str, ...]
    findings: Findings

    @property
    def path(self) -> str:
        return self.lesson.path

    def add_problem(self, line: int, rule: str, /, **values: object) -> None:
        """Add a problem at a line of the lesson's file."""
        self.findings.add_problem(self.path, line, rule, **values)

    def line(self, text: str, after: int) -> int:
        """Return the first line from `after` on that contains the text, else `after`."""
        found = (n for n, line in enumerate(self.lines[after - 1 :], after) if text in line)
        return next(found, after) if text else after


@dataclass(frozen=True)
class ProsePart:
    """A part of a lesson's prose.

    Attributes:
        line: Line of the step or question that contains it.
        blocks: The prose.
        question: The question that contains it, if any.
    """

    line: int
    blocks: Blocks
    question: Question | None = None


def parts(lesson: Lesson) -> Iterator[ProsePart]:
    """Yield all prose of a lesson (titles, steps, sentences of sim blocks, questions)."""
    yield ProsePart(1, (Paragraph(lesson.title), *lesson.opening))
    for step in lesson.steps:
        tick()
        yield ProsePart(step.line, (Paragraph(step.title), *step.everything))
        if step.sim is not None:
            yield ProsePart(step.sim.line, tuple(Paragraph(said) for said in said_by(step.sim)))
    for question in lesson.questions:
        tick()
        head = (Paragraph(question.title), *question.prompt)
        yield ProsePart(question.line, head, question)
        yield from _body(question)
        for blocks in (*question.hints, question.why):
            yield ProsePart(question.line, blocks, question)


def said_by(sim: SimSpec) -> Iterator[Inline]:
    """Yield the sentences of a sim block."""
    yield sim.said
    if isinstance(sim.predict, PredictChoice):
        yield sim.predict.say
        yield from (option.text for option in sim.predict.options)
        yield from (option.say for option in sim.predict.options)
        yield from (reason.text for reason in sim.predict.because)
        yield from (reason.say for reason in sim.predict.because)
    elif isinstance(sim.predict, PredictNumber):
        yield sim.predict.say
        yield from (wrong.say for wrong in sim.predict.wrong)


def _body(question: Question) -> Iterator[ProsePart]:
    kind = kind_of(question)
    for option in kind.options(question.body):
        yield ProsePart(option.line, (Paragraph(option.inline), *option.feedback), question)
    sentences = kind.sentences(question.body)
    if sentences:
        yield ProsePart(question.line, tuple(Paragraph(inline) for inline in sentences), question)
