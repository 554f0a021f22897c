"""A bound on the work of a check: whatever an author wrote, it ends."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 25.0
"""Of computing, not of waiting: a busy machine takes no problem away from a course. The course that
comes with the program takes 8."""


class OutOfTimeError(BaseException):
    """The work has taken all it may. No handler of exceptions in between is to stop it."""


@contextmanager
def budget(seconds: float = SECONDS) -> Iterator[None]:
    """Raise OutOfTimeError inside the block when it has computed for so long. Where the system has
    no such timer, or outside the main thread, nothing is bounded."""
    timer = getattr(signal, "ITIMER_PROF", None)
    if timer is None or threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(number: int, frame: FrameType | None) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(signal.SIGPROF, before)
