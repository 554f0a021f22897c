"""Memory that a page has used and the next does not need, given back to the system."""

from __future__ import annotations

import contextlib
import gc
import sys


def release_memory() -> None:
    """Collect what is garbage; on Linux the C library keeps what was freed unless it is told. After
    four lessons 69 MiB are resident, without this 72 (`benchmarks/price.py`)."""
    gc.collect()
    if sys.platform == "linux":
        import ctypes  # NumPy has imported it by then

        with contextlib.suppress(OSError, AttributeError):  # not every libc can
            ctypes.CDLL(None).malloc_trim(0)
