"""The switch interval of the interpreter: keys are handled before a training thread goes on.

A thread that wants the lock waits for the switch interval before it makes the other let go. The
interval is one for all, but it counts for whoever waits: so it is short while the interface sleeps
and has to be woken from beside a training run, and long while it works and a training run waits.
Keys beside a training run at its highest speed, on two busy cores: p95 91 ms, without this 135 ms
(`benchmarks/price.py`).

Whoever looks for input lets go of the lock, even if only for a moment, and a training run takes it.
So while the interface has something to do it looks for input now and then, not before every step.
"""

from __future__ import annotations

import asyncio
import selectors
import sys
from selectors import SelectorKey
from time import monotonic

WOKEN = 0.0002  # seconds that the interface waits for a training run
WORKING = 0.005  # seconds that a training run waits for the interface; Python's own interval
LOOK_AGAIN = 0.002  # seconds between two looks for input while there is something to do


class Priority(selectors.DefaultSelector):
    """Waits for input, and sets who is to wait for whom meanwhile and afterwards."""

    _looked = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        if timeout == 0 and monotonic() - self._looked < LOOK_AGAIN:
            return []
        sys.setswitchinterval(WOKEN)
        try:
            return super().select(timeout)
        finally:
            sys.setswitchinterval(WORKING)
            self._looked = monotonic()


def interface_loop() -> asyncio.AbstractEventLoop:
    """An event loop whose thread comes before all others. On Windows it waits in another way."""
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    return asyncio.SelectorEventLoop(Priority())
