"""A text opened as a lesson, for the tests of opened files."""

from __future__ import annotations

from rnntutor.course.blocks import (
    Text,
)
from rnntutor.course.lesson import Lesson
from rnntutor.course.opened.document import Document
from rnntutor.course.opened.lesson import open_document
from rnntutor.words import load

WORDS = load("en")


def opened(text: str) -> Lesson:
    return open_document(Document("notes.md", text), "en", WORDS)


def titles(lesson: Lesson) -> list[str]:
    return ["".join(t.text for t in s.title if isinstance(t, Text)) for s in lesson.steps]
