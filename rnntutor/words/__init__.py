"""Every word of the interface, by key, in the learner's language.

Each directory here is a language. All hold the same keys with the same placeholders (a test
compares them); a word that one lacks is said in English. Nothing else in the code is a sentence for
the learner.
"""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rnntutor.languages import FALLBACK, LANGUAGES

__all__ = ["FALLBACK", "LANGUAGES", "Words", "load", "missing"]

# The files are read in this order until a word is found: what the home screen needs, what all
# screens need, then the rest.
FIRST = ("home.toml", "ui.toml")

HERE = Path(__file__).parent


def missing(key: str) -> str:
    """What stands where a word was forgotten: the end of its key, for no screen may break over a
    word. The tests let it raise KeyError."""
    return key.rpartition(".")[2].replace("_", " ")


class Words:
    """The words of one language: `words("stage.run")`, `words("home.due", n=7)`."""

    def __init__(self, lang: str, ascii_only: bool = False) -> None:
        self.lang = lang
        self.ascii_only = ascii_only
        self._found: dict[str, str] = {}
        self._unread = _files(lang)
        self._lock = threading.Lock()  # a file may be opened beside the interface

    def table(self) -> Mapping[str, str]:
        """Every word by its key, from all files."""
        while self._unread:
            self._read_on()
        return self._found

    def __call__(self, key: str, /, **values: object) -> str:
        """The text at `key`, its `{placeholders}` filled; of a key that no language has what
        `missing` makes of it."""
        text = self._text(key)
        if text is None:
            return missing(key) if self.lang == FALLBACK else load(FALLBACK)(key, **values)
        return text.format(**values) if values else text

    def __contains__(self, key: object) -> bool:
        if isinstance(key, str) and self._text(key) is not None:
            return True
        return self.lang != FALLBACK and key in load(FALLBACK)

    def _text(self, key: str) -> str | None:
        """The text at `key`, None if this language has none."""
        while key not in self._found and self._unread:
            self._read_on()
        return self._found.get(key)

    def _read_on(self) -> None:
        """Read the next file."""
        with self._lock:
            if self._unread:
                self._found |= _read(self._unread[0])
                del self._unread[0]


def load(lang: str, ascii_only: bool = False) -> Words:
    """The words of `lang`; ascii_only: for a terminal that has letters but no other signs. Raises
    KeyError for a language that is not there."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    return _loaded(lang, ascii_only)


@cache
def _loaded(lang: str, ascii_only: bool) -> Words:
    return Words(lang, ascii_only)


def _files(lang: str) -> list[Path]:
    """The files of a language, in the order in which they are read."""
    there = {path.name: path for path in sorted((HERE / lang).glob("*.toml"))}
    return [*(there.pop(name) for name in FIRST if name in there), *there.values()]


def _read(file: Path) -> dict[str, str]:
    return _flat("", tomllib.loads(file.read_text(encoding="utf-8")))


def _flat(prefix: str, table: Mapping[str, object]) -> dict[str, str]:
    """Nested tables as dotted keys."""
    out: dict[str, str] = {}
    for key, value in table.items():
        name = f"{prefix}.{key}" if prefix else key
        out |= _flat(name, value) if isinstance(value, Mapping) else {name: str(value)}
    return out
