"""Formatting of numbers: aligned in columns, in sentences, in a given width.

Imports nothing from the project, so that content and drawings can both use it.
"""

from __future__ import annotations

import math
import re

DECIMALS = 3  # for gates, sums and states, as in the lessons
FEW = 2  # for overviews
UNKNOWN = "·"
ROOM = 8  # the longest amount is −2.1e−47
MINUS = "−"
_ZERO = re.compile(r"-(?=0(?:\.0*)?(?![\d.e]))")
_POWER = re.compile(r"(?<=\de)([+-])0*(?=\d)")


def minus(printed: str) -> str:
    """Replace hyphens by minus signs, drop the sign of zero, and shorten exponents.

    "-0.00" becomes 0.00, "-2e-05" becomes −2e−5.
    """
    short = _POWER.sub(lambda sign: sign[1].replace("+", ""), printed)
    return _ZERO.sub("", short).replace("-", MINUS)


def cells(*, decimals: int = DECIMALS, signed: bool = True) -> int:
    """Return the width of a number: optional sign, one digit, point, decimals."""
    return decimals + 2 + signed


def number(value: float | None, *, decimals: int = DECIMALS, signed: bool = True) -> str:
    """Return `value` in exactly `cells(...)` cells: "+0.840", "−0.310", unsigned "0.822".

    None and NaN become "·" at the first digit's position. Large values get fewer decimals.
    """
    room = cells(decimals=decimals, signed=signed)
    if value is None or value != value:
        return (" " * signed + UNKNOWN).ljust(room)
    for fewer in range(decimals, -1, -1):
        digits = f"{abs(value):.{fewer}f}"
        sign = "" if not float(digits) else "−" if value < 0 else "+" if signed else ""
        text = sign.rjust(signed) + digits
        if len(text) <= room:
            return text.rjust(room)
    return (sign + ">" + "9" * (room - len(sign) - 1))[:room]


def percent(value: float) -> str:
    """Return a share in whole percent, with a decimal if it would be rounded to 0% or 100%."""
    shown = round(100 * value)
    if shown in (0, 100) and value not in (0, 1):
        return f"{100 * value:.1f}%"
    return f"{shown}%"


def amount(value: float) -> str:
    """Return a number of any size: 0.120, 4210, 2.1e−47.

    It has four digits if these suffice, else two and a power of ten.
    """
    size = abs(value)
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞" if value < 0 else "·"
    if size and not 0.001 <= size < 9999.5:
        return minus(f"{value:.1e}")
    digits = 3 if size < 9.9995 else 2 if size < 99.995 else 1 if size < 999.95 else 0
    return minus(f"{value:.{digits}f}")


def fixed(value: float, decimals: int = DECIMALS) -> str:
    """Return a number with a fixed number of decimals and a true minus sign."""
    return minus(f"{value:.{decimals}f}")


def short(value: float) -> str:
    """Return a number without trailing zeros: 1, 1.5, 0.05, 2e−5."""
    return minus(f"{value:g}")


def full_bar(full: float) -> str:
    """Return the legend for the value of a full bar: "█=1"."""
    return f"█={short(full)}"


def within(value: float, room: int) -> str:
    """Return the amount in at most `room` cells, with fewer digits if need be; "…" if none fits."""
    for text in (amount(value), f"{value:.2g}", f"{value:.1g}", f"{value:.0e}"):
        text = minus(text)
        if len(text) <= room:
            return text
    return "…"


def column(value: float | None, room: int = ROOM) -> str:
    """Return the amount right-aligned in exactly `room` cells; "·" if unknown."""
    return ("·" if value is None else amount(value)).rjust(room)
