"""Where a line can lead: away from the page, whatever was going on there."""

from __future__ import annotations

from rnntutor.session.start import QuizRequest


class Leaving(Exception):
    """The learner leaves the page."""


class Quit(Leaving):
    """The learner leaves the tutor, or there is nothing more to read."""


class Menu(Leaving):
    """Back to the list of lessons."""


class Open(Leaving):
    """To a page of a lesson."""

    def __init__(self, lesson: str, page: str) -> None:
        super().__init__(lesson, page)
        self.lesson = lesson
        self.page = page


class Quizzed(Leaving):
    """To a quiz."""

    def __init__(self, wanted: QuizRequest) -> None:
        super().__init__(wanted)
        self.wanted = wanted
