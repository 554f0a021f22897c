"""How many cells characters take, and which of them terminals disagree on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import cell_len

JOINER, EMOJI_STYLE = "\u200d", "\ufe0f"
_cells_of = lru_cache(maxsize=4096)(cell_len)

# (first, last) of scripts whose letters combine, or run from right to left, and of emoji.
_DOUBTFUL = (
    (0x0590, 0x109F),  # Hebrew, Arabic, Indic scripts, Thai, Lao, Tibetan, Burmese
    (0x1160, 0x11FF),  # vowels and final consonants of Hangul syllables taken apart
    (0x1780, 0x18AF),  # Khmer, Mongolian
    (0x1900, 0x1CFF),  # more scripts of South and Southeast Asia
    (0x200B, 0x200F),  # joiners and marks of direction
    (0x20E3, 0x20E3),  # keycap
    (0xA800, 0xABFF),  # more scripts of South and Southeast Asia, Hangul taken apart
    (0xD7B0, 0xD7FF),
    (0xFB1D, 0xFDFF),  # Hebrew and Arabic, joined
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFE70, 0xFEFF),
    (0x10800, 0x11FFF),
    (0x1F000, 0x1FAFF),  # emoji, flags, skin tones
    (0xE0000, 0xE0FFF),
)


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """The characters of `text`, each with its cells as the layout counts them: those that join
    with what stands before, together with it."""
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
    """Whether terminals may disagree on the cells that the characters of one cell take."""
    return not text.isascii() and any(_is_doubtful(character) for character in text)


def _is_doubtful(character: str) -> bool:
    code = ord(character)
    if any(first <= code <= last for first, last in _DOUBTFUL):
        return True
    # Marks that take a cell of their own in some terminals.
    return unicodedata.category(character) in ("Mc", "Me")
