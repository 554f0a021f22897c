"""Frames at the terminal's own pace: the next is drawn when the last has been acknowledged.

After a frame the terminal is asked where its cursor is; the answer comes when it has drawn all
that was sent before. On a slow line frames are dropped, never queued, so that keys stay quick.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

QUESTION = "\x1b[6n"
PATIENCE = 2.0  # seconds without an answer, after which a terminal is taken not to answer at all


class Pacer:
    """send: writes to the terminal. clock: seconds, monotonic."""

    def __init__(self, send: Callable[[str], None], clock: Callable[[], float] = monotonic) -> None:
        self._send = send
        self._clock = clock
        self._asked: float | None = None
        self._answers = True

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._asked is not None

    def ready(self) -> bool:
        """Whether the next frame may be drawn."""
        if self._asked is None:
            return True
        if self._clock() - self._asked > PATIENCE:
            self._asked, self._answers = None, False
        return self._asked is None

    def drawn(self) -> None:
        """A frame has been sent."""
        if self._answers and self._asked is None:
            self._asked = self._clock()
            self._send(QUESTION)

    def acknowledged(self) -> None:
        """The terminal has answered."""
        self._asked, self._answers = None, True
