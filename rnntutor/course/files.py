"""Reading the files of a course: text in UTF-8, TOML, and never outside the course's directory."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from rnntutor.course.clean import clean, frozen
from rnntutor.course.errors import CourseError


def text(path: Path) -> str:
    """The file's text, cleaned. Raises CourseError for a file that is missing, unreadable or not
    UTF-8."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise CourseError("course.error.missing", path=path) from None
    except OSError as error:
        raise CourseError("course.error.unreadable", path=path, why=error.strerror) from error
    try:
        return clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CourseError("course.error.utf8", path=path, line=line) from error


def table(path: Path) -> tuple[dict[str, object], str]:
    """The TOML table of a file, frozen and clean, and its source. Raises CourseError."""
    source = text(path)
    try:
        value = frozen(tomllib.loads(source))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else source.count("\n") + 1
        raise CourseError("course.error.toml", path=path, line=line) from error
    assert isinstance(value, dict)
    return value, source


def inside(directory: Path, name: str) -> Path:
    """The file `name` of `directory`. Raises CourseError for a name that leads out of it."""
    path = directory / name
    if Path(name).name != name or not path.resolve().is_relative_to(directory.resolve()):
        raise CourseError("course.error.outside", path=directory, name=name)
    return path
