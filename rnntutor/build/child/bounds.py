"""Keeps a learner's code from affecting the rest of the machine.

It guards against accidents, not against attacks: the code has the rights of the user who wrote it.
"""

from __future__ import annotations

import builtins
import io
import math
import os
import signal
import sys
from typing import Any

FORBIDDEN = (
    "os.", "subprocess.", "socket.", "shutil.", "ctypes.", "signal.", "pty.", "_posixsubprocess",
    "winreg.", "tempfile.", "webbrowser.", "ftplib.", "urllib.", "smtplib.", "sqlite3.",
    "_thread.start_new_thread",
)  # fmt: skip
HARMLESS = ("os.listdir", "os.scandir", "os.walk", "os.fwalk")


class NotAllowed(Exception):
    """Raised when the function uses something that exercises do not need."""


def die_with_the_parent() -> None:
    """On Linux, have the kernel kill this process when the tutor ends."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGKILL)


def set_limits(size: int) -> None:
    """Limit memory and forbid writing files."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock alone
        return
    for what, most in (
        (resource.RLIMIT_AS, size),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def allow(seconds: int) -> None:
    """Limit processor time from now on; the system ends the process when it is used up."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime) + seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(
        resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard)
    )


def prepare() -> None:
    """Import what the function may need, then forbid everything else."""
    import numpy.linalg
    import numpy.random

    import rnntutor.build.child.again  # noqa: F401

    numpy.seterr(all="warn")
    sys.setrecursionlimit(300)
    guard()


class Printed(io.StringIO):
    """Holds the beginning of the function's output."""

    MOST = 2000

    def write(self, text: str) -> int:
        """Write text, dropping everything beyond MOST characters."""
        room = self.MOST - self.tell()
        if room > 0:
            super().write(text[:room])
        return len(text)


def guard() -> None:
    """From now on refuse to open files (except to import), start processes or read input."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            mode, flags = arguments[1], arguments[2]
            writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) if flags else False
            if writes or (mode and set(str(mode)) & set("wax+")) or not imported(arguments[0]):
                raise NotAllowed("open")
        elif event.startswith(FORBIDDEN) and event not in HARMLESS:
            raise NotAllowed(event)

    def imported(path: object) -> bool:
        return isinstance(path, str) and path.endswith((".py", ".pyc", ".so", ".pyd", ".dylib"))

    def asked(*_: object) -> str:
        raise NotAllowed("input")

    builtins.input = asked
    sys.addaudithook(refuse)
