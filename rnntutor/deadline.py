"""A bound on the time of long work: its loops ask whether there is any left.

A timer of the system would do without the asking, but it is not there on every system, and not
outside the main thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic, process_time


class OutOfTimeError(BaseException):
    """The work has taken all it may. No handler of exceptions in between is to stop it."""


_end: ContextVar[tuple[float, float] | None] = ContextVar("end", default=None)


@contextmanager
def deadline(seconds: float, computing: float = 0.0) -> Iterator[None]:
    """Within the block `tick` raises OutOfTimeError once it has lasted for so many seconds, and
    has computed for `computing` of them: a busy machine takes nothing away from ordinary work."""
    token = _end.set((monotonic() + seconds, process_time() + computing))
    try:
        yield
    finally:
        _end.reset(token)


def tick() -> None:
    """Called from within a loop: go on, or raise OutOfTimeError."""
    end = _end.get()
    if end is not None and monotonic() > end[0] and process_time() > end[1]:
        raise OutOfTimeError
