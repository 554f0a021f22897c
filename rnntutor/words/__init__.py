"""All texts of the interface, by key, in the learner's language.

Each subdirectory is a language. All have the same keys with the same placeholders (a test compares
them); English is the fallback for a missing text. No other module contains a sentence for the
learner.
"""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rnntutor.languages import FALLBACK, LANGUAGES
from rnntutor.words.counts import filled
from rnntutor.words.particles import has_open, settled

__all__ = ["FALLBACK", "LANGUAGES", "Words", "load", "missing"]

# The files are read lazily in this order: texts of the home screen, texts of all screens, then
# the others.
FIRST = ("home.toml", "ui.toml")

HERE = Path(__file__).parent


def missing(key: str) -> str:
    """Return a substitute for a missing text: the end of its key, so that no screen fails.

    The tests replace this by a function that raises KeyError.
    """
    return key.rpartition(".")[2].replace("_", " ")


class Words:
    """The texts of one language: `words("stage.run")`, `words("home.due", n=7)`."""

    def __init__(self, lang: str, ascii_only: bool = False) -> None:
        self.lang = lang
        self.ascii_only = ascii_only
        self._found: dict[str, str] = {}
        self._unread = _files(lang)
        self._lock = threading.Lock()  # the thread that opens a file needs texts too

    def table(self) -> Mapping[str, str]:
        """Return all texts by key, from all files."""
        while self._unread:
            self._read_on()
        return self._found

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text at `key` with its `{placeholders}` filled.

        A text that is missing in this language is returned in English, or as `missing(key)`.

        A noun beside a count and a particle behind a word take the form that fits (`counts`,
        `particles`).
        """
        text = self._text(key)
        if text is None:
            return missing(key) if self.lang == FALLBACK else load(FALLBACK)(key, **values)
        if not values:
            return text
        # Most texts have neither of the two, and this is called many times a key.
        out = filled(text, values) if "|" in text else text.format_map(values)
        return settled(out) if "(" in text and has_open(text) else out

    def __contains__(self, key: object) -> bool:
        if isinstance(key, str) and self._text(key) is not None:
            return True
        return self.lang != FALLBACK and key in load(FALLBACK)

    def _text(self, key: str) -> str | None:
        """Return the text at `key`, or None if this language has none."""
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
    """Return the texts of a language, cached.

    Args:
        lang: Language code.
        ascii_only: Whether the terminal has letters but no special characters.

    Raises:
        KeyError: The language does not exist.
    """
    if lang not in LANGUAGES:
        raise KeyError(lang)
    return _load(lang, ascii_only)


@cache
def _load(lang: str, ascii_only: bool) -> Words:
    return Words(lang, ascii_only)


def _files(lang: str) -> list[Path]:
    """Return the files of a language in the order in which they are read."""
    there = {path.name: path for path in sorted((HERE / lang).glob("*.toml"))}
    return [*(there.pop(name) for name in FIRST if name in there), *there.values()]


def _read(file: Path) -> dict[str, str]:
    return _flat("", tomllib.loads(file.read_text(encoding="utf-8")))


def _flat(prefix: str, table: Mapping[str, object]) -> dict[str, str]:
    """Return nested tables as one table with dotted keys."""
    out: dict[str, str] = {}
    for key, value in table.items():
        name = f"{prefix}.{key}" if prefix else key
        out |= _flat(name, value) if isinstance(value, Mapping) else {name: str(value)}
    return out
