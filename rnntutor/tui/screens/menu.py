"""A screen over another that shows rows to walk and to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from rnntutor.pages.listed import entry
from rnntutor.spans import Row, Rows, Span
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.screen import LINE, TutorScreen

Entry = TypeVar("Entry")


class MenuScreen(TutorScreen):
    """Subclasses give `listing`: the rows, and which of them is lit (-1: none). `cursor` walks
    `count` entries. `cells`: how many columns the rows take at most. `to_last`: whether of a lit
    entry of several rows the last is the one that is brought into view."""

    cells = LINE
    to_last = False

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0

    def listing(self, cells: int) -> tuple[Rows, int]:
        raise NotImplementedError

    @property
    def count(self) -> int:
        return 0

    def entries(
        self,
        cells: int,
        what: Iterable[Entry],
        drawn: Callable[[Entry, bool], tuple[Row, Iterable[Span | None]]],
        above: Rows = ((),),
    ) -> tuple[Rows, int]:
        """A listing of entries below the rows `above`. drawn: an entry, and whether the cursor is
        on it -> what stands before its first row, and what it says."""
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

    def chosen(self) -> None:
        """Enter on the entry at the cursor."""

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
        """How rows are read that are not walked; told where some of them are out of sight."""
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
            view.reveal(lit if self.cursor else 0)  # with what stands above the first entry
            view.reveal(lit)

    def do_choose(self, key: str) -> None:
        self.chosen()

    def do_down(self, key: str) -> None:
        self._walk(1)

    def do_up(self, key: str) -> None:
        self._walk(-1)

    def do_page_down(self, key: str) -> None:
        self._walk(8)

    def do_page_up(self, key: str) -> None:
        self._walk(-8)

    def _walk(self, steps: int) -> None:
        if self.count:
            self.cursor = max(0, min(self.cursor + steps, self.count - 1))
            self.paint()
        else:
            self.rows("rows").scroll_rows(steps)

    def do_out(self, key: str) -> None:
        self.app.pop_screen()

    def follow_entry(self, target: str) -> None:
        self.cursor = int(target)
        self.chosen()
