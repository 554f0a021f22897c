"""How a number that Python has printed is shown."""

from __future__ import annotations

import re

MINUS = "−"
_ZERO = re.compile(r"-(?=0(?:\.0*)?(?![\d.e]))")
_POWER = re.compile(r"(?<=\de)([+-])0*(?=\d)")


def minus(printed: str) -> str:
    """The numbers with a true minus sign, none before zero, and short powers: "-0.00" is 0.00,
    "-2e-05" is −2e−5."""
    short = _POWER.sub(lambda sign: sign[1].replace("+", ""), printed)
    return _ZERO.sub("", short).replace("-", MINUS)
