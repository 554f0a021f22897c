"""Renderers of the question kinds."""

from __future__ import annotations

from rnntutor.course.question import Question
from rnntutor.pages.questions.base import QuestionRenderer


def drawing_of(question: Question) -> QuestionRenderer:
    """Return the renderer of a question's kind.

    The first call imports the renderers: a simulation alone asks no question.
    """
    from rnntutor.pages.questions.registry import DRAWINGS

    return DRAWINGS[question.type]
