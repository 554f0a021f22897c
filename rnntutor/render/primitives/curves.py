"""Plot curves in braille, two by four dots to a cell, with several series and few ticks.

With unchanged axes a growing curve changes only the cells that it newly reaches, so redrawing is
cheap. In ASCII each series is drawn with its own letter, one per cell.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width

ACROSS, DOWN = 2, 4  # dots per cell
_BRAILLE = 0x2800
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))  # by column, from the top
DOTTED = 3  # a dotted curve has every third dot
FEWEST = 8  # minimum width of a plot in cells
GAP = 2  # space in cells on either side of an axis name


@dataclass(frozen=True, slots=True)
class Series:
    """A curve.

    Attributes:
        points: (x, y), joined in order; a point that is not finite interrupts the curve.
        role: role of its colour.
        mark: its letter in ASCII.
        dotted: whether it is dotted, to be distinguishable without colour.
    """

    points: tuple[tuple[float, float], ...]
    role: str = ""
    mark: str = "*"
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis.

    Attributes:
        low: value at the left or the bottom.
        high: value at the right or the top; it may be smaller than low.
        ticks: (value, label).
        name: name of the quantity; on a horizontal axis it is placed between two ticks.
    """

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()
    name: str = ""

    def share(self, value: float) -> float:
        """Return the position of a value, 0 at low and 1 at high, clamped to that range."""
        return min(1.0, max(0.0, self.beyond(value)))

    def beyond(self, value: float) -> float:
        """Return the position of a value without clamping to 0…1 (but to -9…10)."""
        if self.high == self.low:
            return 0.5
        return min(10.0, max(-9.0, (value - self.low) / (self.high - self.low)))


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign drawn on top of the curves.

    Attributes:
        x: position on the x axis.
        y: position on the y axis.
        sign: the sign.
        role: role of its colour.
        letter: the sign in ASCII.
        named: whether it names a curve; it then moves left if its cell holds another mark.
    """

    x: float
    y: float
    sign: str = "●"
    role: str = "accent"
    letter: str = "o"
    named: bool = False


def plot(
    series: Sequence[Series],
    x: Axis,
    y: Axis,
    *,
    cells: int,
    rows: int,
    level: float | None = None,
    marks: Iterable[Mark] = (),
    letters: bool = False,
) -> Rows:
    """Return a plot in exactly `rows` rows of `cells` cells.

    The last row holds the ticks of x, the left edge those of y. If curves share a cell, the first
    gives the colour. Where a curve leaves the plot at the top or the bottom, an arrow is drawn. A
    space too small for a plot stays blank.

    Args:
        series: the curves.
        x: the horizontal axis.
        y: the vertical axis.
        cells: width of the plot.
        rows: height of the plot.
        level: value of y with a grey horizontal line.
        marks: signs on top of the curves.
        letters: whether to draw in ASCII, with a letter for each series.
    """
    left = max((width((Span(text),)) for _, text in y.ticks), default=0) + bool(y.ticks)
    inside, high = cells - left, rows - bool(x.ticks)
    if inside < FEWEST or high < 1:
        return tuple((Span(" " * max(0, cells)),) for _ in range(rows))
    grid = [[Span(" ")] * inside for _ in range(high)]
    if level is not None:
        for column in range(inside):
            grid[_row_of(y, level, high)][column] = Span("-" if letters else "┈", "grey")
    if letters:
        _letters(grid, series, x, y)
    else:
        _dots(grid, series, x, y)
    taken: set[tuple[int, int]] = set()
    for mark in marks:
        row, column = _row_of(y, mark.y, high), round(x.share(mark.x) * (inside - 1))
        while mark.named and (row, column) in taken and column:
            column -= 1
        taken.add((row, column))
        grid[row][column] = Span(mark.letter if letters else mark.sign, mark.role, True)
    labels = _labels(y, high, left)
    drawn = [(Span(label, "grey"), *_join(row)) for label, row in zip(labels, grid, strict=True)]
    return (*drawn, _ticks(x, left, inside)) if x.ticks else tuple(drawn)


def under_legend(
    context: ViewContext,
    series: Sequence[Series],
    x: Axis,
    y: Axis,
    *,
    level: float | None = None,
    marks: Iterable[Mark] = (),
) -> Rows:
    """Return a plot of the size of a view, less one row for its legend."""
    cells, rows = context.width, max(1, context.height - 1)
    letters = context.ascii
    return plot(series, x, y, cells=cells, rows=rows, level=level, marks=marks, letters=letters)


def sample(series: Series, *, letters: bool = False) -> Span:
    """Return a sample of a curve for a legend, two cells wide."""
    return Span(series.mark * 2 if letters else "⠄⠄" if series.dotted else "⠤⠤", series.role)


# ---- curves --------------------------------------------------------------------------------


def _path(
    points: Sequence[tuple[float, float]], x: Axis, y: Axis, wide: int, high: int
) -> Iterable[tuple[int, int]]:
    """Yield every dot (column, row from the top) on the line through the points, in order.

    Rows below 0 or from `high` on lie outside the plot.
    """
    before: tuple[int, int] | None = None
    for px, py in points:
        if not (math.isfinite(px) and math.isfinite(py)):
            before = None
            continue
        here = round(x.share(px) * (wide - 1)), round((1 - y.beyond(py)) * (high - 1))
        if before is None:
            yield here
        else:
            steps = max(abs(here[0] - before[0]), abs(here[1] - before[1]))
            for n in range(1, steps + 1):
                part = n / steps
                yield (
                    round(before[0] + (here[0] - before[0]) * part),
                    round(before[1] + (here[1] - before[1]) * part),
                )
        before = here


def _dots(grid: list[list[Span]], series: Sequence[Series], x: Axis, y: Axis) -> None:
    """Draw the curves in braille into the grid."""
    high, wide = len(grid), len(grid[0])
    bits = [[0] * wide for _ in range(high)]
    roles: dict[tuple[int, int], str] = {}
    left: dict[tuple[int, int], Span] = {}
    for one in series:
        out = 0
        for n, (column, row) in enumerate(_path(one.points, x, y, wide * ACROSS, high * DOWN)):
            out = _leave(left, (row, high * DOWN), (column // ACROSS, high), one.role, out, "▲▼")
            if out or (one.dotted and n % DOTTED):
                continue
            cell = row // DOWN, column // ACROSS
            bits[cell[0]][cell[1]] |= _DOTS[column % ACROSS][row % DOWN]
            roles.setdefault(cell, one.role)
    for (row, column), role in roles.items():
        grid[row][column] = Span(chr(_BRAILLE + bits[row][column]), role)
    for (row, column), sign in left.items():
        grid[row][column] = sign


def _leave(
    left: dict[tuple[int, int], Span],
    row: tuple[int, int],
    cell: tuple[int, int],
    role: str,
    before: int,
    signs: str,
) -> int:
    """Return whether a row lies above (-1), below (1) or inside (0) the plot.

    If the curve has just left the plot, an arrow is added to `left` at that edge.

    Args:
        left: arrows by cell (row, column).
        row: row of the dot, and number of rows of dots.
        cell: column of the cell, and number of rows of cells.
        role: role of the curve.
        before: the result for the previous dot.
        signs: arrows up and down.
    """
    out = -1 if row[0] < 0 else 1 if row[0] >= row[1] else 0
    if out and out != before:
        edge = 0 if out < 0 else cell[1] - 1
        left.setdefault((edge, cell[0]), Span(signs[out > 0], role))
    return out


def _letters(grid: list[list[Span]], series: Sequence[Series], x: Axis, y: Axis) -> None:
    """Draw the curves as letters into the grid, the first on top."""
    high, wide = len(grid), len(grid[0])
    left: dict[tuple[int, int], Span] = {}
    for one in reversed(series):
        out = 0
        for column, row in _path(one.points, x, y, wide, high):
            out = _leave(left, (row, high), (column, high), one.role, out, "^v")
            if not out:
                grid[row][column] = Span(one.mark, one.role)
    for (row, column), sign in left.items():
        grid[row][column] = sign


# ---- labels and ticks ----------------------------------------------------------------------


def _row_of(y: Axis, value: float, high: int) -> int:
    """Return the row of a value, from the top."""
    dot = round((1 - y.share(value)) * (high * DOWN - 1))
    return dot // DOWN


def _labels(y: Axis, high: int, left: int) -> list[str]:
    """Return the label to the left of each row; if two coincide, the first is kept."""
    labels = [" " * left] * high
    for value, text in y.ticks:
        row = _row_of(y, value, high)
        if not labels[row].strip():
            labels[row] = pad(text, left - 1, right=True) + " "
    return labels


def _ticks(x: Axis, left: int, inside: int) -> Row:
    """Return the row of ticks, each centred below its position if the previous one leaves room.

    The name of the axis is placed in the first gap that is wide enough.
    """
    cells = [" "] * inside
    ends: list[tuple[int, int]] = []
    for value, said in sorted(x.ticks, key=lambda tick: x.share(tick[0])):
        size = width((Span(said),))
        start = round(x.share(value) * (inside - 1)) - size // 2
        start = max(0, min(start, inside - size))
        if size <= inside and (not ends or start > ends[-1][1]):
            ends.append((start, start + size))
            cells[start : start + size] = [said, *[""] * (size - 1)]
    size = width((Span(x.name),))
    for (_, end), (start, _) in pairwise(ends if x.name else ()):
        if start - end >= size + 2 * GAP:
            cells[end + GAP : end + GAP + size] = [x.name, *[""] * (size - 1)]
            break
    return (Span(" " * left), Span(pad("".join(cells), inside), "grey"))


def _join(row: Sequence[Span]) -> Row:
    """Join neighbouring spans of the same style."""
    return tuple(
        Span("".join(span.text for span in same), role, strong)
        for (role, strong), same in groupby(row, key=lambda span: (span.role, span.strong))
    )
