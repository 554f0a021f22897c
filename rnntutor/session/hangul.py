"""Convert characters typed with a Korean input method back to the letter keys that were pressed.

With a two-set layout, `n` arrives as `ㅜ`, and `s`, `n` typed quickly as one syllable `누`. Letter
keys work in every input mode because a syllable is split into its keys, in order.
"""

from __future__ import annotations

# The two-set (dubeolsik) layout: the character of each letter key, without and with Shift.
_KEYS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ",
        strict=True,
    )
)
_LETTERS = {jamo: key for key, jamo in _KEYS.items()} | dict(
    zip("ㅃㅉㄸㄲㅆㅒㅖ", "qwertop", strict=True)
)
_COMPOUND = {
    "ㅘ": "hk", "ㅙ": "ho", "ㅚ": "hl", "ㅝ": "nj", "ㅞ": "np", "ㅟ": "nl", "ㅢ": "ml",
    "ㄳ": "rt", "ㄵ": "sw", "ㄶ": "sg", "ㄺ": "fr", "ㄻ": "fa", "ㄼ": "fq", "ㄽ": "ft",
    "ㄾ": "fx", "ㄿ": "fv", "ㅀ": "fg", "ㅄ": "qt",
}  # fmt: skip
_INITIAL = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWEL = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINAL = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_FIRST, _LAST = 0xAC00, 0xD7A3


def letters(character: str) -> str:
    """Return the keys that typed `character`: "누" -> "sn", "ㅜ" -> "n", "x" -> "x"."""
    code = ord(character) if len(character) == 1 else 0
    if _FIRST <= code <= _LAST:
        rest, final = divmod(code - _FIRST, len(_FINAL))
        initial, vowel = divmod(rest, len(_VOWEL))
        parts = _INITIAL[initial] + _VOWEL[vowel] + _FINAL[final].strip()
        return "".join(letters(part) for part in parts)
    return _COMPOUND.get(character) or _LETTERS.get(character, character)
