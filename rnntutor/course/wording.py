"""Compare typed answers as leniently as a human reader would."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Set

from rnntutor.course.expression import ExpressionError, evaluate

LONGEST = 200  # characters; the rest of an answer is ignored
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_DASH = re.compile(r"(?<=\w)[-‐‑‒–—−_](?=\w)")
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_BESIDE = re.compile(r"(.+?)\s*\(([^()]+)\)")
_ENDS = " \t\"'.,;:!?`“”‘’。"
_COUNTER = re.compile(r"(?<=.)\s*(?:개|가지|번)$")

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ENGLISH = {word: n for n, word in enumerate(_ONES.split())} | {
    word: 10 * n for n, word in enumerate(_TENS.split(), 2)
}
# The two sets of Korean number words: Sino-Korean (십육) and native (열여섯; before a counter also
# 한, 두, 스무).
_SINO = {
    word: n for n, word in enumerate(["일", "이", "삼", "사", "오", "육", "칠", "팔", "구"], 1)
}
_OWN = "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉"
_OWN_ONES = {word: n for n, word in enumerate(_OWN.split(" "), 1)}
_OWN_ONES |= {"한": 1, "두": 2, "세": 3, "네": 4}
_TEN = "열 스물 서른 마흔 쉰 예순 일흔 여든 아흔"
_OWN_TENS = {word: 10 * n for n, word in enumerate(_TEN.split(" "), 1)}


def same_words(text: str) -> str:
    """Return an answer in a normal form for comparison.

    Case, spaces, invisible and full-width characters and the composition of Hangul do not matter.
    """
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return "".join(plain.casefold().split())


def passes(text: str, answers: Set[str]) -> bool:
    """Return whether a typed answer is accepted.

    Tolerated differences are an article, the plural, hyphens, a number in words or digits, and the
    symbol or the name in the other language in brackets.

    Args:
        text: The typed answer.
        answers: Accepted answers, normalised by `same_words`.
    """
    if any(form in answers for form in _forms(text)):
        return True
    value = number(text)
    if value is not None and value in {number(answer) for answer in answers}:
        return True
    beside = _BESIDE.fullmatch(_tidy(text))
    if beside is None:
        return False
    # 업데이트 게이트(z), 게이트(gate): the text in brackets must be right too, or a symbol.
    inside = same_words(beside[2])
    symbol = re.fullmatch(r"[a-z]_?t?", inside) is not None
    return passes(beside[1], answers) and (symbol or passes(beside[2], answers))


def _tidy(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text[:LONGEST])).strip(_ENDS)
    return _ARTICLE.sub("", plain, count=1) if _ARTICLE.match(plain) else plain


def _forms(text: str) -> Iterator[str]:
    """Yield the answer as it is, without article and hyphens, and without a plural ending."""
    yield same_words(text)
    tidy = same_words(_DASH.sub(" ", _tidy(text)))
    yield tidy
    if len(tidy) > 4 and tidy.endswith("s") and tidy.isascii():
        yield tidy[:-1]
    if len(tidy) > 2 and tidy.endswith("들"):
        yield tidy[:-1]


def number(text: str) -> float | None:
    """Return the value of a number, or None: 32, 32.0, 32개, thirty-two, 삼십이, 서른두 개."""
    tidy = _COUNTER.sub("", _tidy(text))
    try:
        typed = evaluate(tidy)
    except ExpressionError:
        typed = None
    if typed is not None and typed.bare:
        return typed.value
    for read in (_english, _sino, _own):
        value = read(tidy.casefold())
        if value is not None:
            return float(value)
    return None


def _english(text: str) -> int | None:
    parts = _DASH.sub(" ", text).split()
    values = [_ENGLISH.get(part, -1) for part in parts]
    if len(values) == 1 and values[0] >= 0:
        return values[0]
    if len(values) == 2 and values[0] >= 20 and 1 <= values[1] <= 9:
        return values[0] + values[1]
    return None


def _sino(text: str) -> int | None:
    """Parse Sino-Korean numbers: 영, 일 … 구십구."""
    joined = "".join(text.split())
    if joined in ("영", "공"):
        return 0
    tens, ten, ones = joined.partition("십")
    if not ten:
        return _SINO.get(joined)
    ten_value = _SINO.get(tens, -1) if tens else 1
    one_value = _SINO.get(ones, -1) if ones else 0
    return 10 * ten_value + one_value if ten_value > 0 and one_value >= 0 else None


def _own(text: str) -> int | None:
    """Parse native Korean numbers: 하나 … 아흔아홉; 스무."""
    joined = "".join(text.split())
    if joined == "스무":
        return 20
    for word, tens in _OWN_TENS.items():
        if joined.startswith(word):
            rest = joined.removeprefix(word)
            ones = _OWN_ONES.get(rest) if rest else 0
            return None if ones is None else tens + ones
    return _OWN_ONES.get(joined)
