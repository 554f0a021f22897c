"""The interface before the training: who waits how long for the interpreter's lock.

A thread that wants the lock waits for the switch interval before it makes the other let go. The
interval is one for all, but it counts for whoever waits: so it is short while the interface sleeps
and has to be woken from beside a training, and long while it works and a training waits.
With one length for both, a training took half the time that a key needs.
"""

from __future__ import annotations

import asyncio
import selectors
import sys
from selectors import SelectorKey

WOKEN = 0.0002  # seconds that the interface waits for a training
WORKING = 0.005  # seconds that a training waits for the interface; Python's own interval


class Priority(selectors.DefaultSelector):
    """Waits for input, and sets who is to wait for whom meanwhile and afterwards."""

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        sys.setswitchinterval(WOKEN)
        try:
            return super().select(timeout)
        finally:
            sys.setswitchinterval(WORKING)


def interface_loop() -> asyncio.AbstractEventLoop:
    """An event loop whose thread comes before all others. On Windows it waits in another way."""
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    return asyncio.SelectorEventLoop(Priority())
