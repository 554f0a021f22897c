"""Collect the mistakes of an author while a lesson is parsed."""

from __future__ import annotations

from dataclasses import dataclass, field

from rnntutor.deadline import tick
from rnntutor.words import Words


@dataclass(frozen=True, slots=True)
class Problem:
    """What `check` found: where, what is wrong, and how to write it."""

    path: str
    line: int
    text: str
    warning: bool = False
    rule: str = ""  # which rule of check/ found it; "" for what the parser found

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {'warning: ' if self.warning else ''}{self.text}"


@dataclass
class Report:
    """The problems of one file, in the order in which they were met."""

    path: str
    words: Words
    problems: dict[Problem, None] = field(default_factory=dict)

    def add_problem(self, line: int, key: str, /, **values: object) -> None:
        """Add the problem with the message at `course.<key>`, once per line."""
        problem = Problem(self.path, line, self.words(f"course.{key}", at=line, **values))
        self.problems.setdefault(problem)
        tick()

    def sorted(self) -> tuple[Problem, ...]:
        return tuple(sorted(self.problems, key=lambda p: p.line))
