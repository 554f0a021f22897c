"""Where an author's mistakes are collected while a lesson is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from rnntutor.course.blocks import Problem
from rnntutor.deadline import tick
from rnntutor.words import Words


@dataclass
class Report:
    """The problems of one file, in the order in which they were met."""

    path: str
    words: Words
    problems: dict[Problem, None] = field(default_factory=dict)

    def add_problem(self, line: int, key: str, /, **values: object) -> None:
        """Add the problem whose sentence stands at `course.<key>`, once per line."""
        problem = Problem(self.path, line, self.words(f"course.{key}", at=line, **values))
        self.problems.setdefault(problem)
        tick()

    def sorted(self) -> tuple[Problem, ...]:
        return tuple(sorted(self.problems, key=lambda p: p.line))
