"""What the system says of a file that was named, as one sentence."""

from __future__ import annotations

from pathlib import Path

from rnntutor.failure import Refused


def refused(error: OSError, named: str | Path) -> Refused:
    """Why a file cannot be read or written. named: which was meant, where the error does not say
    so."""
    path = error.filename or named
    if isinstance(error, IsADirectoryError) or (
        isinstance(error, FileExistsError) and Path(path).is_dir()
    ):
        return Refused("history.directory", path=path)
    if isinstance(error, FileExistsError):
        return Refused("history.there", path=path)
    return Refused("history.failed", path=path, reason=error.strerror or str(error))
