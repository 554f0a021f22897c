"""Code exercises in a session: checks, their log entries, and what a race needs."""

from __future__ import annotations

import os
import shlex
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from time import monotonic
from typing import assert_never

from rnntutor.build.check import (
    Finding,
    Misplaced,
    Missing,
    Overflowed,
    Passed,
    Renamed,
    WrongShape,
    check,
)
from rnntutor.build.follow import PARTS
from rnntutor.build.gradients import Gradients, compare
from rnntutor.build.own_race import partners
from rnntutor.build.process import Trouble
from rnntutor.failure import Failure
from rnntutor.session.code_file import path_of, read
from rnntutor.study.progress import Progress


class EditorError(Failure):
    """No editor is set, or it cannot be started."""


class RaceError(Failure):
    """An exercise cannot be trained yet."""


def look(exercise: str, source: str, stop: Event | None = None) -> tuple[Finding, Gradients | None]:
    """Check an exercise, and for one that returns gradients also compare them numerically.

    Returns:
        The finding, and the gradient comparison if it agrees with the finding: for code that
        passes, or for a wrong value with no known cause.
    """
    finding = check(exercise, source, stop=stop)
    unexplained = isinstance(finding, Missing) and finding.slip is None
    if not (unexplained or isinstance(finding, Passed)) or (stop and stop.is_set()):
        return finding, None
    gradients = compare(exercise, source, stop)
    fits = gradients is not None and gradients.right == isinstance(finding, Passed)
    return finding, gradients if fits else None


def check_data(exercise: str, finding: Finding, attempt: int, seconds: float) -> dict[str, object]:
    """Return the log data of a check: the finding, never the learner's code."""
    quantity, line, slip = None, 0, False
    match finding:
        case Missing(suspect=suspect):
            quantity, line, slip = suspect.key, suspect.line, finding.slip is not None
        case Renamed(key=key):
            quantity, line = key, finding.line
        case Passed() | WrongShape():
            pass
        case Trouble(line=at) | Overflowed(line=at) | Misplaced(line=at):
            line = at
        case _:
            assert_never(finding)
    return {
        "exercise": exercise,
        "attempt": attempt,
        "found": kind(finding),
        "quantity": quantity,
        "line": line or None,
        "slip": slip,
        "passed": isinstance(finding, Passed),
        "seconds": round(seconds, 1),
    }


class Attempts:
    """The checks of one exercise in a session, numbered from 1 and timed from its opening."""

    def __init__(self, exercise: str) -> None:
        self.exercise = exercise
        self._count, self._begun = 0, monotonic()

    def entry(self, finding: Finding) -> dict[str, object]:
        """Count a check and return its log data."""
        self._count += 1
        return check_data(self.exercise, finding, self._count, monotonic() - self._begun)


def bounded() -> bool:
    """Return whether this system can limit the memory of a check as well as its time."""
    return find_spec("resource") is not None


def editor() -> list[str]:
    """Return the command of the learner's editor, from $VISUAL or $EDITOR.

    Raises:
        EditorError: neither variable holds a command.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(named)
    except ValueError:
        command = []
    if not command:
        raise EditorError("build.no_editor")
    return command


def stage_exercises() -> tuple[str, ...]:
    """Return the names of the exercises whose function can drive a stage."""
    return tuple(PARTS)


def can_run(exercise: str, *, race: bool) -> None:
    """Check that an exercise can be run on a stage or in a race.

    Raises:
        RaceError: it can drive no stage, or for a race, its cell cannot be trained.
    """
    if race:
        partners_of(exercise)
    elif exercise not in stage_exercises():
        raise RaceError("build.own.no_stage", name=exercise, names=", ".join(stage_exercises()))


def partners_of(exercise: str) -> tuple[str, ...]:
    """Return the exercises of which a race needs one besides this one.

    Raises:
        RaceError: the exercise's cell cannot be trained.
    """
    found = partners(exercise)
    if not found:
        raise RaceError("build.own.no_race", name=exercise)
    return found


def partner(exercise: str, data_dir: Path, progress: Progress) -> dict[str, str]:
    """Return the source of the other direction (forward or backward) that a race needs, by name.

    Raises:
        RaceError: there is no such exercise, or its code does not pass.
        FileError: the learner's file cannot be read.
    """
    found = partners_of(exercise)
    passed = [name for name in found if progress.builds.get(name, False)]
    if not passed:
        raise RaceError("build.own.needs", names=found[0])
    source = read(path_of(data_dir, passed[0]))
    if not isinstance(check(passed[0], source), Passed):
        raise RaceError("build.own.needs_now", names=passed[0])
    return {passed[0]: source}


def kind(finding: Finding) -> str:
    """Return the name of a finding in the log."""
    match finding:
        case Passed():
            return "passed"
        case Missing():
            return "missing"
        case Misplaced():
            return "misplaced"
        case Renamed():
            return "renamed"
        case WrongShape():
            return "shape"
        case Overflowed():
            return "overflow"
        case Trouble(kind=why):
            return why
    assert_never(finding)
