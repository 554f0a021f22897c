"""Waiting for what another thread, or a timer, has still to do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

PATIENCE = 30.0  # seconds; only a failure waits that long


async def until(there: Callable[[], object]) -> None:
    """Until something holds. Turns of the loop are no measure: a hundred of them may be over before
    a busy machine has begun a thread."""
    end = monotonic() + PATIENCE
    while not there():
        assert monotonic() < end, "it did not happen"
        await asyncio.sleep(0.001)
