"""How far a text is scrolled: a row, and the place in the text that the row begins with, so that
the place can be found again when the text has been laid out in another width."""

from __future__ import annotations

from typing import NamedTuple

from rnntutor.spans import Row, Rows


class Scroll(NamedTuple):
    """row: the first that is shown, of the text as laid out for `width` cells. letters: how many
    letters and digits stand before that row. blank: how many rows without any stand between the
    last that has some and that row."""

    width: int = 0
    row: int = 0
    letters: int = 0
    blank: int = 0


TOP = Scroll()


def scrolled(rows: Rows, width: int, row: int, before: Scroll = TOP) -> Scroll:
    """`rows`, laid out for `width` cells, shown from `row` on. before: how they were scrolled: what
    stands before that row is not counted again."""
    known = before if before.width == width else TOP
    low, high = sorted((known.row, row))
    between = sum(map(_letters, rows[low:high]))
    letters = known.letters + (between if row > known.row else -between)
    blank = 0
    while blank < row and not _letters(rows[row - 1 - blank]):
        blank += 1
    return Scroll(width, row, letters, blank)


def row_of(scroll: Scroll, rows: Rows, width: int) -> int:
    """The row of `rows` to show first: the one that has the same place of the text.

    Only letters and digits count: lines, blanks and marks are others in another width.
    """
    if scroll.width in (0, width) or not scroll.row:
        return scroll.row
    before = 0
    for n, row in enumerate(rows):
        count = _letters(row)
        if before + count > scroll.letters:
            # The blank rows before a paragraph are part of the place, where they were in view.
            blank = scroll.blank if before == scroll.letters else 0
            while blank and n and not _letters(rows[n - 1]):
                n, blank = n - 1, blank - 1
            return n
        before += count
    return len(rows)


def _letters(row: Row) -> int:
    return sum(character.isalnum() for span in row for character in span.text)
