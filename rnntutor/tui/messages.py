"""Navigation messages that screens post to the application, which `navigation` maps to screens.

Only destinations reachable from more than one screen have a message. A screen opens by itself what
belongs to it alone: home opens the lists of exercises, simulations and quizzes, the progress screen
and the first minute (which also follows the choice of a language); a stage opens its source and the
drawing of a picture; a page opens its note; an exercise opens the stage that it drives; the screen
that opens a file opens the lesson in it.

The key queue delivers the next key only after the application has handled these messages. They are
not dataclasses because this module is imported before the first screen, and creating a dataclass
takes twenty times as long as a plain class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:  # not imported for the home screen
    from collections.abc import Callable

    from rnntutor.course.blocks import Link
    from rnntutor.course.exercise import Exercise
    from rnntutor.session.question import QuestionState
    from rnntutor.session.quiz import Quiz
    from rnntutor.session.stage import Stage
    from rnntutor.session.start import QuizRequest


class OpenLesson(Message):
    """Open a lesson of the course at one of its pages.

    Args:
        lesson: the id of the lesson.
        page: the id of the page.
        over: whether the present screen stays below, to be returned to; else only home does.
    """

    def __init__(self, lesson: str, page: str = "cover", *, over: bool = False) -> None:
        super().__init__()
        self.lesson = lesson
        self.page = page
        self.over = over


class OpenNext(Message):
    """Open the lesson after `lesson`, or the final test after the last one."""

    def __init__(self, lesson: str) -> None:
        super().__init__()
        self.lesson = lesson


class FollowLink(Message):
    """Follow a link of the prose, "kind:target"."""

    def __init__(self, link: str) -> None:
        super().__init__()
        self.link = link


class OpenExperiment(Message):
    """Open a simulation linked from a page, on a screen of its own."""

    def __init__(self, link: Link) -> None:
        super().__init__()
        self.link = link


class OpenSimulation(Message):
    """Open a simulation by name, with all its knobs."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class OpenQuiz(Message):
    """Open a quiz.

    Attributes:
        quiz: the chosen questions; None if they are still to be chosen.
        instead: whether the quiz replaces the visible screen.
    """

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
    """Show a confident wrong answer beside the right one, then call `after`.

    Attributes:
        stage: the stage that refutes the answer; None if there is none.
    """

    def __init__(
        self, asked: QuestionState, stage: Stage | None, after: Callable[[], None]
    ) -> None:
        super().__init__()
        self.asked = asked
        self.stage = stage
        self.after = after


class OpenGlossary(Message):
    """Open the glossary, at `term` if it is not empty."""

    def __init__(self, term: str = "") -> None:
        super().__init__()
        self.term = term


class GoHome(Message):
    """Return to the home screen, or to the shell if the program was started to read a file."""


class CloseScreen(Message):
    """Return to the screen below, or to the shell from the last one."""
