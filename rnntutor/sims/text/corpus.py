"""Text as a character model reads it: symbols in order, one at a time.

A Hangul syllable is read as its letters (jamo), which NFD separates and NFC joins; every other
character is one symbol. Letters that cannot be joined are written as compatibility jamo, so that no
generated text can break a line of the screen.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

import numpy as np

from rnntutor import assets
from rnntutor.nn.arrays import Ids, read_only
from rnntutor.sims.base import SettingError

END = "\n"  # symbol 0 of every alphabet: the end of a line
OTHER = "□"  # stands for the rarest symbols of a text that has too many
MOST_SYMBOLS = 128
SHORTEST = 100  # characters
LARGEST = 200_000  # bytes
HELD_OUT = 0.12  # of the text, at its end, in whole lines where it has them


_SYLLABLES = re.compile("[\uac00-\ud7a3]+")
_JAMO = re.compile("[\u1100-\u11ff]")
# Marks without a cell of their own, and what has no glyph: they would tear a drawing apart.
_UNSEEN = frozenset({"Mn", "Me", "Mc", "Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True)
class Corpus:
    """A text divided into a training and a held-out part.

    Attributes:
        text: the training part, as it is read.
        alphabet: the symbols, END first.
        train: the training part as indices into the alphabet.
        held: the held-out part as indices into the alphabet.
    """

    text: str
    alphabet: tuple[str, ...]
    train: Ids
    held: Ids

    def as_text(self, ids: Iterable[int]) -> str:
        """Join symbols to text."""
        return join_syllables("".join(self.alphabet[i] for i in ids))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the training text."""
        return frozenset(self.text.split())


def split(text: str) -> str:
    """Decompose Hangul syllables into letters; leave everything else as it is."""
    return _SYLLABLES.sub(lambda match: unicodedata.normalize("NFD", match[0]), text)


def join_syllables(symbols: str) -> str:
    """Join letters to syllables; letters left over become letters of their own width."""
    return _JAMO.sub(lambda match: _alone(match[0]), unicodedata.normalize("NFC", symbols))


def is_final(symbol: str) -> bool:
    """Return whether a symbol is a final consonant, which differs from the same consonant at the
    beginning of a syllable although both look alike on their own."""
    return "\u11a8" <= symbol <= "\u11ff"


@cache
def _alone(jamo: str) -> str:
    """Return a letter as it is written on its own (ᄀ and ᆨ as ㄱ); OTHER for one of old Hangul."""
    letter = unicodedata.name(jamo, "").partition("SEONG ")[2]
    try:
        return unicodedata.lookup(f"HANGUL LETTER {letter}")
    except KeyError:
        return OTHER


def clean(text: str) -> str:
    """Return the text composed, without zero-width characters, with single spaces, END after each
    line and no empty lines."""
    text = unicodedata.normalize("NFC", text)
    lines = []
    for line in text.splitlines():
        seen = "".join(
            " " if c.isspace() else c
            for c in line
            if c.isspace() or unicodedata.category(c) not in _UNSEEN
        )
        lines.append(_JAMO.sub(lambda match: _alone(match[0]), " ".join(seen.split())))
    return "".join(line + END for line in lines if line)


@lru_cache(maxsize=4)
def corpus(text: str) -> Corpus:
    """Return the text as symbols, with its end held out. The text must be clean."""
    symbols = split(text)
    counts = Counter(symbols)
    del counts[END]
    kept = [symbol for symbol, _ in counts.most_common()]
    if len(kept) + 1 > MOST_SYMBOLS:
        kept = [*kept[: MOST_SYMBOLS - 2], OTHER]
    alphabet = (END, *sorted(set(kept)))
    index = {symbol: n for n, symbol in enumerate(alphabet)}
    ids = np.array([index.get(symbol, index.get(OTHER, 0)) for symbol in symbols], np.intp)
    read_only(ids)
    end = _end_of_training(symbols)
    read = join_syllables("".join(alphabet[i] for i in ids[:end]))
    return Corpus(read, alphabet, ids[:end], ids[end:])


def _end_of_training(symbols: str) -> int:
    """Return the index at which the held-out part begins, after the end of a line if one is
    near."""
    wanted = round(len(symbols) * (1 - HELD_OUT))
    line = symbols.rfind(END, 0, wanted) + 1
    return line if line >= len(symbols) * (1 - 2 * HELD_OUT) else wanted


@cache
def builtin_text(name: str) -> str:
    """Return the built-in text of a language.

    Raises:
        AssetError: it cannot be read.
    """
    return assets.text("data", f"text.{name}.txt")


def own(path: str) -> str:
    """Return the learner's own text, cleaned.

    Raises:
        SettingError: the file is no suitable text; the message tells what is required.
    """
    try:
        file = Path(path).expanduser()
        if not file.is_file():  # a pipe would never end
            raise OSError(path)
        with file.open("rb") as opened:
            raw = opened.read(LARGEST + 1)
    except (OSError, ValueError, RuntimeError):
        raise SettingError("setting.file", name="file", value=path) from None
    if len(raw) > LARGEST:
        raise SettingError("setting.file_size", name="file", high=LARGEST // 1000)
    try:
        text = clean(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SettingError("setting.file_utf8", name="file", value=path) from None
    if len(text) < SHORTEST:
        raise SettingError("setting.file_short", name="file", value=len(text), low=SHORTEST)
    return text
