"""Waiting for another thread or a timer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

PATIENCE = 30.0  # seconds; only a failure waits that long


async def until(there: Callable[[], object]) -> None:
    """Wait until a condition holds.

    Time is the limit, not turns of the event loop: a hundred of those may pass before a busy
    machine has started a thread.
    """
    end = monotonic() + PATIENCE
    while not there():
        assert monotonic() < end, "it did not happen"
        await asyncio.sleep(0.001)
