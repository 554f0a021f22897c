"""A screen that shows rows to select from or to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from rnntutor.pages.listed import entry
from rnntutor.spans import Row, Rows, Span
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.screen import LINE, TutorScreen

Entry = TypeVar("Entry")


class MenuScreen(TutorScreen):
    """A list of entries, or rows to read.

    Subclasses override `count` and `listing`, which returns the rows and the index of the
    highlighted row (-1 if none).

    Attributes:
        cells: maximum width of the rows in cells.
        to_last: whether the last row of a multi-row entry is the one scrolled into view.
        cursor: index of the selected entry.
    """

    cells = LINE
    to_last = False

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0

    def listing(self, cells: int) -> tuple[Rows, int]:
        """Return the rows of the list, and the index of the row with the selected entry."""
        raise NotImplementedError

    @property
    def count(self) -> int:
        """The number of entries."""
        return 0

    def entries(
        self,
        cells: int,
        what: Iterable[Entry],
        drawn: Callable[[Entry, bool], tuple[Row, Iterable[Span | None]]],
        above: Rows = ((),),
    ) -> tuple[Rows, int]:
        """Return the listing of `what` below the rows `above`.

        Args:
            cells: width in cells.
            what: the entries.
            drawn: maps an entry and whether it is selected to the lead of its first row and its
                text.
            above: rows above the first entry.
        """
        rows: list[Row] = [*above]
        lit = 0
        for n, each in enumerate(what):
            here = n == self.cursor
            lead, said = drawn(each, here)
            first = len(rows)
            mark = Span("▸ " if here else "  ", "accent")
            rows += entry((mark, *lead), said, cells, link=f"entry:{n}", lit=here)
            lit = (len(rows) - 1 if self.to_last else first) if here else lit
        return tuple(rows), lit

    def choose(self) -> None:
        """Open the selected entry."""

    def own_commands(self) -> tuple[KeyCommand, ...]:
        out = KeyCommand("out", ("escape", "backspace"), "key.close")
        if not self.count:
            return (*self.scrolling(), out)
        return (
            KeyCommand("choose", ("enter",), "key.open"),
            KeyCommand("down", ("down", "tab"), "key.walk", hint="↑ ↓"),
            KeyCommand("up", ("up", "shift+tab"), "key.walk-up", shown=False),
            KeyCommand("page_down", ("pagedown", "space"), "key.page-down", shown=False),
            KeyCommand("page_up", ("pageup",), "key.page-up", shown=False),
            out,
        )

    def scrolling(self) -> tuple[KeyCommand, ...]:
        """Return the scroll commands of read-only rows, in the footer if some rows are hidden."""
        view = self.rows("rows")
        more = view.more_above or view.more_below
        return (
            KeyCommand("down", ("down",), "key.down", hint="↑ ↓", shown=more),
            KeyCommand("up", ("up",), "key.up", shown=False),
            KeyCommand("page_down", ("pagedown", "space"), "key.page-down", shown=False),
            KeyCommand("page_up", ("pageup",), "key.page-up", shown=False),
        )

    def paint_body(self) -> None:
        view = self.rows("rows")
        view.margin = self.margin(self.cells)
        cells = min(view.size.width - 2 * view.margin, self.cells)
        if cells < 20:
            return
        rows, lit = self.listing(cells)
        air = self.sunk(len(rows))
        rows, lit = (*[()] * air, *rows), lit + air if lit >= 0 else lit
        view.show(rows)
        if lit >= 0:
            view.reveal(lit if self.cursor else 0)  # including the rows above the first entry
            view.reveal(lit)

    def do_choose(self, key: str) -> None:
        """Choose the selected entry."""
        self.choose()

    def do_down(self, key: str) -> None:
        """Select the next entry."""
        self._walk(1)

    def do_up(self, key: str) -> None:
        """Select the previous entry."""
        self._walk(-1)

    def do_page_down(self, key: str) -> None:
        """Select the entry eight further down."""
        self._walk(8)

    def do_page_up(self, key: str) -> None:
        """Select the entry eight further up."""
        self._walk(-8)

    def _walk(self, steps: int) -> None:
        if self.count:
            self.cursor = max(0, min(self.cursor + steps, self.count - 1))
            self.paint()
        else:
            self.rows("rows").scroll_rows(steps)

    def do_out(self, key: str) -> None:
        """Close the list."""
        self.app.pop_screen()

    def follow_entry(self, target: str) -> None:
        """Choose the clicked entry."""
        self.cursor = int(target)
        self.choose()
