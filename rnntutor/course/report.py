"""Collect the mistakes of an author while a lesson is parsed."""

from __future__ import annotations

from dataclasses import dataclass, field

from rnntutor.deadline import tick
from rnntutor.words import Words


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a file of the author.

    Attributes:
        path: Path of the file.
        line: Line of the file.
        text: What is wrong and how to write it correctly.
        warning: Whether it is only a warning.
        rule: Name of the rule of check/ that found it, "" for the parser.
    """

    path: str
    line: int
    text: str
    warning: bool = False
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {'warning: ' if self.warning else ''}{self.text}"


@dataclass
class Report:
    """The problems of one file, in the order in which they were found."""

    path: str
    words: Words
    problems: dict[Problem, None] = field(default_factory=dict)

    def add_problem(self, line: int, key: str, /, **values: object) -> None:
        """Add the problem with the message at `course.<key>`, once per line."""
        problem = Problem(self.path, line, self.words(f"course.{key}", at=line, **values))
        self.problems.setdefault(problem)
        tick()

    def sorted_problems(self) -> tuple[Problem, ...]:
        """Return the problems in the order of their lines."""
        return tuple(sorted(self.problems, key=lambda p: p.line))
