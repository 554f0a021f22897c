"""The learner's code files: created once, saved whole, and never written over unseen."""

from __future__ import annotations

import contextlib
import os
import tempfile
from itertools import count
from pathlib import Path

from rnntutor.course.exercise import Exercise
from rnntutor.failure import Failure
from rnntutor.study.log import make_private_dir

MOST = 100_000
"""Maximum length of a file in characters."""


class FileError(Failure):
    """A learner's file cannot be read or written."""


class CodeFile:
    """A learner's file while its text is edited, which another program may change meanwhile.

    Attributes:
        path: the file.
        known: its content when it was last read or written here.
    """

    def __init__(self, path: Path, known: str = "") -> None:
        self.path, self.known = path, known
        self._reported: str | None = None  # version of another program, reported once

    def load(self) -> str:
        """Read the file and return its text.

        Raises:
            FileError: the file cannot be read.
        """
        self.known = read(self.path)
        return self.known

    def keep(self, text: str) -> Path | None:
        """Save a text, and back up another program's version of the file.

        Returns:
            The path of the backup, or None if none was needed.

        Raises:
            FileError: a file cannot be read or written.
        """
        other = keep(self.path, self.known, text)
        self.known = text
        return other

    def report_change(self, text: str) -> bool:
        """Return whether another program has changed the file while the text here is unchanged.

        Each version is reported once, so that a second request may write over it.

        Args:
            text: the edited text.

        Raises:
            FileError: the file cannot be read.
        """
        theirs = written_over(self.path, self.known)
        if text != self.known or theirs in (None, self._reported):
            return False
        self._reported = theirs
        return True


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
