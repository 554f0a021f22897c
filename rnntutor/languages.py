"""The languages of the program: each is a directory of words/, and words/languages.toml has what is
to be known of them. No code names one."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent / "words"
FIRST = "home.toml"  # the words that every language has
LATIN = "LATIN"
LATIN_WEIGHT = 0.2  # of a Latin letter: names and formulas have them in every language

_TOLD: Mapping[str, Any] = tomllib.loads((WORDS / "languages.toml").read_text(encoding="utf-8"))
FALLBACK: str = _TOLD["fallback"]
"""The language of what another language lacks."""


def in_order(languages: Iterable[str]) -> tuple[str, ...]:
    """The languages in the order in which they are offered; those that are not in it come last."""
    there, order = set(languages), _TOLD["order"]
    return (*(lang for lang in order if lang in there), *sorted(there - set(order)))


LANGUAGES = in_order(path.name for path in WORDS.iterdir() if (path / FIRST).is_file())
"""The languages there are, in the order in which they are offered."""


def language_of(text: str, among: Sequence[str], otherwise: str) -> str:
    """Which of the languages a text is in, by the scripts of its letters. otherwise: the language
    where they do not tell it."""
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
    """How Unicode's names of a script's letters begin: HANGUL, LATIN, CJK."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _weight(script: str) -> float:
    return LATIN_WEIGHT if script == LATIN else 1.0
