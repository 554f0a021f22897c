"""What the terminal shows, cell by cell, so that only what is new is sent.

Textual sends regions again without a look at what stood there: a page that is laid out anew costs
three times what is new on it. On a slow line that is what a key waits for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.segment import Segment

# A character with a number for its style. A wide character is followed by a cell with none; None is
# a cell of which nothing is known.
Cell = tuple[str, int] | None

NEAR = 8  # cells that are sent again rather than the cursor be moved over them


class Shown:
    """Every cell of the terminal as it was last sent."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Cell]] = {}
        self._styles: dict[object, int] = {}

    def forget(self) -> None:
        """The terminal may show anything now."""
        self._rows.clear()

    def news(self, x: int, y: int, segments: Iterable[Segment]) -> list[tuple[int, int]]:
        """What of `segments`, which are to stand in row y from column x on, has to be sent: runs
        of columns, (first, behind the last). They count as sent."""
        new = self._cells(segments)
        row = self._rows.setdefault(y, [])
        row += [None] * (x + len(new) - len(row))
        old = row[x : x + len(new)]
        row[x : x + len(new)] = new
        if x and new and _half(new[0]) != _half(old[0]):
            row[x - 1] = None  # a wide character has been cut
        if old == new:
            return []
        return [(x + first, x + last) for first, last in runs(old, new)]

    def _cells(self, segments: Iterable[Segment]) -> list[Cell]:
        out: list[Cell] = []
        for text, style, control in segments:
            if control:
                continue
            look = self._styles.setdefault(style, len(self._styles))
            if text.isascii():
                out += [(character, look) for character in text]
                continue
            for character in text:
                cells = cell_len(character)
                if cells:
                    out += ((character, look), *[("", look)] * (cells - 1))
                elif out and (last := out[-1]) is not None:
                    out[-1] = (last[0] + character, last[1])
        return out


def runs(old: Sequence[Cell], new: Sequence[Cell]) -> list[tuple[int, int]]:
    """Where two rows differ: runs that cut no wide character of either."""
    found: list[tuple[int, int]] = []
    for n, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after:
            continue
        if found and n - found[-1][1] <= NEAR:
            found[-1] = (found[-1][0], n + 1)
        else:
            found.append((n, n + 1))
    return [(_start(old, new, first), _end(old, new, last)) for first, last in found]


def _start(old: Sequence[Cell], new: Sequence[Cell], place: int) -> int:
    while place and (_half(old[place]) or _half(new[place])):
        place -= 1
    return place


def _end(old: Sequence[Cell], new: Sequence[Cell], place: int) -> int:
    while place < len(new) and (_half(old[place]) or _half(new[place])):
        place += 1
    return place


def _half(cell: Cell) -> bool:
    """Whether it is the second half of a wide character."""
    return cell is not None and not cell[0]
