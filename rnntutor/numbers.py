"""Numbers as they are shown: under each other by their sign and point, in a sentence, in a
column.

Imports nothing of the project, so that content and drawings can share it.
"""

from __future__ import annotations

import math
import re

DECIMALS = 3  # of gates, sums and states, as in the lessons
FEW = 2  # in overviews
UNKNOWN = "·"
ROOM = 8  # the widest: −2.1e−47
MINUS = "−"
_ZERO = re.compile(r"-(?=0(?:\.0*)?(?![\d.e]))")
_POWER = re.compile(r"(?<=\de)([+-])0*(?=\d)")


def minus(printed: str) -> str:
    """The numbers with a true minus sign, none before zero, and short powers: "-0.00" is 0.00,
    "-2e-05" is −2e−5."""
    short = _POWER.sub(lambda sign: sign[1].replace("+", ""), printed)
    return _ZERO.sub("", short).replace("-", MINUS)


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


def amount(value: float) -> str:
    """A number of any size (0.120, 4210, 2.1e−47): four digits where that says enough, else two and
    a power of ten."""
    size = abs(value)
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞" if value < 0 else "·"
    if size and not 0.001 <= size < 9999.5:
        return minus(f"{value:.1e}")
    digits = 3 if size < 9.9995 else 2 if size < 99.995 else 1 if size < 999.95 else 0
    return minus(f"{value:.{digits}f}")


def fixed(value: float, decimals: int = DECIMALS) -> str:
    """So many decimals, with a true minus."""
    return minus(f"{value:.{decimals}f}")


def short(value: float) -> str:
    """A round number as it is said: 1, 1.5, 0.05, 2e−5."""
    return minus(f"{value:g}")


def full_bar(full: float) -> str:
    """How long a bar of one cell's height or a whole row is, said in few cells: "█=1"."""
    return f"█={short(full)}"


def within(value: float, room: int) -> str:
    """The amount in `room` cells at the most, with fewer digits where it has to be; "…" where no
    digit fits."""
    for text in (amount(value), f"{value:.2g}", f"{value:.1g}", f"{value:.0e}"):
        text = minus(text)
        if len(text) <= room:
            return text
    return "…"


def column(value: float | None, room: int = ROOM) -> str:
    """The amount in exactly `room` cells, on the right; "·" for what is not known."""
    return ("·" if value is None else amount(value)).rjust(room)
