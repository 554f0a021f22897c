"""Short lessons for tests, and functions that parse them."""

from __future__ import annotations

from rnntutor.course.lesson import Lesson
from rnntutor.course.parse import parse_lesson
from rnntutor.course.question import Question
from rnntutor.course.report import Problem
from rnntutor.words import load


def parsed(text: str, lang: str = "ko") -> tuple[Lesson, tuple[Problem, ...]]:
    return parse_lesson(text, "x.md", lang, "cell", load("en"))


def good(text: str) -> Lesson:
    lesson, problems = parsed(text)
    assert not problems, [str(p) for p in problems]
    return lesson


def asked(body: str, type: str = "single") -> tuple[Question | None, tuple[Problem, ...]]:  # noqa: A002
    """Return the question with this body, which begins at line 6, and the problems."""
    head = f"# T\n\n## S {{#s}}\n\n### Q {{#a.b type={type}}}\n"
    lesson, problems = parsed(head + body)
    return next(iter(lesson.questions), None), problems
