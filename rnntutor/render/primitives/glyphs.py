"""Subscripts, and ASCII replacements for all other characters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from rnntutor.spans import Row, Rows

_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# Signs by the ASCII character that replaces them. Letters that would otherwise become the letter
# of a quantity (α, τ and θ: a sum, a step) have a different one.
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


# Superscripts.
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ"
_POWER = re.compile(f"[{_RAISED}]+")


def written_out(spans: Row) -> Row:
    """Return a row with "^" before superscripts: in ASCII, 0.9²⁰ would otherwise be 0.920."""
    return tuple(
        span if span.text.isascii() else span.with_text(_POWER.sub(_superscript, span.text))
        for span in spans
    )


def _superscript(found: re.Match[str]) -> str:
    power = found[0]
    loose = any(sign in power[1:] for sign in "⁺⁻⁼") and power[0] != "⁽"
    return f"^({power})" if loose else f"^{power}"


def subscript(t: int) -> str:
    """Return a number as a subscript: 12 -> "₁₂"."""
    return str(t).translate(_BELOW)


def ascii_rows(rows: Rows) -> Rows:
    """Return rows with symbols replaced by ASCII, cell by cell; words are unchanged."""
    return tuple(ascii_row(row) for row in rows)


def ascii_row(spans: Row) -> Row:
    """Return a row with symbols replaced by ASCII, cell by cell."""
    return tuple(
        span if span.text.isascii() else span.with_text(ascii_text(span.text)) for span in spans
    )


def ascii_text(text: str) -> str:
    """Return a text of the same width with symbols replaced by ASCII.

    Letters of a language are kept; mathematical letters become the Latin letter of their name.
    """
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
    plain = unicodedata.normalize("NFKD", char)[:1].translate(
        _ASCII
    )  # a subscript minus normalises to a minus
    if plain.isascii() and char not in "…":
        return plain
    # Hangul, kana, Han, Cyrillic, …: the script of a text is kept.
    return char if category in ("Lo", "Ll", "Lu") or "HANGUL" in name else "?"
