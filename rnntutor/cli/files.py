"""Translating file errors of the system into one sentence."""

from __future__ import annotations

from pathlib import Path

from rnntutor.cli.arguments import as_path
from rnntutor.failure import Refused

OUTPUT = "-"
"""Denotes standard output instead of a file."""


def new_file(named: str) -> Path:
    """Return the path of an output file that cannot be standard output.

    Raises:
        Refused: the name is "-".
    """
    if named == OUTPUT:
        raise Refused("history.no_output")
    return as_path(named)


def refusal(error: OSError, named: str | Path) -> Refused:
    """Return the reason why a file cannot be read or written.

    Args:
        named: the file, if the error does not name it.
    """
    path = error.filename or named
    if isinstance(error, IsADirectoryError) or (
        isinstance(error, FileExistsError) and Path(path).is_dir()
    ):
        return Refused("history.directory", path=path)
    if isinstance(error, FileExistsError):
        return Refused("history.there", path=path)
    return Refused("history.failed", path=path, reason=error.strerror or str(error))
