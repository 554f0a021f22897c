"""Clean content once, when it is read: characters that could control a terminal become visible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

# Direction marks, overrides and isolates: they reorder the whole displayed line.
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Invisible characters on whose width terminals and programs disagree.
_INKLESS = "\u00ad\u115f\u1160\u180e\u200b\u2060\ufeff\u3164\uffa0"
# Lone surrogates, which occur in file names that are not UTF-8 and in notebooks.
_HALVES = "\ud800-\udfff"
_CHANGED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_BIDI}{_HALVES}{_INKLESS}]")
# Unicode has control pictures for C0 and DEL.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)} | {
    0x7F: 0x2421
}


def _sign(match: re.Match[str]) -> str:
    """Return a visible replacement of a control character, or "" for an invisible character."""
    if match[0] in _INKLESS:
        return ""
    code = ord(match[0])
    return chr(_PICTURES.get(code, 0xFFFD))


def clean(text: str) -> str:
    """Return `text` in NFC with Unix line ends and without characters that control the terminal.

    C0 controls (except newline and tab) and DEL become control pictures (ESC: ␛); C1 controls,
    bidirectional controls and surrogates become U+FFFD; invisible characters are removed. The
    number of lines remains what an editor shows.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():  # a much faster path for long texts
        return text.translate(_PICTURES)
    text = text.replace("\u2028", " ").replace("\u2029", " ")
    return unicodedata.normalize("NFC", _CHANGED.sub(_sign, text))


def freeze(value: object) -> object:
    """Return a TOML value made immutable: lists become tuples, and every string is cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return tuple(freeze(v) for v in value)
    if isinstance(value, Mapping):
        return {clean(str(k)): freeze(v) for k, v in value.items()}
    return value
