"""Exceptions by which a line leads away from the current page."""

from __future__ import annotations

from rnntutor.session.start import QuizRequest


class Leaving(Exception):
    """The learner leaves the page."""


class Quit(Leaving):
    """The learner leaves the tutor, or the input has ended."""


class Menu(Leaving):
    """Return to the list of lessons."""


class Open(Leaving):
    """Open a page of a lesson."""

    def __init__(self, lesson: str, page: str) -> None:
        super().__init__(lesson, page)
        self.lesson = lesson
        self.page = page


class Quizzed(Leaving):
    """Open a quiz."""

    def __init__(self, wanted: QuizRequest) -> None:
        super().__init__(wanted)
        self.wanted = wanted
