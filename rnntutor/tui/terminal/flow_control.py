"""Frames at the terminal's own pace: the next is drawn when the last has been acknowledged.

After a frame the terminal is asked where its cursor is; the answer comes when it has drawn all
that was sent before. On a slow line frames are dropped, never queued, so that keys stay quick.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

QUESTION = "\x1b[6n"
PATIENCE = 2.0  # seconds without an answer, after which a terminal is taken not to answer at all
LAST_FRAME = 1.0  # seconds to wait for an answer before the terminal is given back
LOOK_AGAIN = 0.02  # seconds


class FlowControl:
    """send: writes to the terminal. clock: seconds, monotonic."""

    def __init__(self, send: Callable[[str], None], clock: Callable[[], float] = monotonic) -> None:
        self._send = send
        self._clock = clock
        self._asked: float | None = None
        self._answers = True
        self._paused = False

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._asked is not None and self._clock() - self._asked <= PATIENCE

    def ready(self) -> bool:
        """Whether the next frame may be drawn."""
        return not self.waiting and not self._paused

    def frame_sent(self) -> None:
        """A frame has been sent."""
        if self._asked is not None and not self.waiting:  # it does not answer: not asked again
            self._asked, self._answers = None, False
        if self._answers and self._asked is None and not self._paused:
            self._asked = self._clock()
            self._send(QUESTION)

    def acknowledged(self) -> None:
        """The terminal has answered."""
        self._asked, self._answers = None, True

    async def pause(self) -> None:
        """No frames from now on; the answer to the last is awaited, so that it is not typed into
        the shell to which the terminal is given back."""
        self._paused = True
        for _ in range(int(LAST_FRAME / LOOK_AGAIN)):
            if not self.waiting:
                break
            await asyncio.sleep(LOOK_AGAIN)

    def resume(self) -> None:
        """Frames again; an answer that has not come is not waited for any more."""
        self._asked, self._paused = None, False
