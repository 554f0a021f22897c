"""Create a file that is written completely or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

PRIVATE = 0o600  # readable by the learner only


@contextmanager
def create(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Create a file and yield it for writing; on an error it is deleted.

    A partial file could be mistaken for a complete one.

    Raises:
        OSError: The file exists or cannot be written; `filename` is set.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)
        raise
