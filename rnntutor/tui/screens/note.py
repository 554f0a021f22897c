"""A note of one's own on a page: a line that is typed, and kept with Enter."""

from __future__ import annotations

from textual.geometry import Offset
from textual.widget import Widget

from rnntutor.render.primitives.wrap import wrap
from rnntutor.session.notes import LONGEST
from rnntutor.spans import Row, Rows, Span
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.screens.filtered import FilteredScreen
from rnntutor.tui.widgets.rows_view import RowsView


class NoteScreen(FilteredScreen):
    """name: of the page. text: what is noted there already. Its result is the text; None where it
    was left as it is."""

    air = 0  # empty rows above

    def __init__(self, name: Row, text: str) -> None:
        super().__init__()
        self._called = name
        self.text = text

    def body(self) -> Widget:
        return RowsView(id="rows")

    def headline(self) -> tuple[Row, Row]:
        return (Span(f"{self.words('note.title')}   ", "grey"), *self._called), ()

    def own_commands(self) -> tuple[KeyCommand, ...]:
        return (
            KeyCommand("choose", ("enter",), "key.keep-note"),
            KeyCommand("rub_out", ("backspace",), "key.rub-out"),
            KeyCommand("out", ("escape",), "key.cancel"),
        )

    def _laid(self, cells: int) -> Rows:
        lead = self.words("note.field")
        return wrap((Span(f"{lead} ", "accent"), Span(self.text, strong=True)), cells)

    def paint_body(self) -> None:
        view = self.rows("rows")
        view.margin = self.margin()
        cells = view.size.width - 2 * view.margin
        if cells < 20:
            return
        rows = self._laid(cells)
        help_ = wrap((Span(self.words("note.help"), "grey"),), cells)
        self.air = self.sunk(len(rows) + len(help_))
        view.show((*[()] * (1 + self.air), *rows, (), *help_))
        self._place_cursor()  # it is sent with this painting; where the layout moves, once more
        self.call_after_refresh(self._place_cursor)

    @property
    def _blanks(self) -> int:
        """The blanks at the end, which no row shows."""
        return len(self.text) - len(self.text.rstrip()) + (not self.text.strip())

    def _place_cursor(self) -> None:
        """Where an input method opens: behind what has been typed."""
        if self.is_current and not self.is_small and not self.trouble:
            view = self.rows("rows")
            rows = self._laid(view.size.width - 2 * view.margin)
            end = sum(span.width for span in rows[-1]) + self._blanks
            x, y = view.region.x + view.margin + end, view.region.y + self.air + len(rows)
            self.app.cursor_position = Offset(x, y)

    def type(self, text: str) -> None:
        self.text = text[:LONGEST]
        self.paint()

    def take_text(self, text: str) -> None:
        self.type(self.text + " ".join(text.split()))

    def chosen(self) -> None:
        self.dismiss(self.text)

    def do_rub_out(self, key: str) -> None:
        self.type(self.text[:-1])

    def do_out(self, key: str) -> None:
        self.dismiss(None)
