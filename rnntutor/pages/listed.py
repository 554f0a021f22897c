"""List entries: text that does not fit its row continues on an indented row below."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len

from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Row, Rows, Span, fit, pad, plain, width

BAR = 20
DAY = 16  # maximum width of a day in words, in cells
GAP = 3


def entry(
    lead: Row, said: Iterable[Span | None], cells: int, *, link: str = "", lit: bool = False
) -> Rows:
    """Return `said` behind `lead`, in as many rows as needed.

    Args:
        lead: row before the first row; the others are indented to its width.
        said: spans of the text; None begins a new row.
        cells: width of the rows.
        link: click target of spans without a link of their own.
        lit: whether the entry is at the cursor. All of its rows are then highlighted over their
            full width.
    """
    indent = Span(" " * width(lead))
    rows = wrap(said, cells - width(lead)) or ((),)
    full = ((*(lead if n == 0 else (indent,)), *row) for n, row in enumerate(rows))
    if lit:
        full = (tuple(s._replace(back="lit") for s in fit(row, cells)) for row in full)
    return tuple(tuple(s._replace(link=s.link or link) for s in row) for row in full)


def measured_row(name: str, got: float, of: int, room: int) -> Row:
    """Return a name in `room` cells, the share reached as a bar, and its numbers."""
    filled = round(BAR * got / of) if of else 0
    role = "right" if got >= of else "accent" if 2 * got >= of else "h"
    return (
        Span(pad(name, room)),
        Span("━" * filled, role),
        Span("━" * (BAR - filled), "line"),
        Span(f"  {got:g}/{of}", "grey"),
    )


def day_column(titles: Iterable[Row], lead: int, cells: int) -> int:
    """Return the column of the dates behind titles that are indented by `lead` cells."""
    return min(lead + max(map(width, titles), default=0) + GAP, cells - DAY)


def dated_row(lead: Row, said: Row, day: str, column: int, *, link: str = "") -> Rows:
    """Return `said` behind `lead`, with a date behind the first row."""
    first, *others = entry(lead, said, column - GAP, link=link)
    gap = Span(" " * (column - width(first)))
    return ((*first, gap, Span(day, "grey", link=link)) if day else first, *others)


def hang(lead: str, rows: Iterable[Row]) -> tuple[str, ...]:
    """Return rows behind `lead` as text; further rows are indented to its width."""
    space = " " * cell_len(lead)
    found = [plain(row) for row in rows] or [""]
    return tuple(f"{lead if n == 0 else space}{text}" for n, text in enumerate(found))
