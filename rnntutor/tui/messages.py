"""Where a screen asks to go. Screens post these to the application, which alone knows all screens.

The key queue hands over no key before the application has handled what is posted. (No dataclasses:
this is imported before the first screen, and one of these takes twenty times as long to make.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:  # the home screen waits for no lesson
    from collections.abc import Callable

    from rnntutor.course.blocks import Link
    from rnntutor.session.question import QuestionState
    from rnntutor.session.stage import Stage


class OpenLesson(Message):
    """Open a lesson of the course, at one of its pages."""

    def __init__(self, lesson: str, page: str = "cover") -> None:
        super().__init__()
        self.lesson = lesson
        self.page = page


class OpenNext(Message):
    """Open what follows `lesson`: the next one, or the final test after the last."""

    def __init__(self, lesson: str) -> None:
        super().__init__()
        self.lesson = lesson


class FollowLink(Message):
    """Go where a link of the prose leads, "kind:target"."""

    def __init__(self, link: str) -> None:
        super().__init__()
        self.link = link


class OpenExperiment(Message):
    """Open a simulation that a page links to, on a screen of its own."""

    def __init__(self, link: Link) -> None:
        super().__init__()
        self.link = link


class OpenContrast(Message):
    """Put a sure, wrong answer beside what is right, over the stage that refutes it where there is
    one; then call `after`."""

    def __init__(
        self, asked: QuestionState, stage: Stage | None, after: Callable[[], None]
    ) -> None:
        super().__init__()
        self.asked = asked
        self.stage = stage
        self.after = after


class OpenGlossary(Message):
    """Open the glossary, at `term` if one is named."""

    def __init__(self, term: str = "") -> None:
        super().__init__()
        self.term = term


class GoHome(Message):
    """Go back to the home screen; from a file that was opened, to the shell."""


class CloseScreen(Message):
    """Go back to the screen below; from the last one, to the shell."""
