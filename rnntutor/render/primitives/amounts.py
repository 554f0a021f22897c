"""Numbers of any size in a sentence or a column: 0.120, 4210, 2.1e−47."""

from __future__ import annotations

import math

from rnntutor.minus import minus

ROOM = 8  # the widest: −2.1e−47


def amount(value: float) -> str:
    """Four digits where that says enough, else two and a power of ten."""
    size = abs(value)
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞" if value < 0 else "·"
    if size and not 0.001 <= size < 9999.5:
        return minus(f"{value:.1e}")
    digits = 3 if size < 9.9995 else 2 if size < 99.995 else 1 if size < 999.95 else 0
    return minus(f"{value:.{digits}f}")


def short(value: float) -> str:
    """A round number as it is said: 1, 1.5, 0.05, 2e−5."""
    return minus(f"{value:g}")


def within(value: float, room: int) -> str:
    """The amount in `room` cells at the most, with fewer digits where it has to be; "…" where no
    digit fits."""
    for text in (amount(value), f"{value:.2g}", f"{value:.1g}", f"{value:.0e}"):
        text = minus(text)
        if len(text) <= room:
            return text
    return "…"


def column(value: float | None, room: int = ROOM) -> str:
    """The same in exactly `room` cells, on the right; "·" for what is not known."""
    return ("·" if value is None else amount(value)).rjust(room)
