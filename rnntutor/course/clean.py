"""Content is made harmless once, when it is read: what could steer a terminal becomes visible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

# Direction marks, overrides and isolates: they reorder what is shown on the whole line.
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Letters without ink or width, of which terminals and programs disagree how wide they are.
_INKLESS = "\u00ad\u115f\u1160\u180e\u200b\u2060\ufeff\u3164\uffa0"
# Halves of a pair, as names of files that are no UTF-8 and notebooks have them: no text at all.
_HALVES = "\ud800-\udfff"
_CHANGED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_BIDI}{_HALVES}{_INKLESS}]")
# Unicode has pictures for C0 and DEL.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)} | {
    0x7F: 0x2421
}


def _sign(match: re.Match[str]) -> str:
    """The visible sign of a control character; nothing for a letter without ink."""
    if match[0] in _INKLESS:
        return ""
    code = ord(match[0])
    return chr(_PICTURES.get(code, 0xFFFD))


def clean(text: str) -> str:
    """`text` in NFC with Unix line ends, and with no character that acts on the terminal.

    C0 (but newline and tab) and DEL become their control pictures (ESC: ␛), C1, bidirectional
    controls and surrogates become U+FFFD, letters without ink go. The number of lines stays what an
    editor shows.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():  # much quicker for a long text
        return text.translate(_PICTURES)
    text = text.replace("\u2028", " ").replace("\u2029", " ")
    return unicodedata.normalize("NFC", _CHANGED.sub(_sign, text))


def frozen(value: object) -> object:
    """A TOML value made immutable and clean: lists become tuples, every string is cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return tuple(frozen(v) for v in value)
    if isinstance(value, Mapping):
        return {clean(str(k)): frozen(v) for k, v in value.items()}
    return value
