"""A file that is written once: all of it or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

PRIVATE = 0o600  # for the learner alone


@contextmanager
def created(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A new file, to be written inside. Where that goes wrong there is no file: half of one would
    look like a whole. Raises OSError, which names the file, also where one is there already."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)
        raise
