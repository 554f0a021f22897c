"""Every word of the interface, by key, in the learner's language.

The files under `words/ko/` and `words/en/` hold the same keys with the same placeholders (a test
compares them). Nothing else in the code is a sentence for the learner.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = ("ko", "en")


@dataclass(frozen=True)
class Words:
    """The words of one language: `words("stage.run")`, `words("home.due", n=7)`."""

    lang: str
    table: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The text at `key`, its `{placeholders}` filled. Raises KeyError for an unknown key."""
        text = self.table[key]
        return text.format(**values) if values else text

    def __contains__(self, key: object) -> bool:
        return key in self.table


@cache
def load(lang: str) -> Words:
    """The words of `lang` ("ko" or "en"). Raises KeyError for another language."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    table: dict[str, str] = {}
    for file in sorted((Path(__file__).parent / lang).glob("*.toml")):
        table |= _flat("", tomllib.loads(file.read_text(encoding="utf-8")))
    return Words(lang, table)


def _flat(prefix: str, table: Mapping[str, object]) -> dict[str, str]:
    """Nested tables as dotted keys."""
    out: dict[str, str] = {}
    for key, value in table.items():
        name = f"{prefix}.{key}" if prefix else key
        out |= _flat(name, value) if isinstance(value, Mapping) else {name: str(value)}
    return out
