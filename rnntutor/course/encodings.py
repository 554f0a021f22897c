"""Bytes of a file of the learner's own as text: in which encoding, and how sure that is."""

from __future__ import annotations

LATIN_1, DAMAGED = "course.read.latin-1", "course.read.damaged"
"""Words about how a text was read: in an encoding that was guessed; as UTF-8 with bytes in it that
are none."""

_KNOWN = 10  # letters beyond ASCII that are UTF-8 for each byte that is not, in a damaged file
_CONTROLS = bytes({*range(32)} - set(b"\t\n\r\f\v\b\x1b\x1a"))
_RARE = 200  # characters of a text for each control character in it


def decoded(raw: bytes) -> tuple[str, str] | None:
    """The text, and the key of a word about how it was read ("" where nothing was guessed); None
    for bytes that are no text. In this order: UTF-16 that says so, UTF-8, CP949 (Korean files from
    before UTF-8 was common), UTF-8 with some damage, Latin-1 as Windows writes it."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace"), ""
    if b"\0" in raw:
        return None
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return raw.decode(encoding), ""
        except UnicodeDecodeError:
            continue
    if len(raw) - len(raw.translate(None, _CONTROLS)) > len(raw) // _RARE:
        return None
    text = raw.decode("utf-8-sig", errors="replace")
    wrong = text.count("\ufffd")
    if sum(c > "\x7f" for c in text) - wrong >= _KNOWN * wrong:
        return text, DAMAGED
    return raw.decode("cp1252", errors="replace"), LATIN_1
