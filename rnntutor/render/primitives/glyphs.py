"""Signs: indices below the line, and what stands for every sign on a terminal with ASCII alone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from rnntutor.spans import Row, Rows

_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# What stands for which signs, where they do not stand in a row of their own. Letters that would
# become that of a quantity (α, τ and θ: a sum, a step) have another.
_STANDS = {
    "-": "−–—‐‑‒─━═┈╌╶╴✎◇↔",
    "|": "│║‖∥▐",
    "+": "┌┐└┘├┤┬┴┼✓⊕†",
    ":": "┊⋮",
    "/": "√÷∕⁄",
    ">": "▶▸›↪→≥⟩⇒≫",
    "<": "◀◂‹←⌫≤⟨⇐≪",
    "[": "⌊⌈",
    "]": "⌋⌉",
    "^": "▲▴↑△∧",
    "v": "▼▾↓∨",
    "%": "░▒▓▨",
    "o": "◐°∘☐",
    "O": "□◉",
    "@": "●",
    ".": "·○⋅∙",
    "x": "×✗✕⊗☑",
    "*": "⊙•◆★⋆∗",
    "~": "…∞≈±∝¬",
    "=": "≡≔",
    "#": "≠■",
    "s": "σ",
    "r": "ρ",
    "S": "Σ∑∫§",
    "P": "∏",
    "d": "∂",
    "e": "∈",
    "R": "ℝ",
    "T": "ᵀ⊤τ",
    "A": "α∀",
    "Q": "θ",
    "V": "∇",
    "E": "∃",
    "U": "∪",
    "n": "∩",
    "0": "∅",
    "_": "⊥",
    "2": "²",
    '"': "“”",
    "'": "‘’▀′",
}
_ASCII = str.maketrans(
    dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
    | dict(zip("▁▂▃▄▅▆▇█", ".,:;+*#@", strict=True))
    | dict(zip("▏▎▍▌▋▊▉", "   ####", strict=True))
    | {sign: plain for plain, signs in _STANDS.items() for sign in signs}
)


# What is raised, and what in it needs brackets.
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ"
_POWER = re.compile(f"[{_RAISED}]+")


def written_out(spans: Row) -> Row:
    """The row with a "^" before what is raised, for ASCII alone: 0.9²⁰ would become 0.920."""
    return tuple(
        span if span.text.isascii() else span.with_text(_POWER.sub(_raised, span.text))
        for span in spans
    )


def _raised(found: re.Match[str]) -> str:
    power = found[0]
    loose = any(sign in power[1:] for sign in "⁺⁻⁼") and power[0] != "⁽"
    return f"^({power})" if loose else f"^{power}"


def subscript(t: int) -> str:
    """A number as an index below the line: 12 -> "₁₂"."""
    return str(t).translate(_BELOW)


def ascii_rows(rows: Rows) -> Rows:
    """The rows with an ASCII sign for every drawn one, cell for cell; words stay as they are."""
    return tuple(ascii_row(row) for row in rows)


def ascii_row(spans: Row) -> Row:
    """One row without signs beyond ASCII, cell for cell."""
    return tuple(
        span if span.text.isascii() else span.with_text(ascii_text(span.text)) for span in spans
    )


def ascii_text(text: str) -> str:
    """A text of the same width without signs beyond ASCII. Letters of a language stay; those of
    mathematics become the Latin letter that is read for them."""
    return "".join(_ascii(char) for char in text.translate(_ASCII))


@cache
def _ascii(char: str) -> str:
    if char.isascii():
        return char
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return ""
    name, category = unicodedata.name(char, ""), unicodedata.category(char)
    if category in ("Ll", "Lu") and name.startswith("LATIN "):
        return char
    if name.startswith("GREEK "):
        return name.rpartition("LETTER ")[2][:1].lower() or "?"
    plain = unicodedata.normalize("NFKD", char)[:1].translate(_ASCII)  # an index ₋ is a −
    if plain.isascii() and char not in "…":
        return plain
    # Hangul, kana, Han, Cyrillic, …: what a text is written in is not for us to change.
    return char if category in ("Lo", "Ll", "Lu") or "HANGUL" in name else "?"
