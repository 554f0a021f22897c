"""The visible part of a text field's text."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

MORE = "…"  # marks an end at which the text continues


def visible_part(value: str, cursor: int, room: int) -> tuple[str, int]:
    """Return the visible part of `value` in `room` cells, and the cell of the cursor.

    The result depends on the arguments alone, not on previous widths. The view scrolls by half its
    width, so that most keys do not move the text.

    Args:
        cursor: index of the character after the cursor.
        room: width in cells.
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
    """Return the index of the first character that begins at or after `cell`."""
    cells = 0
    for n, character in enumerate(value):
        if cells >= cell:
            return n
        cells += cell_len(character)
    return len(value)
