"""Drawing the hidden views of an idle stage in advance."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

REST = 0.15  # seconds between two views drawn in advance


class Ahead:
    """Draws hidden views into the picture cache, so that selecting one needs no drawing."""

    def __init__(self, wanted: Callable[[], bool]) -> None:
        self._wanted = wanted
        self._next: asyncio.TimerHandle | None = None
        self._seen: tuple[object, ...] = ()

    def look(self, seen: tuple[object, ...], draw: Callable[[int], object], others: int) -> None:
        """Schedule drawing the other views of an idle stage, the nearest first.

        Args:
            seen: the visible state and its size; nothing is scheduled if it has not changed.
            draw: draws the view at an offset from the visible one.
            others: number of other views.
        """
        if seen == self._seen:
            return
        self.stop()
        self._seen = seen
        left = list(range(1, others + 1))
        loop = asyncio.get_running_loop()

        def one() -> None:
            if left and self._wanted() and self._seen == seen:
                with suppress(Exception):  # the error is reported when that view is shown
                    draw(left.pop(0))
                self._next = loop.call_later(REST, one)

        self._next = loop.call_later(REST, one)

    def stop(self) -> None:
        """Cancel all scheduled drawing until the next `look`."""
        self._seen = ()
        if self._next is not None:
            self._next.cancel()
            self._next = None
