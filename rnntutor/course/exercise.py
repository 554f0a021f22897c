"""A code exercise: what is given, what is wanted, and the text that the learner starts from."""

from __future__ import annotations

from dataclasses import dataclass

from rnntutor.course.blocks import Blocks, Inline


@dataclass(frozen=True, slots=True)
class Exercise:
    """One code exercise in one language.

    Attributes:
        name: Name of the exercise and of its function.
        title: Title of the file.
        blocks: Prose with the equations.
        step: "lesson.step" that teaches the equations.
        given: (name, shape as the author wrote it) of each argument.
        wanted: (name, shape as the author wrote it) of each result.
        start: Text that the learner starts from.
        hints: Hints in order.
        path: Path of the file, as shown in problems.
        line: Line of the ```build block.
        start_line: Line of the ```python block.
    """

    name: str
    title: Inline
    blocks: Blocks
    step: str = ""
    given: tuple[tuple[str, str], ...] = ()
    wanted: tuple[tuple[str, str], ...] = ()
    start: str = ""
    hints: tuple[Inline, ...] = ()
    path: str = ""
    line: int = 1
    start_line: int = 1

    @property
    def signature(self) -> str:
        """Return the call of the function: "rnn_step(x, h_prev, W, U, b)"."""
        return f"{self.name}({', '.join(name for name, _ in self.given)})"
