"""A copy of the terminal's cells, used to send only the cells that differ in a new frame.

Textual resends whole regions without comparing them with the previous content: a new page layout
costs three times its actual changes, a delay that keys feel on a slow line.

Terminals disagree about the width of some characters (skin tones, joined emoji, Indic vowel signs).
After such a character the position of the rest of the row is unknown. These rows are therefore
erased and resent whole at every change, with the cursor repositioned after each gap, so that the
result depends on the row alone and not on its previous content.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from rnntutor.tui.terminal.sgr import PLAIN, CellStyle, cell_style, change
from rnntutor.tui.terminal.widths import clusters, is_doubtful

# A character with its style and its combining marks. The second cell of a wide character holds an
# empty string; None is a cell with unknown content.
KnownCell = tuple[str, CellStyle]
ScreenCell = KnownCell | None

NEAR = 5  # unchanged cells resent to avoid moving the cursor past them
GAP = 2  # blanks after which the cursor is repositioned in a row of doubtful widths
ERASE = "\x1b[K"  # erases to the end of the row, in the current background


class CellRun(NamedTuple):
    """A run of cells to send.

    Attributes:
        y: row.
        first: its first column.
        end: the column behind its last one.
        erases: whether the row is erased before it.
    """

    y: int
    first: int
    end: int
    erases: bool = False


class ScreenBuffer:
    """All cells of the terminal as last sent.

    Attributes:
        colours: colour system of the terminal.
    """

    def __init__(self, colours: ColorSystem = ColorSystem.EIGHT_BIT) -> None:
        self.colours = colours
        self._rows: dict[int, list[ScreenCell]] = {}
        self._doubtful: set[int] = set()  # rows with characters of doubtful width
        self._styles: dict[Style | None, tuple[CellStyle, CellStyle]] = {}

    def forget(self) -> None:
        """Mark the terminal's content as unknown."""
        self._rows.clear()
        self._doubtful.clear()

    def diff(self, pieces: Iterable[tuple[int, int, Iterable[Segment]]]) -> str:
        """Return the text to send so that each piece appears at its position.

        The final SGR state is plain, as expected at the start.

        Args:
            pieces: (column, row, segments) of each changed region.
        """
        found: list[CellRun] = []
        for x, y, segments in pieces:
            was_doubtful = y in self._doubtful
            runs = self.changed_runs(x, y, segments)
            erases = bool(runs) and (was_doubtful or y in self._doubtful)
            found += (CellRun(y, *run, erases and n == 0) for n, run in enumerate(runs))
        return min(self._written(found), self._written(self._by_background(found)), key=len)

    def _written(self, found: Iterable[CellRun]) -> str:
        """Return the text that writes the cells of the runs, in their order."""
        out: list[str] = []
        current, position = PLAIN, (-1, -1)
        for run in found:
            row = self._rows[run.y]
            if run.erases:
                sequence, current = change(current, (row[0] or (" ", PLAIN))[1].blank)
                out += (_move_to(0, run.y), sequence, ERASE)
            if position != (run.first, run.y) or run.y in self._doubtful:
                out.append(_move_to(run.first, run.y))
            last_style: CellStyle | None = None
            for cell in row[run.first : run.end]:
                if cell is None:
                    continue
                text, style = cell
                if style is not last_style:
                    sequence, current = change(current, style)
                    out.append(sequence)
                    last_style = style
                out.append(text)
            position = (run.end, run.y)
        if current != PLAIN:
            out.append("\x1b[0m")
        return "".join(out)

    def _by_background(self, found: Iterable[CellRun]) -> list[CellRun]:
        """Return the runs cut where the background changes, those of one background together.

        A column that is highlighted on a stage then takes one change of the background, not two in
        each row. The order of rows of doubtful widths is kept, and they come first.
        """
        kept: list[CellRun] = []
        cut: dict[str, list[CellRun]] = {}
        for run in found:
            if run.erases or run.y in self._doubtful:
                kept.append(run)
                continue
            cells = self._rows[run.y][run.first : run.end]
            backs = ["" if cell is None else cell[1].back for cell in cells]
            first = 0
            for n, back in enumerate(backs, 1):
                if n == len(backs) or backs[n] != back:
                    part = CellRun(run.y, run.first + first, run.first + n)
                    cut.setdefault(back, []).append(part)
                    first = n
        return kept + [run for runs in cut.values() for run in runs]

    def changed_runs(self, x: int, y: int, segments: Iterable[Segment]) -> list[tuple[int, int]]:
        """Store `segments` at column x of row y and return the runs of columns to send.

        Returns:
            Half-open runs of columns (first, end).
        """
        new, doubtful = self._cells(segments)
        row = self._rows.setdefault(y, [])
        end = x + len(new)
        row += [None] * (end - len(row))
        old = row[x:end]
        row[x:end] = new
        if old == new:
            return []
        # A wide character cut in half is now a blank or whatever the terminal makes of it.
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

    def _cells(self, segments: Iterable[Segment]) -> tuple[list[KnownCell], bool]:
        """Return the cells of `segments`, and whether any has a doubtful width."""
        out: list[KnownCell] = []
        doubtful, known = False, self._styles
        for text, style, control in segments:
            if control:
                continue
            inked, blank = known.get(style) or self._cell_styles(style)
            if text.isascii():
                out += [(character, blank if character == " " else inked) for character in text]
                continue
            for cluster, cells in clusters(text):
                if cells:
                    seen = blank if cluster == " " else inked
                    out += ((cluster, seen), *[("", seen)] * (cells - 1))
                elif out:
                    cluster = _join(out, cluster)
                doubtful = doubtful or is_doubtful(cluster)
        return out, doubtful

    def _cell_styles(self, style: Style | None) -> tuple[CellStyle, CellStyle]:
        """Return the cell styles of a style's characters and of its blanks."""
        inked = cell_style(style, self.colours)
        self._styles[style] = inked, inked.blank
        return inked, inked.blank


def _move_to(x: int, y: int) -> str:
    """Return the sequence that moves the cursor (CUP), whose rows and columns are 1-based."""
    return f"\x1b[{y + 1};{x + 1}H"


def runs(old: Sequence[ScreenCell], new: Sequence[KnownCell]) -> list[tuple[int, int]]:
    """Return the half-open runs in which two rows differ; no run cuts a wide character."""
    found: list[tuple[int, int]] = []
    for n, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after:
            continue
        if found and n - found[-1][1] <= NEAR:
            found[-1] = (found[-1][0], n + 1)
        else:
            found.append((n, n + 1))
    # A run cannot begin with a second half: if the cells before it are equal, so are their second
    # halves.
    return [(first, _behind(new, last)) for first, last in found]


def _stretches(row: Sequence[ScreenCell]) -> list[tuple[int, int]]:
    """Return the runs that cover all known cells of a row, each needing a new cursor position.

    A new run begins after unknown cells and after a gap in the text.
    """
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


def _join(cells: list[KnownCell], mark: str) -> str:
    """Append a zero-width mark to the last character and return the combined text."""
    column = len(cells) - 1
    while _half(cells[column]):
        column -= 1
    text, style = cells[column]
    cells[column] = (text + mark, style)
    return text + mark


def _behind(row: Sequence[ScreenCell], column: int) -> int:
    """Return `column`, or the end of the wide character that it lies within."""
    while column < len(row) and _half(row[column]):
        column += 1
    return column


def _half(cell: ScreenCell) -> bool:
    """Return whether the cell is the second half of a wide character."""
    return cell is not None and not cell[0]
