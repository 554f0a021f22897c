"""A copy of the terminal's cells: of a new frame only the cells that differ are sent.

Textual sends regions again without a look at what stood there: a page that is laid out anew costs
three times what is new on it. On a slow line that is what a key waits for.

Terminals disagree on how wide some characters are (skin tones, joined emoji, Indic vowel signs).
Where one of them stands nobody knows in which cell the rest of the row is: such a row is erased and
sent whole whenever something in it changes, with the cursor placed anew after each gap, so that
what is seen depends on the row alone and not on what stood there before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from rnntutor.tui.terminal.sgr import PLAIN, CellStyle, change, look_of
from rnntutor.tui.terminal.widths import clusters, is_doubtful

# A character with its look, and with the marks that join it. A wide character is followed by a cell
# with none; None is a cell of which nothing is known.
Known = tuple[str, CellStyle]
Cell = Known | None

NEAR = 5  # cells that are sent again rather than the cursor be moved over them
GAP = 2  # blanks after which the cursor is placed anew in a row of doubtful widths
ERASE = "\x1b[K"  # to the end of the row, in the background that the pen has


class ScreenBuffer:
    """Every cell of the terminal as it was last sent. colours: those that it has."""

    def __init__(self, colours: ColorSystem = ColorSystem.EIGHT_BIT) -> None:
        self.colours = colours
        self._rows: dict[int, list[Cell]] = {}
        self._doubtful: set[int] = set()  # rows with characters of doubtful width
        self._looks: dict[Style | None, tuple[CellStyle, CellStyle]] = {}

    def forget(self) -> None:
        """The terminal may show anything now."""
        self._rows.clear()
        self._doubtful.clear()

    def diff(self, pieces: Iterable[tuple[int, int, Iterable[Segment]]]) -> str:
        """What has to be sent so that each piece, (column, row, segments), stands in its place. The
        pen is left as it was found, without colour."""
        out: list[str] = []
        pen = PLAIN
        for x, y, segments in pieces:
            was_doubtful = y in self._doubtful
            found = self.changed_runs(x, y, segments)
            row = self._rows[y]
            if found and (was_doubtful or y in self._doubtful):
                sequence, pen = change(pen, (row[0] or (" ", PLAIN))[1].blank)
                out += (_move_to(0, y), sequence, ERASE)
            for first, last in found:
                out.append(_move_to(first, y))
                worn: CellStyle | None = None
                for cell in row[first:last]:
                    if cell is None:
                        continue
                    text, look = cell
                    if look is not worn:
                        sequence, pen = change(pen, look)
                        out.append(sequence)
                        worn = look
                    out.append(text)
        if pen != PLAIN:
            out.append("\x1b[0m")
        return "".join(out)

    def changed_runs(self, x: int, y: int, segments: Iterable[Segment]) -> list[tuple[int, int]]:
        """What of `segments`, which are to stand in row y from column x on, has to be sent: runs
        of columns, (first, behind the last). They count as sent."""
        new, doubtful = self._cells(segments)
        row = self._rows.setdefault(y, [])
        end = x + len(new)
        row += [None] * (end - len(row))
        old = row[x:end]
        row[x:end] = new
        if old == new:
            return []
        # A wide character that has been cut is a blank now, or whatever the terminal makes of it.
        if _half(old[0]):
            row[x - 1] = None
        if end < len(row) and _half(row[end]):
            row[end] = None
        before = y in self._doubtful
        if before or doubtful:
            self._doubtful.discard(y)
            if any(cell is not None and is_doubtful(cell[0]) for cell in row):
                self._doubtful.add(y)
            return _stretches(row)
        return [(x + first, x + last) for first, last in runs(old, new)]

    def _cells(self, segments: Iterable[Segment]) -> tuple[list[Known], bool]:
        """The cells of a row, and whether one of them is of doubtful width."""
        out: list[Known] = []
        doubtful, looks = False, self._looks
        for text, style, control in segments:
            if control:
                continue
            look, blank = looks.get(style) or self._looks_of(style)
            if text.isascii():
                out += [(character, blank if character == " " else look) for character in text]
                continue
            for cluster, cells in clusters(text):
                if cells:
                    seen = blank if cluster == " " else look
                    out += ((cluster, seen), *[("", seen)] * (cells - 1))
                elif out:
                    cluster = _joined(out, cluster)
                doubtful = doubtful or is_doubtful(cluster)
        return out, doubtful

    def _looks_of(self, style: Style | None) -> tuple[CellStyle, CellStyle]:
        """The look of a style's characters and of its blanks."""
        look = look_of(style, self.colours)
        self._looks[style] = look, look.blank
        return look, look.blank


def _move_to(x: int, y: int) -> str:
    """The sequence that places the cursor (CUP), whose rows and columns count from 1."""
    return f"\x1b[{y + 1};{x + 1}H"


def runs(old: Sequence[Cell], new: Sequence[Known]) -> list[tuple[int, int]]:
    """Where two rows differ: runs that cut no wide character of either."""
    found: list[tuple[int, int]] = []
    for n, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after:
            continue
        if found and n - found[-1][1] <= NEAR:
            found[-1] = (found[-1][0], n + 1)
        else:
            found.append((n, n + 1))
    # Where they begin to differ no second half stands: behind what is alike it would be alike.
    return [(first, _behind(new, last)) for first, last in found]


def _stretches(row: Sequence[Cell]) -> list[tuple[int, int]]:
    """All of a row that is known, in stretches that begin where the cursor is placed anew: behind
    what is not known, and behind a gap in the text."""
    found: list[tuple[int, int]] = []
    blanks = 0
    for n, cell in enumerate(row):
        if cell is None:
            blanks = 0
            continue
        is_blank = cell[0] == " "
        if not found or found[-1][1] < n or (blanks >= GAP and not is_blank):
            found.append((n, n))
        found[-1] = (found[-1][0], n + 1)
        blanks = blanks + 1 if is_blank else 0
    return found


def _joined(cells: list[Known], mark: str) -> str:
    """The last character with a mark that takes no cell, and is put there."""
    place = len(cells) - 1
    while _half(cells[place]):
        place -= 1
    text, look = cells[place]
    cells[place] = (text + mark, look)
    return text + mark


def _behind(row: Sequence[Cell], place: int) -> int:
    """The place, or the first one behind the wide character that it is within."""
    while place < len(row) and _half(row[place]):
        place += 1
    return place


def _half(cell: Cell) -> bool:
    """Whether it is the second half of a wide character."""
    return cell is not None and not cell[0]
