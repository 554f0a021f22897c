"""Where a screen asks to go. Screens post these to the application; `navigation` knows which screen
each of them means. So is opened what more than one screen leads to.

What belongs to one screen is opened by that one: by home the lists of exercises, simulations and
quizzes, what is known, and the first minute, which also follows the choice of a language; by a
stage its source and the drawing of a picture; by a page the note on it; by an exercise the stage
that it drives; by a file that is being opened the lesson that it is.

The key queue hands over no key before the application has handled what is posted. (No dataclasses:
this is imported before the first screen, and one of these takes twenty times as long to make.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:  # the home screen waits for no lesson
    from collections.abc import Callable

    from rnntutor.course.blocks import Link
    from rnntutor.course.exercise import Exercise
    from rnntutor.session.question import QuestionState
    from rnntutor.session.quiz import Quiz
    from rnntutor.session.stage import Stage
    from rnntutor.session.start import QuizRequest


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


class OpenSimulation(Message):
    """Open a simulation by its name, with every knob."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class OpenQuiz(Message):
    """Open a quiz. quiz: its questions, where they are chosen already. instead: in place of the
    screen that is seen."""

    def __init__(
        self, wanted: QuizRequest, quiz: Quiz | None = None, *, instead: bool = False
    ) -> None:
        super().__init__()
        self.wanted = wanted
        self.quiz = quiz
        self.instead = instead


class OpenBuild(Message):
    """Open the editor for a code exercise."""

    def __init__(self, exercise: Exercise) -> None:
        super().__init__()
        self.exercise = exercise


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
