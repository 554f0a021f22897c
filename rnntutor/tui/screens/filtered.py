"""A list filtered by typing, with details of the selected entry beside it."""

from __future__ import annotations

from textual import events
from textual.containers import Horizontal, Vertical
from textual.geometry import Offset
from textual.widget import Widget

from rnntutor.spans import Rows, Span
from rnntutor.tui import keys
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.screens.menu import MenuScreen
from rnntutor.tui.widgets.rows_view import RowsView

LIST = 0.42  # share of the width
WIDEST = 150  # cells of list and details together


class FilteredScreen(MenuScreen):
    """A list in which every typed character narrows the selection; no letter is a command.

    Subclasses override `listing` and `detail`.

    Attributes:
        text: the typed filter.
    """

    DEFAULT_CSS = """
    FilteredScreen #field { height: 2; }
    FilteredScreen #both { height: 1fr; }
    """

    text = ""
    to_last = True

    def detail(self, cells: int) -> Rows:
        """Return the details of the selected entry."""
        return ()

    def body(self) -> Widget:
        return Vertical(
            RowsView(id="field"), Horizontal(RowsView(id="rows"), RowsView(id="detail"), id="both")
        )

    def own_commands(self) -> tuple[KeyCommand, ...]:
        clear = KeyCommand("out", ("escape",), "key.clear-filter" if self.text else "key.close")
        return (
            KeyCommand("choose", ("enter",), "key.open"),
            KeyCommand("down", ("down", "tab"), "key.walk", hint="↑ ↓"),
            KeyCommand("up", ("up", "shift+tab"), "key.walk-up", shown=False),
            KeyCommand("page_down", ("pagedown",), "key.page-down", shown=False),
            KeyCommand("page_up", ("pageup",), "key.page-up", shown=False),
            KeyCommand("rub_out", ("backspace",), "key.rub-out", shown=False),
            clear,
        )

    def commands(self) -> tuple[KeyCommand, ...]:
        """Return the screen's own commands, and help while nothing is typed."""
        if self.is_small or self.trouble:
            return super().commands()
        help_ = next(c for c in keys.EVERYWHERE if c.name == "help")
        shared = () if self.text else (KeyCommand(help_.name, ("?",), help_.label),)
        return (*self.own_commands(), *shared)

    def _make_room(self) -> None:
        """Place the list on the left and the details on the right."""
        cells = min(self.size.width, WIDEST)
        view, detail, field = self.rows("rows"), self.rows("detail"), self.rows("field")
        left = int(cells * LIST) if self.count else cells - 1  # a notice gets all
        side = (self.size.width - cells) // 2
        view.margin = field.margin = 2
        detail.margin = 1
        field.styles.margin = self.query_one("#both").styles.margin = (0, side)
        view.styles.width, detail.styles.width = left, cells - left - 1

    def paint_body(self) -> None:
        """Paint at the current sizes; a later layout with other sizes causes another painting."""
        self._make_room()
        view, detail, field = self.rows("rows"), self.rows("detail"), self.rows("field")
        lead = self.words("entry.filter")
        field.show(((Span(lead, "accent"), Span(self.text, strong=True)),))
        self._position_cursor()  # sent with this painting, and again if the layout moves the field
        left = view.size.width
        if left < 20:
            return
        rows, lit = self.listing(left - 4)
        view.show(rows, page=self.text)
        if lit >= 0:
            view.reveal(lit)
        detail.show(self.detail(max(1, detail.size.width - 2)), top=0)
        self.call_after_refresh(self._position_cursor)

    def _position_cursor(self) -> None:
        """Place the terminal's cursor after the typed text, where an input method opens."""
        if self.is_current and not self.is_small and not self.trouble:
            field = self.rows("field")
            typed = Span(self.words("entry.filter") + self.text).width
            self.app.cursor_position = Offset(field.region.x + 2 + typed, field.region.y)

    # ---- typing ---------------------------------------------------------------------------------

    def type_key(self, event: events.Key) -> bool:
        character = event.character
        printable = character is not None and character.isprintable()
        asks = character == "?" and not self.text
        if not printable or character is None or asks or self.is_small or self.trouble:
            return False
        if character != " " or self.text:
            self.type(self.text + character)
        return True

    def take_text(self, text: str) -> None:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if lines:
            self.type(self.text + lines[0])

    def type(self, text: str) -> None:
        """Set the filter and select the first entry."""
        self.text, self.cursor = text[:80], 0
        self.paint()

    def do_rub_out(self, key: str) -> None:
        """Delete the last typed character; close the screen if there is none."""
        if self.text:
            self.type(self.text[:-1])
        else:
            super().do_out(key)

    def do_out(self, key: str) -> None:
        if self.text:
            self.type("")
        else:
            super().do_out(key)
