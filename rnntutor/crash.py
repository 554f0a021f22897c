"""The crash log, a file with the tracebacks of unexpected errors."""

from __future__ import annotations

import os
import platform
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from rnntutor import __version__

NAME = "crash.log"


def record(data_dir: Path, error: BaseException) -> Path | None:
    """Append an error's traceback, without variable values, to DIR/crash.log.

    Only the learner can read the file.

    Returns:
        The file; None if it could not be written.
    """
    head = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z rnntutor {__version__}"
    system = f"Python {platform.python_version()} on {sys.platform}"
    details = "".join(traceback.format_exception(error))
    path = data_dir / NAME
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(file, "a", encoding="utf-8", errors="backslashreplace") as out:
            out.write(f"{head}, {system}\n{details}\n")
    except OSError:
        return None
    return path


def keep_off_the_screen(data_dir: Path) -> None:
    """Redirect Python's messages about errors in threads and finalisers to the crash log."""

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            record(data_dir, args.exc_value)

    def unraisable(args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            record(data_dir, args.exc_value)

    def uncaught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        record(data_dir, error)

    threading.excepthook = in_thread
    sys.unraisablehook = unraisable
    sys.excepthook = uncaught
