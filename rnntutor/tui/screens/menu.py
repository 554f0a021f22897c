"""A screen over another that shows rows to walk and to read."""

from __future__ import annotations

from rnntutor.spans import Rows
from rnntutor.tui.keys import Command
from rnntutor.tui.screen import TutorScreen


class MenuScreen(TutorScreen):
    """Subclasses give `listing`: the rows, and which of them is lit (-1: none). `cursor` walks
    `count` entries."""

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
        return (
            Command("choose", ("enter",), "key.open"),
            Command("down", ("down", "tab"), "key.walk", hint="↑ ↓"),
            Command("up", ("up", "shift+tab"), "key.walk-up", shown=False),
            Command("page_down", ("pagedown", "space"), "key.page-down", shown=False),
            Command("page_up", ("pageup",), "key.page-up", shown=False),
            Command("out", ("escape", "backspace"), "key.close"),
        )

    def paint_body(self) -> None:
        view = self.rows("rows")
        cells = view.size.width - 2 * view.margin
        if cells < 20:
            return
        rows, lit = self.listing(cells)
        view.show(rows)
        if lit >= 0:
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
