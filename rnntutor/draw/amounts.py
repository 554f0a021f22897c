"""Numbers of any size in a sentence or a column: 0.120, 4210, 2.1e−47."""

from __future__ import annotations

import math

ROOM = 8  # the widest: −2.1e−47


def amount(value: float) -> str:
    """Four digits where that says enough, else two and a power of ten."""
    size = abs(value)
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞" if value < 0 else "·"
    if size and not 0.001 <= size < 9999.5:
        return (
            f"{value:.1e}".replace("e+0", "e")
            .replace("e+", "e")
            .replace("e-0", "e-")
            .replace("-", "−")
        )
    text = f"{size:.{3 if size < 9.9995 else 2 if size < 99.995 else 1 if size < 999.95 else 0}f}"
    return f"−{text}" if value < 0 else text


def column(value: float | None, room: int = ROOM) -> str:
    """The same in exactly `room` cells, on the right; "·" for what is not known."""
    return ("·" if value is None else amount(value)).rjust(room)
