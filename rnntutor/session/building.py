"""Code exercises in a session: the learner's files, checks, and their log entries."""

from __future__ import annotations

import contextlib
import os
import shlex
import tempfile
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from threading import Event
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
from rnntutor.course.exercise import Exercise
from rnntutor.failure import Failure
from rnntutor.study.log import make_private_dir
from rnntutor.study.progress import Progress

MOST = 100_000
"""Maximum length of a file in characters."""


class FileError(Failure):
    """A learner's file cannot be read or written."""


class EditorError(Failure):
    """No editor is set, or it cannot be started."""


class RaceError(Failure):
    """An exercise cannot be trained yet."""


def path_of(data_dir: Path, name: str) -> Path:
    """Return the path of the learner's file for an exercise."""
    return data_dir / "build" / f"{name}.py"


def begin(data_dir: Path, exercise: Exercise) -> tuple[Path, bool]:
    """Create the learner's file from the starting text, unless it exists.

    Returns:
        The path, and whether the file was created now.

    Raises:
        FileError: the file cannot be written.
    """
    path = path_of(data_dir, exercise.name)
    if path.exists():
        return path, False
    save(path, exercise.start)
    return path, True


def read(path: Path) -> str:
    """Return the text of a file, with line ends normalised to a newline.

    Raises:
        FileError: the file is missing, unreadable, not UTF-8 or longer than MOST.
    """
    try:
        if not path.is_file():  # a pipe or a device might never end
            raise FileError("build.not_read", path=path, reason=os.strerror(2))
        with path.open("rb") as file:
            raw = file.read(4 * MOST + 1)
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError("build.not_text", path=path) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileError("build.not_read", path=path, reason=reason) from error
    if len(text) > MOST:
        raise FileError("build.too_long", path=path, most=MOST)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def save(path: Path, text: str) -> None:
    """Replace the content of a file atomically.

    Raises:
        FileError: the file cannot be written.
    """
    # A terminal may send a lone surrogate, which UTF-8 cannot encode.
    content = text.encode("utf-8", "backslashreplace")
    temporary = ""
    try:
        make_private_dir(path.parent)
        goal = path.resolve()  # keep a symbolic link
        handle, temporary = tempfile.mkstemp(dir=goal.parent, prefix=f".{path.stem}-")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(goal)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        reason = error.strerror or str(error)
        raise FileError("build.not_saved", path=path, reason=reason) from error


def written_over(path: Path, *known: str) -> str | None:
    """Return what another program has written to a file, or None if its content is known.

    Args:
        known: texts that the file is expected to hold. A missing file also gives None.

    Raises:
        FileError: the file cannot be read.
    """
    there = read(path) if path.exists() else None
    return None if there in known else there


def keep(path: Path, known: str, text: str) -> Path | None:
    """Save a text, and back up a change that another program has made to the file in the meantime.

    Args:
        known: the content that the file is expected to have.
        text: the text to save.

    Returns:
        The path of the backup, or None if none was needed.

    Raises:
        FileError: a file cannot be read or written.
    """
    other: Path | None = None
    theirs = written_over(path, known, text)
    if theirs is not None:
        other = _free(path)
        save(other, theirs)
    save(path, text)
    return other


def _free(path: Path) -> Path:
    """Return the first of NAME.other.py, NAME.other-2.py, … that does not exist yet."""
    names = (f"{path.stem}.other{f'-{n}' if n > 1 else ''}.py" for n in count(1))
    return next(other for name in names if not (other := path.with_name(name)).exists())


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
