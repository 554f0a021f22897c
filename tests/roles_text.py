"""Rows as text with their colours, for golden files.

Below each row of text is a row with one sign per cell for its role and, if there is a background, a
row for that:

    t f₄         0.362  ███▉·······
    r ff         fffff  fffffffffff
    b >>

The role of a quantity is its own letter. A capital letter means bold.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len

from rnntutor.spans import QUANTITIES, Row, Span, plain

# One sign for each role that is not a single letter.
SIGNS = {
    "": " ",
    "grey": "~",
    "faint": "'",
    "line": "-",
    "accent": "!",
    "right": "+",
    "wrong": "w",
    "code": "k",
    "grad": "d",
} | {letter: letter for letter in QUANTITIES if len(letter) == 1}
STRONG = {" ": "*", "~": "≈", "'": '"', "-": "=", "!": "‼", "+": "‡"}
LIT = ">"


def of_role(span: Span) -> str:
    """Return the sign of a span's role.

    Raises:
        KeyError: the role has no sign.
    """
    sign = SIGNS[span.role]
    if not span.strong:
        return sign
    return STRONG.get(sign, sign.upper())


def of_back(span: Span) -> str:
    """Return the sign of a span's background; heat in tenths, 0 to 9, or a to j below 0."""
    if not span.back.startswith("heat:"):
        return LIT if span.back else " "
    heat = float(span.back[5:])
    tenths = min(9, round(abs(heat) * 10))
    return chr(ord("a") + tenths) if heat < 0 else str(tenths)


def readable(rows: Iterable[Row]) -> str:
    """Return the rows as text, each with its roles and backgrounds."""
    lines: list[str] = []
    for row in rows:
        lines.append(f"t {plain(row)}".rstrip())
        for letter, sign in (("r", of_role), ("b", of_back)):
            signs = "".join(_over(span, sign(span)) for span in row)
            if signs.strip():
                lines.append(f"{letter} {signs}".rstrip())
    return "\n".join(lines) + "\n"


def _over(span: Span, sign: str) -> str:
    """Repeat the sign for each cell of the span; blanks without a background get none."""
    seen = span.text.strip() or span.back
    return (sign if seen else " ") * cell_len(span.text)
