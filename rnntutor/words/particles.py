"""Korean particles, whose form depends on how the word before them ends when it is read aloud.

A text writes a particle after a placeholder open, `{name}을(를)`; filled in, it takes the form that
fits the word, number or formula: "h₁을", "tanh(a)를".
"""

from __future__ import annotations

import re

_FORMS = {  # the form after a consonant, the form after a vowel
    "(으)로": ("으로", "로"),
    "을(를)": ("을", "를"),
    "이(가)": ("이", "가"),
    "은(는)": ("은", "는"),
    "와(과)": ("과", "와"),
}
_OPEN = re.compile("|".join(map(re.escape, _FORMS)))
_NEAR = 40  # characters before a particle in which its word is looked for
_SILENT = " `'\"’”)]}›»>*_…"

VOWEL, RIEUL, CONSONANT = "vowel", "rieul", "consonant"
"""How a word ends: with a vowel, with ㄹ (after which 로 stands as after a vowel), with another
consonant."""

_DIGITS = {"0": CONSONANT, "1": RIEUL, "3": CONSONANT, "6": CONSONANT, "7": RIEUL, "8": RIEUL}
_LETTERS = {"l": RIEUL, "r": RIEUL, "m": CONSONANT, "n": CONSONANT}  # all others: a vowel
_SIGNS = {"ε": CONSONANT, "½": RIEUL, "%": VOWEL}
_PLAIN = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789")
# Of foreign words the endings that are written one way in Korean, the longer first.
_FOREIGN = (
    (re.compile(r"(?:[mn]e?|ng|[aeiou]p|ck|ic)$"), CONSONANT),
    (re.compile(r"le?$"), RIEUL),
    (re.compile(r"(?:[aiouydfhjrsvwxz]|[^aeiou][ptk]|[tzdvscgruei]e)$"), VOWEL),
)


def has_open(text: str) -> bool:
    """Return whether a particle in the text still has both forms."""
    return _OPEN.search(text) is not None


def settled(text: str) -> str:
    """Return a text with each open particle in the form that fits the word before it.

    Where it is not known how that word is read, both forms stay.
    """
    return _OPEN.sub(_form, text)


def _form(found: re.Match[str]) -> str:
    open_ = found[0]
    end = ending(found.string[max(0, found.start() - _NEAR) : found.start()])
    if end is None:
        return open_
    closed = end == CONSONANT or (end == RIEUL and open_ != "(으)로")
    return _FORMS[open_][0 if closed else 1]


def ending(text: str) -> str | None:
    """Return how the last word, number or formula of a text ends when it is read aloud.

    Returns:
        VOWEL, RIEUL or CONSONANT; None where it is not known, as of many foreign words.
    """
    text = text.rstrip(_SILENT).translate(_PLAIN)
    last = text[-1:].lower()
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return VOWEL if not final else RIEUL if final == 8 else CONSONANT
    if last in _SIGNS:
        return _SIGNS[last]
    if last.isdecimal():
        return _DIGITS.get(last, VOWEL)
    if "α" <= last <= "ω":
        return VOWEL
    if not (last.isascii() and last.isalpha()):
        return None
    word = re.split(r"[^A-Za-z]", text)[-1]
    if len(word) == 1 or word.isupper() or not re.search("[aeiouyAEIOUY]", word):
        return _LETTERS.get(last, VOWEL)  # named letter by letter
    return next((end for form, end in _FOREIGN if form.search(word.lower())), None)
