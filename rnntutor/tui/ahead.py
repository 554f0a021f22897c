"""The other views of a stage at rest: drawn before a key asks for one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

REST = 0.15  # seconds between two views that are drawn ahead


class Ahead:
    """Pictures are kept: the key that asks for one finds it drawn. wanted: whether anybody is there
    to ask."""

    def __init__(self, wanted: Callable[[], bool]) -> None:
        self._wanted = wanted
        self._next: asyncio.TimerHandle | None = None
        self._seen: tuple[object, ...] = ()

    def look(self, seen: tuple[object, ...], draw: Callable[[int], object], others: int) -> None:
        """Once a stage has come to rest, draw its other views, one after the other, by how far they
        are from the one that is shown. seen: what is shown, and in what room; anew only where that
        is another."""
        if seen == self._seen:
            return
        self.stop()
        self._seen = seen
        left = list(range(1, others + 1))
        loop = asyncio.get_running_loop()

        def one() -> None:
            if left and self._wanted() and self._seen == seen:
                with suppress(Exception):  # it is said when that view is shown
                    draw(left.pop(0))
                self._next = loop.call_later(REST, one)

        self._next = loop.call_later(REST, one)

    def stop(self) -> None:
        """Nothing is drawn until the next look."""
        self._seen = ()
        if self._next is not None:
            self._next.cancel()
            self._next = None
