"""Rows as text that shows their colours too, to be read in a difference.

Under each row of text stands a row with one sign a cell, which says what that cell's text is (its
role), and, where something has a background, a row that says which:

    t f₄         0.362  ███▉·······
    r ff         fffff  fffffffffff
    b >>

A quantity is its own letter, as everywhere in the program. A letter in capitals is bold.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len

from rnntutor.spans import QUANTITIES, Row, Span, plain

# One sign for each role that is no single letter of its own.
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
    """The sign of a span's role. Raises KeyError for a role that has none."""
    sign = SIGNS[span.role]
    if not span.strong:
        return sign
    return STRONG.get(sign, sign.upper())


def of_back(span: Span) -> str:
    """The sign of a span's background: heat in tenths, from 0 to 9, below nought from a to j."""
    if not span.back.startswith("heat:"):
        return LIT if span.back else " "
    heat = float(span.back[5:])
    tenths = min(9, round(abs(heat) * 10))
    return chr(ord("a") + tenths) if heat < 0 else str(tenths)


def readable(rows: Iterable[Row]) -> str:
    """The rows, each with what colours it."""
    lines: list[str] = []
    for row in rows:
        lines.append(f"t {plain(row)}".rstrip())
        for letter, sign in (("r", of_role), ("b", of_back)):
            signs = "".join(_over(span, sign(span)) for span in row)
            if signs.strip():
                lines.append(f"{letter} {signs}".rstrip())
    return "\n".join(lines) + "\n"


def _over(span: Span, sign: str) -> str:
    """The sign once for each cell of the span; blanks without a background have no colour."""
    seen = span.text.strip() or span.back
    return (sign if seen else " ") * cell_len(span.text)
