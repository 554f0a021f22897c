"""What the command line asked for."""

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
    """What a quiz is made from. topic, lesson: "" for all. final: the course's final test. due: the
    questions of a review, those that waited longest first; () for a quiz. only: WRONG, what was
    answered wrong at last; GUESSED, what was right by a guess; "" for all. pair: two things that
    are easily confused, by its id in course.toml, asked in turn. unopened: whether a mixed quiz
    asks about lessons that were not opened yet. minutes: after which a review ends; 0 for never."""

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
    """All questions of what prepares for the first lesson."""
    return QuizRequest(lesson=lesson, size=99)


WRONG, GUESSED = "wrong", "guessed"
FINAL = QuizRequest(size=20, final=True)


class Place(NamedTuple):
    """Where a simulation is opened. t: the step, None where nothing is said of it; phase: of that
    step, how many have been computed, 0 for all. view: by its name, "" for the first. unit: whose
    numbers are spelled out. updates: how far a training run has got."""

    t: int | None = None
    phase: int = 0
    view: str = ""
    unit: int = 0
    updates: int = 0


def motion(environ: Mapping[str, str], settings: Mapping[str, object]) -> bool:
    """Whether runs and trainings are seen moving: what RNNTUTOR_MOTION says (on, off), else what
    the learner has chosen."""
    wanted = environ.get("RNNTUTOR_MOTION", "").casefold() or settings.get("motion", "on")
    return wanted not in ("off", "0", "no", "false")


class OwnRun(NamedTuple):
    """What a learner wrote is run. exercise: its name; sources: the text of each function, by name:
    one for the stage, two for the race. settings: as the command line has them."""

    exercise: str
    sources: dict[str, str]
    race: bool = False
    settings: tuple[tuple[str, str], ...] = ()


class Start(NamedTuple):
    """How the tutor begins. lang: of the interface; lang_known: whether it was chosen (on the
    command line or earlier) or is only what the locale suggests, so that one is asked once.
    data_dir: the learner's, ready to be written. course: what is taught. open_file: a
    Markdown or text file to be read as a lesson, instead of the home screen. sim: a simulation to
    be opened instead, at `place`. quiz: what a quiz is made from, instead. own: what a
    learner wrote is run, instead, at `place`. documents: what is
    opened, read beforehand (a pipe can be read only once); without them open_file is read. trouble:
    why nothing can be kept in data_dir; None if it can. ascii_only: whether signs beyond ASCII are
    replaced, for a terminal whose font lacks them."""

    lang: str
    lang_known: bool
    data_dir: Path
    course: Course
    open_file: Path | None = None
    sim: SimSpec | None = None
    place: Place = Place()
    quiz: QuizRequest | None = None
    own: OwnRun | None = None
    documents: tuple[Document, ...] = ()
    trouble: Failure | None = None
    ascii_only: bool = False
