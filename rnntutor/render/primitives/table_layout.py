"""Lay out tables: aligned columns, a line below the head, wrapped cells."""

from __future__ import annotations

from collections.abc import Sequence

from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Row, Rows, Span, width

GAP = 2
TableCell = Sequence[Span | None]


def grid(
    head: Sequence[TableCell], rows: Sequence[Sequence[TableCell]], align: Sequence[str], cells: int
) -> Rows:
    """Return the table in at most `cells` cells.

    If the columns do not fit, the table becomes a list of its rows, each cell below its column's
    name.

    Args:
        head: the column names.
        rows: the cells of each row.
        align: "left", "center" or "right" for each column.
        cells: maximum width.
    """
    table = [head, *rows]
    columns = len(head)
    whole = [[wrap(cell, 10**6) for cell in column] for column in zip(*table, strict=False)]
    natural = [max((1, *(width(r) for rows_ in column for r in rows_))) for column in whole]
    room = cells - GAP * (columns - 1)
    if room < 4 * columns:
        return _list_rows(head, rows, cells)
    sizes = _share_room(natural, room)
    out: list[Row] = []
    blank = any(len(wrap(c, s)) > 1 for row in rows for c, s in zip(row, sizes, strict=True))
    for n, row in enumerate(table):
        if n > 1 and blank:
            out.append(())
        out += _row(row, sizes, align, "grey" if n == 0 else "")
        if n == 0:
            out.append((Span("─" * (sum(sizes) + GAP * (columns - 1)), "line"),))
    return tuple(out)


def _share_room(natural: Sequence[int], room: int) -> list[int]:
    """Return the column widths: narrow columns keep theirs, wide ones share the remaining room."""
    if sum(natural) <= room:
        return list(natural)
    sizes = [0] * len(natural)
    left, open_ = room, sorted(range(len(natural)), key=lambda k: natural[k])
    while open_:
        share = left // len(open_)
        k = open_.pop(0)
        sizes[k] = min(natural[k], share)
        left -= sizes[k]
    return sizes


def _row(
    row: Sequence[TableCell], sizes: Sequence[int], align: Sequence[str], role: str
) -> list[Row]:
    """Return one row of the table, which may take several rows of text."""
    columns = [wrap(cell, size) for cell, size in zip(row, sizes, strict=True)]
    out: list[Row] = []
    for n in range(max(1, *(len(c) for c in columns))):
        spans: list[Span] = []
        margin = 0
        for column, size, side in zip(columns, sizes, align, strict=True):
            text = column[n] if n < len(column) else ()
            free = size - width(text)
            before = {"right": free, "center": free // 2}.get(side, 0)
            if text:
                if margin + before:
                    spans.append(Span(" " * (margin + before)))
                spans += [
                    s if s.role else Span(s.text, role, s.strong, s.em, s.back, s.link)
                    for s in text
                ]
                margin = free - before + GAP
            else:
                margin += size + GAP
        out.append(tuple(spans))
    return out


def _list_rows(head: Sequence[TableCell], rows: Sequence[Sequence[TableCell]], cells: int) -> Rows:
    out: list[Row] = []
    for n, row in enumerate(rows or [head]):
        if n:
            out.append(())
        for name, cell in zip(head, row, strict=True):
            if cell is not name:
                out += (
                    tuple(Span(s.text, s.role or "grey", s.strong, s.em) for s in r)
                    for r in wrap(name, cells)
                )
            out += wrap(cell, cells)
    return tuple(out)
