"""Flow control: the next frame is drawn once the terminal has acknowledged the previous one.

After each frame the terminal is asked for its cursor position, which it reports after drawing
everything sent before. On a slow line frames are dropped instead of queued, so that keys stay
responsive.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

QUESTION = "\x1b[6n"
PATIENCE = 2.0  # seconds without an answer after which a terminal is assumed never to answer
LAST_FRAME = 1.0  # seconds to wait for an answer before the terminal is restored
LOOK_AGAIN = 0.02  # seconds


class FlowControl:
    """Tracks which frames the terminal has acknowledged.

    Args:
        send: writes to the terminal.
        clock: monotonic clock in seconds.
    """

    def __init__(self, send: Callable[[str], None], clock: Callable[[], float] = monotonic) -> None:
        self._send = send
        self._clock = clock
        self._asked: float | None = None
        self._answers = True
        self._paused = False

    @property
    def waiting(self) -> bool:
        """Whether an answer is outstanding."""
        return self._asked is not None and self._clock() - self._asked <= PATIENCE

    def ready(self) -> bool:
        """Return whether the next frame may be drawn."""
        return not self.waiting and not self._paused

    def frame_sent(self) -> None:
        """Request an acknowledgement of the frame just sent."""
        if self._asked is not None and not self.waiting:  # no answer: stop asking
            self._asked, self._answers = None, False
        if self._answers and self._asked is None and not self._paused:
            self._asked = self._clock()
            self._send(QUESTION)

    def acknowledge(self) -> None:
        """Handle the terminal's answer."""
        self._asked, self._answers = None, True

    async def pause(self) -> None:
        """Stop drawing frames and wait for the outstanding answer.

        Otherwise it would appear as typed text in the shell that gets the terminal.
        """
        self._paused = True
        for _ in range(int(LAST_FRAME / LOOK_AGAIN)):
            if not self.waiting:
                break
            await asyncio.sleep(LOOK_AGAIN)

    def resume(self) -> None:
        """Resume drawing frames without waiting for an outstanding answer."""
        self._asked, self._paused = None, False
