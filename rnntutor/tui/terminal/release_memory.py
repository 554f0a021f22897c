"""Memory that opening a page has used and nothing needs any more, given back to the system."""

from __future__ import annotations

import contextlib
import gc
import sys
from typing import Any

from textual.app import App

SETTLED = 1.0  # seconds after a lesson, a file or a simulation has been opened, while it is read


def release_later(app: App[Any]) -> None:
    """Do so once what has just been opened is being read."""
    app.set_timer(SETTLED, release_memory)


def release_memory() -> None:
    """Collect what is garbage; on Linux the C library keeps what was freed unless it is told. After
    four lessons 69 MiB are resident, without this 72 (`benchmarks/price.py`)."""
    gc.collect()
    if sys.platform == "linux":
        import ctypes  # NumPy has imported it by then

        with contextlib.suppress(OSError, AttributeError):  # not every libc can
            ctypes.CDLL(None).malloc_trim(0)
