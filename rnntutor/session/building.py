"""Code exercises at work: the learner's files, and what the log is told of a check."""

from __future__ import annotations

import contextlib
import os
import shlex
import tempfile
from importlib.util import find_spec
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
"""Characters that a file may have."""


class FileError(Failure):
    """A learner's file cannot be read or written."""


class EditorError(Failure):
    """There is no editor, or it cannot be started."""


class RaceError(Failure):
    """An exercise cannot be trained yet."""


def place(data_dir: Path, name: str) -> Path:
    """Where the learner's text of an exercise is kept."""
    return data_dir / "build" / f"{name}.py"


def begin(data_dir: Path, exercise: Exercise) -> tuple[Path, bool]:
    """The learner's file, and whether it has been made now, from the starting text. One that is
    there is never touched. Raises FileError."""
    path = place(data_dir, exercise.name)
    if path.exists():
        return path, False
    save(path, exercise.start)
    return path, True


def read(path: Path) -> str:
    """The text of a file. Raises FileError."""
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
    """Put a text in the place of what the file holds, all of it or nothing. Raises FileError."""
    # Half a surrogate pair, which a terminal may send, would be no UTF-8.
    content = text.encode("utf-8", "backslashreplace")
    temporary = ""
    try:
        make_private_dir(path.parent)
        goal = path.resolve()  # a link stays one
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
    """What another program has written into a file meanwhile; None where it holds what is known of
    it, or is not there. Raises FileError."""
    there = read(path) if path.exists() else None
    return None if there in known else there


def keep(path: Path, known: str, text: str) -> Path | None:
    """Save a text over what is known of the file. If another program has written something else
    there meanwhile, that is kept beside it; the file that holds it. Raises FileError."""
    other: Path | None = None
    theirs = written_over(path, known, text)
    if theirs is not None:
        other = path.with_suffix(".other.py")
        save(other, theirs)
    save(path, text)
    return other


def look(exercise: str, source: str, stop: Event | None = None) -> tuple[Finding, Gradients | None]:
    """A check, and of an exercise that returns gradients what the gradient check adds: that they
    are right, or how far one is off whose mistake is of no known kind."""
    finding = check(exercise, source, stop=stop)
    unexplained = isinstance(finding, Missing) and finding.slip is None
    if not (unexplained or isinstance(finding, Passed)) or (stop and stop.is_set()):
        return finding, None
    gradients = compare(exercise, source, stop)
    fits = gradients is not None and gradients.right == isinstance(finding, Passed)
    return finding, gradients if fits else None


def checked(exercise: str, finding: Finding, attempt: int, seconds: float) -> dict[str, object]:
    """What the log keeps of a check: what was found, never the code."""
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
    """Whether this system bounds the memory of a check besides its time."""
    return find_spec("resource") is not None


def editor() -> list[str]:
    """The command of the learner's own editor, $VISUAL or $EDITOR. Raises EditorError."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(named)
    except ValueError:
        command = []
    if not command:
        raise EditorError("build.no_editor")
    return command


def staged() -> tuple[str, ...]:
    """The exercises whose function can drive a stage."""
    return tuple(PARTS)


def can_run(exercise: str, *, race: bool) -> None:
    """Raises RaceError if an exercise can drive no stage, or is of no cell that can be trained."""
    if race:
        partners_of(exercise)
    elif exercise not in staged():
        raise RaceError("build.own.no_stage", name=exercise, names=", ".join(staged()))


def partners_of(exercise: str) -> tuple[str, ...]:
    """The exercises of which a race needs one besides. Raises RaceError if it is of no cell that
    can be trained."""
    found = partners(exercise)
    if not found:
        raise RaceError("build.own.no_race", name=exercise)
    return found


def partner(exercise: str, data_dir: Path, progress: Progress) -> dict[str, str]:
    """What a race needs besides an exercise: the text of the other direction, by its name, if it
    passes. Raises RaceError and FileError."""
    found = partners_of(exercise)
    passed = [name for name in found if progress.builds.get(name, False)]
    if not passed:
        raise RaceError("build.own.needs", names=found[0])
    source = read(place(data_dir, passed[0]))
    if not isinstance(check(passed[0], source), Passed):
        raise RaceError("build.own.needs_now", names=passed[0])
    return {passed[0]: source}


def kind(finding: Finding) -> str:
    """The name of a finding in the log."""
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
