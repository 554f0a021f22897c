"""Character widths in cells, and the characters whose width differs between terminals."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import cell_len

JOINER, EMOJI_STYLE = "\u200d", "\ufe0f"
_cells_of = lru_cache(maxsize=4096)(cell_len)

# (first, last) code points of emoji and of scripts that combine letters or run right to left.
_DOUBTFUL = (
    (0x0590, 0x109F),  # Hebrew, Arabic, Indic scripts, Thai, Lao, Tibetan, Burmese
    (0x1160, 0x11FF),  # medial vowels and final consonants of decomposed Hangul syllables
    (0x1780, 0x18AF),  # Khmer, Mongolian
    (0x1900, 0x1CFF),  # more scripts of South and Southeast Asia
    (0x200B, 0x200F),  # joiners and direction marks
    (0x20E3, 0x20E3),  # keycap
    (0xA800, 0xABFF),  # more scripts of South and Southeast Asia, decomposed Hangul
    (0xD7B0, 0xD7FF),
    (0xFB1D, 0xFDFF),  # Hebrew and Arabic presentation forms
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFE70, 0xFEFF),
    (0x10800, 0x11FFF),
    (0x1F000, 0x1FAFF),  # emoji, flags, skin tones
    (0xE0000, 0xE0FFF),
)


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """Yield the characters of `text` with their widths in cells as used by the layout.

    Characters that combine with the preceding one are yielded together with it.
    """
    if JOINER not in text and EMOJI_STYLE not in text:
        for character in text:
            yield character, _cells_of(character)
        return
    held, cells, before = "", 0, 0
    for n, character in enumerate(text, 1):
        total = cell_len(text[:n])
        joins = character in (JOINER, EMOJI_STYLE) or total == before
        if held and not joins:
            yield held, cells
            held, cells = "", 0
        held, cells, before = held + character, cells + total - before, total
    if held:
        yield held, cells


@lru_cache(maxsize=4096)
def is_doubtful(text: str) -> bool:
    """Return whether terminals may disagree on the width of a cell's characters."""
    return not text.isascii() and any(_is_doubtful(character) for character in text)


def _is_doubtful(character: str) -> bool:
    code = ord(character)
    if any(first <= code <= last for first, last in _DOUBTFUL):
        return True
    # Combining marks that some terminals give a cell of their own.
    return unicodedata.category(character) in ("Mc", "Me")
