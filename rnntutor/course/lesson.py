"""A lesson and its steps, in one language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from rnntutor.course.blocks import Blocks, Inline, Paragraph
from rnntutor.course.question import Question
from rnntutor.course.sim_spec import SimSpec


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a lesson: prose, at most one simulation, and the questions that follow it.

    Attributes:
        id: Id without that of the lesson, as in `{#forget}`.
        title: Title of the step.
        blocks: The prose, if it has been parsed.
        sim: The simulation.
        questions: Questions in order.
        beyond: Whether the step goes beyond the lecture.
        line: Line of the heading.
        given: Information that stays visible during predictions and tasks (`> [!GIVEN]`).
        tasks: One line for each condition of the simulation's `do`; older lessons have a single
            paragraph for all.
        given_line: Line of `given` in the file.
        tasks_line: Line of `tasks` in the file.
        depth: Only in opened files: 0, 1 for a heading below another one, -1 for the continuation
            of a long section, which is not listed in the contents.
        part: Only in opened files: the empty heading above this one, on the first step below it.
        later: Only in opened files: parses the prose lazily.
    """

    id: str
    title: Inline
    blocks: Blocks
    sim: SimSpec | None = None
    questions: tuple[Question, ...] = ()
    beyond: bool = False
    line: int = 0
    given: Blocks = ()
    tasks: tuple[Inline, ...] = ()
    given_line: int = 0
    tasks_line: int = 0
    depth: int = 0
    part: Inline = ()
    later: Callable[[], Blocks] | None = field(default=None, compare=False, repr=False)

    @property
    def prose(self) -> Blocks:
        """Return the prose, parsed now if it is lazy."""
        return self.blocks if self.later is None else self.later()

    @property
    def everything(self) -> Blocks:
        """Return all text of the step: prose, given information and tasks."""
        return (*self.prose, *self.given, *(Paragraph(task) for task in self.tasks))


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson in one language.

    Attributes:
        id: Id of the lesson.
        lang: Language code.
        title: Title of the lesson.
        opening: Prose between the title and the first step, with the question that the lesson
            answers.
        steps: The steps in order.
        pool: Additional questions outside the steps.
        path: Path of the file.
        headless: Whether this is an opened file without headings.
    """

    id: str
    lang: str
    title: Inline
    opening: Blocks
    steps: tuple[Step, ...]
    pool: tuple[Question, ...] = ()
    path: str = ""
    headless: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return all questions: those of the steps, then those of the pool."""
        return (*(q for s in self.steps for q in s.questions), *self.pool)
