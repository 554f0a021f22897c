"""A screen over another that shows rows to walk and to read."""

from __future__ import annotations

from rnntutor.spans import Rows
from rnntutor.tui.keys import Command
from rnntutor.tui.screen import LINE, TutorScreen


class MenuScreen(TutorScreen):
    """Subclasses give `listing`: the rows, and which of them is lit (-1: none). `cursor` walks
    `count` entries. `cells`: how many columns the rows take at most."""

    cells = LINE

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0

    def listing(self, cells: int) -> tuple[Rows, int]:
        raise NotImplementedError

    @property
    def count(self) -> int:
        return 0

    def chosen(self) -> None:
        """Enter on the entry at the cursor."""

    def own_commands(self) -> tuple[Command, ...]:
        out = Command("out", ("escape", "backspace"), "key.close")
        if not self.count:
            return (*self.scrolling(), out)
        return (
            Command("choose", ("enter",), "key.open"),
            Command("down", ("down", "tab"), "key.walk", hint="↑ ↓"),
            Command("up", ("up", "shift+tab"), "key.walk-up", shown=False),
            Command("page_down", ("pagedown", "space"), "key.page-down", shown=False),
            Command("page_up", ("pageup",), "key.page-up", shown=False),
            out,
        )

    def scrolling(self) -> tuple[Command, ...]:
        """How rows are read that are not walked; told where some of them are out of sight."""
        view = self.rows("rows")
        more = view.more_above or view.more_below
        return (
            Command("down", ("down",), "key.down", hint="↑ ↓", shown=more),
            Command("up", ("up",), "key.up", shown=False),
            Command("page_down", ("pagedown", "space"), "key.page-down", shown=False),
            Command("page_up", ("pageup",), "key.page-up", shown=False),
        )

    def paint_body(self) -> None:
        view = self.rows("rows")
        view.margin = self.margin(self.cells)
        cells = min(view.size.width - 2 * view.margin, self.cells)
        if cells < 20:
            return
        rows, lit = self.listing(cells)
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

    def follow(self, link: str) -> None:
        kind, _, target = link.partition(":")
        if kind == "entry":
            self.cursor = int(target)
            self.chosen()
        else:
            super().follow(link)
