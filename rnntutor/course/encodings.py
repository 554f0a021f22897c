"""Decode the bytes of a file of the learner's own, guessing its encoding where necessary."""

from __future__ import annotations

from typing import NamedTuple


class Decoded(NamedTuple):
    """Decoded text and how reliable the decoding is.

    Attributes:
        text: The text.
        notice: Key in words/ of a notice about the decoding, or "".
        encoding: Name of the encoding for that notice, spelled as iconv spells it.
    """

    text: str
    notice: str = ""
    encoding: str = ""


GUESSED, DAMAGED = "course.read.guessed", "course.read.damaged"
"""Keys of notices: the encoding was guessed; the text is UTF-8 with invalid bytes."""

_KNOWN = 10  # valid non-ASCII characters required for each invalid one in a damaged UTF-8 file
_CONTROLS = bytes({*range(32)} - set(b"\t\n\r\f\v\b\x1b\x1a"))
_RARE = 200  # at most one in so many bytes of a text may be a control character

# Frequent non-ASCII characters of each language. They are rare if the encoding is wrong.
_OFTEN = {
    "gb18030": "的一是不了在有人这中大为上个国我以要他时来用们",
    "big5": "的一是不了在有人這中大為上個國我以要他時來用們",
    "cp932": "のにはをたがでてとしれさいるかなもこ",
    "euc_jp": "のにはをたがでてとしれさいるかなもこ",
    "koi8_r": "оеаинтсрвл",
    "cp1251": "оеаинтсрвл",
}
_NAMES = {"euc_jp": "EUC-JP", "koi8_r": "KOI8-R"}
_SINGLE = ("koi8_r", "cp1251")  # one byte per letter: any bytes can be decoded with them
_ENOUGH, _MOSTLY, _MANY = 0.1, 0.5, 0.3
"""Lowest shares of characters for an encoding to be likely.

Of the non-ASCII characters, the frequent ones must have the first share (the second in a
single-byte encoding). In a single-byte encoding, non-ASCII letters must have the third share of all
letters.
"""
_LOOKED_AT = 65_536  # bytes


def decode(raw: bytes) -> Decoded | None:
    """Decode the content of a file.

    Tried in this order: UTF-16 with a byte order mark, UTF-8, CP949 (Korean files from before UTF-8
    was common), UTF-8 with some damage, the usual encodings of Chinese, Japanese and Russian, CP949
    for text that is not mostly Hangul, CP1252.

    Returns:
        The decoded text, or None for binary data.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Decoded(raw.decode("utf-16", errors="replace"))
    if b"\0" in raw:
        return None
    try:
        return Decoded(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    korean = _strictly(raw, "cp949")
    if korean and _is_hangul(korean):
        return Decoded(korean)
    if len(raw) - len(raw.translate(None, _CONTROLS)) > len(raw) // _RARE:
        return None
    text = raw.decode("utf-8-sig", errors="replace")
    wrong = text.count("\ufffd")
    if sum(c > "\x7f" for c in text) - wrong >= _KNOWN * wrong:
        return Decoded(text, DAMAGED)
    for encoding in _likely(raw[:_LOOKED_AT]):
        if (found := _strictly(raw, encoding)) is not None:
            return Decoded(found, GUESSED, _NAMES.get(encoding, encoding.upper()))
    if korean:
        return Decoded(korean, GUESSED, "CP949")
    return Decoded(raw.decode("cp1252", errors="replace"), GUESSED, "CP1252")


def _likely(sample: bytes) -> list[str]:
    """Return the encodings that decode the sample to text of their language, most likely first."""
    shares: dict[str, float] = {}
    for encoding, often in _OFTEN.items():
        text = sample.decode(encoding, errors="ignore")
        letters = [c for c in text if c.isalpha()]
        if encoding in _SINGLE and sum(c > "\x7f" for c in letters) < _MANY * len(letters):
            continue
        share = _share(text, often)
        if share >= (_MOSTLY if encoding in _SINGLE else _ENOUGH):
            shares[encoding] = share
    return sorted(shares, key=lambda encoding: -shares[encoding])


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _share(text: str, often: str) -> float:
    """Return the share of the non-ASCII characters of a text that are in `often`."""
    beyond = [c for c in text[:_LOOKED_AT] if c > "\x7f"]
    return sum(c in often for c in beyond) / max(1, len(beyond))


def _is_hangul(text: str) -> bool:
    """Return whether at least 80 % of the non-ASCII letters are Hangul.

    Text in another language decodes as CP949 to a mixture of Hangul and Hanja.
    """
    letters = [c for c in text[:_LOOKED_AT] if c > "\x7f" and c.isalpha()]
    return sum("가" <= c <= "힣" for c in letters) >= 0.8 * len(letters)
