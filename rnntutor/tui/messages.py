"""Where a screen asks to go. Screens post these to the application, which alone knows all screens.

The key queue hands over no key before the application has handled what is posted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:  # the home screen waits for no lesson
    from collections.abc import Callable

    from rnntutor.course.blocks import Link
    from rnntutor.session.question import QuestionState
    from rnntutor.session.stage import Stage


@dataclass(eq=False)
class OpenLesson(Message):
    """Open a lesson of the course, at one of its pages."""

    lesson: str
    page: str = "cover"


@dataclass(eq=False)
class OpenNext(Message):
    """Open what follows `lesson`: the next one, or the final test after the last."""

    lesson: str


@dataclass(eq=False)
class FollowLink(Message):
    """Go where a link of the prose leads, "kind:target"."""

    link: str


@dataclass(eq=False)
class OpenExperiment(Message):
    """Open a simulation that a page links to, on a screen of its own."""

    link: Link


@dataclass(eq=False)
class OpenContrast(Message):
    """Put a sure, wrong answer beside what is right, over the stage that refutes it where there is
    one; then call `after`."""

    asked: QuestionState
    stage: Stage | None
    after: Callable[[], None]


@dataclass(eq=False)
class OpenGlossary(Message):
    """Open the glossary, at `term` if one is named."""

    term: str = ""


class GoHome(Message):
    """Go back to the home screen; from a file that was opened, to the shell."""


class CloseScreen(Message):
    """Go back to the screen below; from the last one, to the shell."""
