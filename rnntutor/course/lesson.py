"""A lesson and its steps, in one language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from rnntutor.course.blocks import Blocks, Inline, Paragraph
from rnntutor.course.question import Question
from rnntutor.course.sim_spec import SimSpec


@dataclass(frozen=True, slots=True)
class Step:
    """One idea: prose, at most one simulation, and the questions that follow it in the path.
    id: without the lesson's, as in `{#forget}`. given: what the learner has to know while something
    is asked (`> [!GIVEN]`). tasks: what is to be done, a line for each condition of the
    simulation's `do` (or, as older lessons have it, one paragraph for all). given_line, tasks_line:
    where they stand in the file.

    Of a file that was opened: depth: 0, or 1 for a heading below another one, or -1 for the rest of
    a long one, which the contents leave out. part: the heading without words of its own that this
    one stands under, where it is the first there. later: reads the prose when it is looked at."""

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
        """Its prose, read now where that has been put off."""
        return self.blocks if self.later is None else self.later()

    @property
    def everything(self) -> Blocks:
        """All of its words: the prose, what is given, and the tasks."""
        return (*self.prose, *self.given, *(Paragraph(task) for task in self.tasks))


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson in one language. opening: the prose between its H1 and its first step: the
    question that the lesson answers. headless: a file that was opened and has no headings."""

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
        """All of them, in the path first, then the pool."""
        return (*(q for s in self.steps for q in s.questions), *self.pool)
