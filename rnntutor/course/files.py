"""Read the files of a course: UTF-8 text and TOML, never outside the directory of the course."""

from __future__ import annotations

import os
import re
import select
import stat
import tomllib
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from rnntutor.course.clean import clean, freeze
from rnntutor.course.errors import CourseError

if TYPE_CHECKING:
    from rnntutor.course.encodings import Decoded

LIMIT_MB, LESSON_MB = 8.0, 0.25
"""Size limits in MB of any file and of a file of a course; lessons have up to 0.05."""

PATIENCE = 10.0
"""Seconds to wait for the content of a pipe."""

_DEEPEST = 50  # parts of a dotted TOML key; tomllib would need hours for very many


def data(path: Path, *, limit: float = LIMIT_MB, pipes: bool = False) -> bytes:
    """Read the bytes of a file, at most once.

    Args:
        path: The file.
        limit: Largest accepted size in MB.
        pipes: Whether to accept a pipe as well (`<(command)`, /dev/stdin).

    Raises:
        CourseError: The file is missing, unreadable, too large or not a regular file, or nothing
            arrives from the pipe.
    """
    try:
        # Without O_NONBLOCK, opening a pipe without a writer would block.
        file = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        try:
            mode = os.fstat(file).st_mode
            if stat.S_ISREG(mode):
                found = _whole(file)
            elif pipes and stat.S_ISFIFO(mode):
                found = _read_pipe(file, path)
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
    """Read the file, at most one byte more than the largest allowed size."""
    found = bytearray()
    while len(found) <= LIMIT_MB * 2**20 and (part := os.read(file, 2**20)):
        found += part
    return bytes(found)


def _read_pipe(file: int, path: Path) -> bytes:
    """Read a pipe up to its end, or until more than the largest allowed size has arrived.

    Raises:
        CourseError: The pipe delivers nothing, or does not end within PATIENCE seconds.
    """
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
    """Read a text file and clean it.

    Raises:
        CourseError: The file is unreadable or not UTF-8.
    """
    raw = data(path, limit=LESSON_MB)
    try:
        return clean(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CourseError("course.error.utf8", path=path, line=line) from error


def any_text(path: Path) -> Decoded:
    """Read the text of a file of the learner's own, or from a pipe, in any encoding.

    Raises:
        CourseError: The file is unreadable or binary.
    """
    from rnntutor.course.encodings import decode  # not needed for courses, which are UTF-8

    found = decode(data(path, pipes=True))
    if found is None:
        raise CourseError("course.error.binary", path=path)
    return found


def table(path: Path) -> tuple[dict[str, object], str]:
    """Read a TOML file.

    Returns:
        The table, frozen and clean, and its source.

    Raises:
        CourseError: The file is unreadable or not valid TOML.
    """
    source = text(path)
    try:
        return parse_toml(source), source
    except ValueError as error:
        raise CourseError("course.error.toml", path=path, line=wrong_line(source, error)) from error


def parse_toml(source: str) -> dict[str, object]:
    """Return the table that a TOML source defines, frozen and clean.

    Raises:
        ValueError: The source is not valid TOML (`tomllib.TOMLDecodeError`), or nested too deeply.
    """
    for line in source.splitlines():
        if (
            line.count(".") > _DEEPEST
            and _QUOTED.sub("", line.partition("=")[0]).count(".") > _DEEPEST
        ):
            raise ValueError("a key of too many parts")
    try:
        value = freeze(tomllib.loads(source))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    assert isinstance(value, dict)
    return value


def wrong_line(source: str, error: ValueError) -> int:
    """Return the line of an error of `parse_toml`: the line in its message, else the longest
    line."""
    if found := re.search(r"at line (\d+)", str(error)):
        return int(found[1])
    if isinstance(error, tomllib.TOMLDecodeError):
        return source.count("\n") + 1
    lines = source.splitlines() or [""]
    longest = max(lines, key=len)
    return lines.index(longest) + 1


_QUOTED = re.compile(r""" "[^"]*" | '[^']*' """, re.VERBOSE)


def inside(directory: Path, name: str) -> Path:
    """Return the path of the file `name` in `directory`.

    Raises:
        CourseError: The name leads out of the directory.
    """
    path = directory / name
    try:
        leads_out = not path.resolve().is_relative_to(directory.resolve())
    except (OSError, ValueError, RuntimeError):  # circular links, an impossible name
        leads_out = True
    if leads_out or Path(name).name != name:
        raise CourseError("course.error.outside", path=directory, name=name)
    return path
