"""Tuning of the interpreter's switch interval, so that keys take priority over a training thread.

A thread that wants the GIL waits for the switch interval before it forces the holder to release it.
The interval is global but matters only to the waiting thread. It is therefore short while the
interface sleeps and must be woken beside a training run, and long while the interface works and the
training run waits. Key latency beside a training run at full speed: median 5.7 ms and p95 17 ms,
without this module 6.8 and 25 ms (`benchmarks/price.py`).

Polling for input releases the GIL, if only for a moment, and a training run takes it. A busy
interface therefore polls only every `LOOK_AGAIN` seconds, not before every step.
"""

from __future__ import annotations

import asyncio
import selectors
import sys
from selectors import SelectorKey
from time import monotonic

WOKEN = 0.0002  # seconds that the interface waits for a training run
WORKING = 0.005  # seconds that a training run waits for the interface; Python's default
LOOK_AGAIN = 0.002  # seconds between two polls while the interface is busy


class Priority(selectors.DefaultSelector):
    """A selector that sets the switch interval before and after waiting for input."""

    _looked = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        """Wait for input, with the short switch interval during the wait only."""
        if timeout == 0 and monotonic() - self._looked < LOOK_AGAIN:
            return []
        sys.setswitchinterval(WOKEN)
        try:
            return super().select(timeout)
        finally:
            sys.setswitchinterval(WORKING)
            self._looked = monotonic()


def interface_loop() -> asyncio.AbstractEventLoop:
    """Return an event loop whose thread takes priority; on Windows, a default loop."""
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    return asyncio.SelectorEventLoop(Priority())
