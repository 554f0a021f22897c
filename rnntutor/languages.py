"""The languages of the program: the subdirectories of words/ with the data in words/languages.toml.

No other code names a language.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent / "words"
FIRST = "home.toml"  # the words file that every language has
LATIN = "LATIN"
LATIN_WEIGHT = 0.2  # weight of a Latin letter; names and formulas use them in every language

_TOLD: Mapping[str, Any] = tomllib.loads((WORDS / "languages.toml").read_text(encoding="utf-8"))
FALLBACK: str = _TOLD["fallback"]
"""The language used for texts that another language lacks."""


def in_order(languages: Iterable[str]) -> tuple[str, ...]:
    """Return the languages in the order in which they are offered, unknown ones last."""
    there, order = set(languages), _TOLD["order"]
    return (*(lang for lang in order if lang in there), *sorted(there - set(order)))


LANGUAGES = in_order(path.name for path in WORDS.iterdir() if (path / FIRST).is_file())
"""All languages, in the order in which they are offered."""


def following(lang: str) -> str:
    """Return the language after `lang`, or the first one after the last."""
    return LANGUAGES[(LANGUAGES.index(lang) + 1) % len(LANGUAGES)]


def language_of(text: str, among: Sequence[str], otherwise: str) -> str:
    """Return the language of a text, judged by the scripts of its letters.

    Args:
        among: possible languages.
        otherwise: the result if the scripts do not decide.
    """
    letters = Counter(_script(letter) for letter in text if letter.isalpha())
    scores = {
        lang: sum(letters[script] * _weight(script) for script in _TOLD["scripts"].get(lang, ()))
        for lang in among
    }
    best = max(scores.values(), default=0)
    likely = [lang for lang, score in scores.items() if score == best]
    return otherwise if not best or otherwise in likely else likely[0]


@cache
def _script(letter: str) -> str:
    """Return the first word of a letter's Unicode name, its script: HANGUL, LATIN, CJK."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _weight(script: str) -> float:
    return LATIN_WEIGHT if script == LATIN else 1.0
