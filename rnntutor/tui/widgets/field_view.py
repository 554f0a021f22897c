"""What a text field shows of a text that is longer than it is wide."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

MORE = "…"  # at an end where there is more


def seen(value: str, cursor: int, room: int) -> tuple[str, int]:
    """What `room` cells show of `value` while the cursor stands before its character `cursor`, and
    the cell that the cursor then stands on.

    Nothing else counts: the same text, cursor and room are shown alike, whatever the room was
    before. The window moves by halves of the room, so that most keys leave the text where it is.
    """
    if room < 1:
        return "", 0
    at = cell_len(value[:cursor])
    if cell_len(value) < room:
        return value, at
    half = max(1, room // 2)
    start = 0 if at < room - 1 else (at - (room - 1)) // half * half + half
    before = start > 0
    first = _character_at(value, start + before)
    left = cell_len(value[:first]) - before
    shown = MORE * before + value[first:]
    if cell_len(shown) > room:
        shown = set_cell_size(shown, room - 1).rstrip(" ") + MORE
    return shown, at - left


def _character_at(value: str, cell: int) -> int:
    """The first character that begins at that cell or after it."""
    cells = 0
    for n, character in enumerate(value):
        if cells >= cell:
            return n
        cells += cell_len(character)
    return len(value)
