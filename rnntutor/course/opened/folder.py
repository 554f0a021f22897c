"""Collect the files to open from the paths of the command line.

The files of a directory are in the order of its table of contents, if it has one, else sorted by
name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from rnntutor.course import files
from rnntutor.course.errors import CourseError
from rnntutor.course.opened.document import Document
from rnntutor.course.opened.kinds import SUFFIXES

MOST = 300  # files per directory; further ones are ignored

_TOC = re.compile(r"^[ \t]*(?:-[ \t]*)?(?:file|root):[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
_SUMMARY = re.compile(r"\[[^\[\]]*\]\(([^()\s]+)\)")
_NAV = re.compile(r"([^\s:\"'\[\]{},-][^\s:\"'\[\]{},]*\.(?:md|markdown|ipynb|rst))\b")
_CONTENTS = (("_toc.yml", _TOC), ("SUMMARY.md", _SUMMARY), ("mkdocs.yml", _NAV))


def documents(paths: Sequence[Path]) -> tuple[Document, ...]:
    """Read files, and the text files in directories, each once.

    Raises:
        CourseError: A file cannot be read, all files together are too large, or a directory
            contains no text files.
    """
    out: list[Document] = []
    size = 0
    for path in paths:
        inside = os.path.isdir(path)  # noqa: PTH112, never raises
        for file in _in(path) if inside else (path,):
            try:
                text, notice, encoding = files.any_text(file)
            except CourseError:
                if inside:  # of a directory only the text files are read
                    continue
                raise
            size += len(text)
            if size > files.LIMIT_MB * 2**20:
                raise CourseError("course.error.large", path=path, limit=f"{files.LIMIT_MB:g}")
            name = str(file.relative_to(path)) if inside else path.name
            folder = file.parent if os.path.isfile(file) else None  # noqa: PTH113, never raises
            out.append(Document(name, text, folder, notice, encoding))
    if not out:
        raise CourseError("course.error.no_texts", path=paths[0])
    return tuple(out)


def _in(directory: Path) -> list[Path]:
    """Return the text files of a directory and its subdirectories, in order."""
    found = sorted(_texts(directory), key=lambda path: _natural(str(path.relative_to(directory))))
    for name, pattern in _CONTENTS:
        try:
            named = pattern.findall(files.any_text(directory / name)[0])
        except CourseError:
            continue
        if ordered := list(_files_named(directory, named, found)):
            return ordered
    return found


def _texts(directory: Path) -> Iterable[Path]:
    """Yield files with the suffix of a text, at most two levels deep.

    Hidden files and links that lead out of the directory are excluded.
    """
    count = 0
    for pattern in ("*", "*/*", "*/*/*"):
        for path in sorted(directory.glob(pattern)):
            hidden = any(part[0] in "._" for part in path.relative_to(directory).parts)
            if hidden or path.suffix.lower() not in SUFFIXES or path.name == "SUMMARY.md":
                continue
            if count < MOST and path.is_file() and _within(directory, path):
                count += 1
                yield path


def _files_named(directory: Path, names: Iterable[str], found: Sequence[Path]) -> Iterable[Path]:
    """Return the files with the given names; a name may omit the suffix and a leading `docs/`."""
    known: dict[str, Path] = {}
    for path in found:
        relative = path.relative_to(directory).as_posix()
        for key in (relative, relative.removeprefix("docs/")):
            known.setdefault(key, path)
            known.setdefault(key.rpartition(".")[0], path)
    return dict.fromkeys(known[key] for name in names if (key := name.removeprefix("./")) in known)


def _within(directory: Path, path: Path) -> bool:
    try:
        return path.resolve().is_relative_to(directory.resolve())
    except (OSError, RuntimeError):
        return False


def _natural(name: str) -> list[tuple[int, int, str]]:
    """Return a sort key for natural order: 2 before 10."""
    parts = re.split(r"(\d+)", name.lower())
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts if p]
