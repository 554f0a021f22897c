"""An entry of a list: what does not fit into its row goes on under it."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len

from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Row, Rows, Span, fit, pad, plain, width

BAR = 20
DAY = 16  # cells that a day in words takes at most
GAP = 3


def entry(
    lead: Row, said: Iterable[Span | None], cells: int, *, link: str = "", lit: bool = False
) -> Rows:
    """`said` behind `lead`, in as many rows as it needs.

    Args:
        lead: what stands before the first row; the others are set in as far.
        said: None in it begins a new row.
        link: where a click leads; a link that a span has already is kept.
        lit: whether this is the entry at the cursor. All its rows are lit then, to their ends.
    """
    indent = Span(" " * width(lead))
    rows = wrap(said, cells - width(lead)) or ((),)
    full = ((*(lead if n == 0 else (indent,)), *row) for n, row in enumerate(rows))
    if lit:
        full = (tuple(s._replace(back="lit") for s in fit(row, cells)) for row in full)
    return tuple(tuple(s._replace(link=s.link or link) for s in row) for row in full)


def measured(name: str, got: float, of: int, room: int) -> Row:
    """A name in `room` cells, how much of it is reached as a bar, and the same in figures."""
    filled = round(BAR * got / of) if of else 0
    role = "right" if got >= of else "accent" if 2 * got >= of else "h"
    return (
        Span(pad(name, room)),
        Span("━" * filled, role),
        Span("━" * (BAR - filled), "line"),
        Span(f"  {got:g}/{of}", "grey"),
    )


def day_column(titles: Iterable[Row], lead: int, cells: int) -> int:
    """Where the days stand behind titles of which `lead` cells stand before each."""
    return min(lead + max(map(width, titles), default=0) + GAP, cells - DAY)


def dated(lead: Row, said: Row, day: str, column: int, *, link: str = "") -> Rows:
    """`said` behind `lead`, and a day behind its first row."""
    first, *others = entry(lead, said, column - GAP, link=link)
    gap = Span(" " * (column - width(first)))
    return ((*first, gap, Span(day, "grey", link=link)) if day else first, *others)


def hang(lead: str, rows: Iterable[Row]) -> tuple[str, ...]:
    """Rows behind `lead`; further ones hang under the first."""
    space = " " * cell_len(lead)
    found = [plain(row) for row in rows] or [""]
    return tuple(f"{lead if n == 0 else space}{text}" for n, text in enumerate(found))
