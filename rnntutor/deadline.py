"""A time limit for long computations, which their loops check by calling `tick`.

A system timer would need no such calls, but does not exist on every system or outside the main
thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic, process_time


class OutOfTimeError(BaseException):
    """The time limit is exceeded; a BaseException, so that no handler in between catches it."""


_end: ContextVar[tuple[float, float] | None] = ContextVar("end", default=None)


@contextmanager
def deadline(seconds: float, computing: float = 0.0) -> Iterator[None]:
    """Make `tick` raise within the block once both limits are exceeded.

    The limit on CPU time keeps a busy machine from ending ordinary work.

    Args:
        seconds: limit of elapsed time.
        computing: limit of CPU time in seconds.
    """
    token = _end.set((monotonic() + seconds, process_time() + computing))
    try:
        yield
    finally:
        _end.reset(token)


def tick() -> None:
    """Check the time limit; called from loops.

    Raises:
        OutOfTimeError: the limit is exceeded.
    """
    end = _end.get()
    if end is not None and monotonic() > end[0] and process_time() > end[1]:
        raise OutOfTimeError
