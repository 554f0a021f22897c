"""Scroll positions of a text that survive a change of its width.

A position is a row plus the number of letters before it, by which the row is found again after a
new layout.
"""

from __future__ import annotations

from typing import NamedTuple

from rnntutor.spans import Row, Rows


class Scroll(NamedTuple):
    """A scroll position.

    Attributes:
        width: width in cells of the layout in which `row` was counted; 0 if none.
        row: first visible row.
        letters: number of letters and digits before that row.
        blank: number of rows without any directly before that row.
    """

    width: int = 0
    row: int = 0
    letters: int = 0
    blank: int = 0


TOP = Scroll()


def scroll_to(rows: Rows, width: int, row: int, before: Scroll = TOP) -> Scroll:
    """Return the scroll position of `rows`, laid out for `width` cells and shown from `row` on.

    Args:
        before: the previous position, from which letters are counted on.
    """
    known = before if before.width == width else TOP
    low, high = sorted((known.row, row))
    between = sum(map(_letters, rows[low:high]))
    letters = known.letters + (between if row > known.row else -between)
    blank = 0
    while blank < row and not _letters(rows[row - 1 - blank]):
        blank += 1
    return Scroll(width, row, letters, blank)


def row_of(scroll: Scroll, rows: Rows, width: int) -> int:
    """Return the first row to show so that `rows` begin at the same position of the text.

    Only letters and digits are counted: line breaks, blanks and marks depend on the width.
    """
    if scroll.width in (0, width) or not scroll.row:
        return scroll.row
    before = 0
    for n, row in enumerate(rows):
        count = _letters(row)
        if before + count > scroll.letters:
            # Blank rows before a paragraph belong to the position if they were visible.
            blank = scroll.blank if before == scroll.letters else 0
            while blank and n and not _letters(rows[n - 1]):
                n, blank = n - 1, blank - 1
            return n
        before += count
    return len(rows)


def _letters(row: Row) -> int:
    return sum(character.isalnum() for span in row for character in span.text)
