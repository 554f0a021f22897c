"""Requests from the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rnntutor.failure import Failure

if TYPE_CHECKING:
    from rnntutor.course.load import Course
    from rnntutor.course.opened.document import Document
    from rnntutor.course.sim_spec import SimSpec


class QuizRequest(NamedTuple):
    """The selection of a quiz.

    Attributes:
        topic: topic id, "" for all.
        lesson: lesson id, "" for all.
        size: maximum number of questions.
        final: whether it is the course's final test.
        due: ids of the questions of a review, longest overdue first; () for a quiz.
        only: WRONG for questions whose last answer was wrong, GUESSED for right guesses, "" for
            all.
        pair: id (in course.toml) of two easily confused things to ask about in turn.
        unopened: whether a mixed quiz includes lessons that were not opened yet.
        minutes: time limit of a review; 0 for none.
    """

    topic: str = ""
    lesson: str = ""
    size: int = 10
    final: bool = False
    due: tuple[str, ...] = ()
    only: str = ""
    pair: str = ""
    unopened: bool = False
    minutes: int = 0


def before_first(lesson: str) -> QuizRequest:
    """Return a request for all questions of the preparation before the first lesson."""
    return QuizRequest(lesson=lesson, size=99)


WRONG, GUESSED = "wrong", "guessed"
FINAL = QuizRequest(size=20, final=True)


class StartPoint(NamedTuple):
    """The position and view at which a simulation is opened.

    Attributes:
        t: time step; None if unspecified.
        phase: number of computed phases of that step, 0 for all.
        view: name of the view, "" for the first.
        unit: index of the unit whose numbers are spelled out.
        updates: number of training updates to run first.
    """

    t: int | None = None
    phase: int = 0
    view: str = ""
    unit: int = 0
    updates: int = 0


def motion(environ: Mapping[str, str], settings: Mapping[str, object]) -> bool:
    """Return whether runs and training are animated.

    RNNTUTOR_MOTION (on, off) overrides the learner's setting.
    """
    wanted = environ.get("RNNTUTOR_MOTION", "").casefold() or settings.get("motion", "on")
    return wanted not in ("off", "0", "no", "false")


class OwnRun(NamedTuple):
    """A request to run the learner's own functions.

    Attributes:
        exercise: name of the exercise.
        sources: source of each function by exercise name: one for a stage, two for a race.
        race: whether to train it in a race.
        settings: names and typed values from the command line.
    """

    exercise: str
    sources: dict[str, str]
    race: bool = False
    settings: tuple[tuple[str, str], ...] = ()


class Start(NamedTuple):
    """How the tutor starts. At most one of open_file, sim, quiz and own is set.

    Attributes:
        lang: language of the interface.
        lang_known: whether the language was chosen, on the command line or earlier; if it is only
            taken from the locale, the tutor asks once.
        data_dir: the learner's data directory.
        course: the course.
        open_file: a Markdown or text file to open as a lesson.
        sim: a simulation to open at `start_point`.
        start_point: where to open the simulation or the learner's own run.
        quiz: a quiz to open.
        own: a run of the learner's functions to open at `start_point`.
        documents: contents of open_file if it was read beforehand (a pipe can be read only once).
        trouble: why nothing can be kept in data_dir; None if it can.
        ascii_only: whether to replace characters beyond ASCII, for terminals whose font lacks them.
    """

    lang: str
    lang_known: bool
    data_dir: Path
    course: Course
    open_file: Path | None = None
    sim: SimSpec | None = None
    start_point: StartPoint = StartPoint()
    quiz: QuizRequest | None = None
    own: OwnRun | None = None
    documents: tuple[Document, ...] = ()
    trouble: Failure | None = None
    ascii_only: bool = False
