"""Numbers that stand under each other by their sign and point and never change their width."""

from __future__ import annotations

DECIMALS = 3  # of gates, sums and states, as in the lessons
FEW = 2  # in overviews
UNKNOWN = "·"


def cells(*, decimals: int = DECIMALS, signed: bool = True) -> int:
    """The width of a number: an optional sign, one digit, the point, the decimals."""
    return decimals + 2 + signed


def number(value: float | None, *, decimals: int = DECIMALS, signed: bool = True) -> str:
    """`value` in exactly `cells(...)` cells: "+0.840", "−0.310", unsigned "0.822"; "·" where the
    digit would stand when it is not known. Larger values give up decimals, not room."""
    room = cells(decimals=decimals, signed=signed)
    if value is None or value != value:
        return (" " * signed + UNKNOWN).ljust(room)
    for places in range(decimals, -1, -1):
        digits = f"{abs(value):.{places}f}"
        sign = "" if not float(digits) else "−" if value < 0 else "+" if signed else ""
        text = sign.rjust(signed) + digits
        if len(text) <= room:
            return text.rjust(room)
    return (sign + ">" + "9" * (room - len(sign) - 1))[:room]


def percent(value: float) -> str:
    """A share as whole percents; what is not quite 0 or 1 is not rounded to it."""
    shown = round(100 * value)
    if shown in (0, 100) and value not in (0, 1):
        return f"{100 * value:.1f}%"
    return f"{shown}%"
