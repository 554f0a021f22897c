"""Reading the files of a course: text in UTF-8, TOML, and never outside the course's directory."""

from __future__ import annotations

import os
import re
import select
import stat
import tomllib
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from rnntutor.course.clean import clean, frozen
from rnntutor.course.errors import CourseError

if TYPE_CHECKING:
    from rnntutor.course.encodings import Decoded

LIMIT_MB, LESSON_MB = 8.0, 0.25
"""The largest file that is opened, and the largest of a course. The lessons have 0.05."""

PATIENCE = 10.0
"""Seconds that are waited for what comes out of a pipe."""

_DEEPEST = 50  # parts of a TOML key: more is no course, and the reader of TOML takes hours for it


def data(path: Path, *, limit: float = LIMIT_MB, pipes: bool = False) -> bytes:
    """What the file holds, read once. limit: in MB. pipes: whether what a command gives
    (`<(command)`, /dev/stdin) will do too. Raises CourseError for what is missing, unreadable, too
    large, no plain file, or a pipe out of which nothing comes."""
    try:
        # A pipe to which nobody writes would be waited for without this.
        file = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        try:
            mode = os.fstat(file).st_mode
            if stat.S_ISREG(mode):
                found = _whole(file)
            elif pipes and stat.S_ISFIFO(mode):
                found = _piped(file, path)
            else:
                raise CourseError("course.error.no_file", path=path)
        finally:
            os.close(file)
    except FileNotFoundError:
        raise CourseError("course.error.missing", path=path) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise CourseError("course.error.unreadable", path=path, why=why) from error
    if len(found) > limit * 2**20:
        raise CourseError("course.error.large", path=path, limit=f"{limit:g}")
    return found


def _whole(file: int) -> bytes:
    """The file up to one byte more than may be."""
    found = bytearray()
    while len(found) <= LIMIT_MB * 2**20 and (part := os.read(file, 2**20)):
        found += part
    return bytes(found)


def _piped(file: int, path: Path) -> bytes:
    """What comes out of a pipe until it ends, or one byte more than may be."""
    found, end = bytearray(), monotonic() + PATIENCE
    while len(found) <= LIMIT_MB * 2**20:
        left = end - monotonic()
        if left <= 0 or not select.select([file], [], [], left)[0]:
            raise CourseError("course.error.waits", path=path, seconds=round(PATIENCE))
        part = os.read(file, 2**16)
        if not part:
            break
        found += part
    if not found:
        raise CourseError("course.error.empty_pipe", path=path)
    return bytes(found)


def text(path: Path) -> str:
    """The file's text, cleaned. Raises CourseError for a file that cannot be read or is not
    UTF-8."""
    raw = data(path, limit=LESSON_MB)
    try:
        return clean(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CourseError("course.error.utf8", path=path, line=line) from error


def any_text(path: Path) -> Decoded:
    """The text of a file of the learner's own, or out of a pipe, and how it was read. Raises
    CourseError."""
    from rnntutor.course.encodings import decoded  # a course is UTF-8

    found = decoded(data(path, pipes=True))
    if found is None:
        raise CourseError("course.error.binary", path=path)
    return found


def table(path: Path) -> tuple[dict[str, object], str]:
    """The TOML table of a file, frozen and clean, and its source. Raises CourseError."""
    source = text(path)
    try:
        return parsed(source), source
    except ValueError as error:
        raise CourseError("course.error.toml", path=path, line=wrong_line(source, error)) from error


def parsed(source: str) -> dict[str, object]:
    """The table that TOML says, frozen and clean. Raises ValueError: tomllib's own, or for what is
    nested deeper or counts higher than can be read."""
    for line in source.splitlines():
        if (
            line.count(".") > _DEEPEST
            and _QUOTED.sub("", line.partition("=")[0]).count(".") > _DEEPEST
        ):
            raise ValueError("a key of too many parts")
    try:
        value = frozen(tomllib.loads(source))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    assert isinstance(value, dict)
    return value


def wrong_line(source: str, error: ValueError) -> int:
    """The line that an error of `parsed` is about: the one that it names, else the deepest."""
    if found := re.search(r"at line (\d+)", str(error)):
        return int(found[1])
    if isinstance(error, tomllib.TOMLDecodeError):
        return source.count("\n") + 1
    lines = source.splitlines() or [""]
    longest = max(lines, key=len)
    return lines.index(longest) + 1


_QUOTED = re.compile(r""" "[^"]*" | '[^']*' """, re.VERBOSE)


def inside(directory: Path, name: str) -> Path:
    """The file `name` of `directory`. Raises CourseError for a name that leads out of it."""
    path = directory / name
    try:
        leads_out = not path.resolve().is_relative_to(directory.resolve())
    except (OSError, ValueError, RuntimeError):  # links in a circle, a name that cannot be
        leads_out = True
    if leads_out or Path(name).name != name:
        raise CourseError("course.error.outside", path=directory, name=name)
    return path
