"""The editor of the learner's note on a page: one line, saved with Enter."""

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
    """The editor of a note; its result is the text, or None if unchanged.

    Args:
        name: name of the page.
        text: the existing note.
    """

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

    def _lay_out(self, cells: int) -> Rows:
        lead = self.words("note.field")
        return wrap((Span(f"{lead} ", "accent"), Span(self.text, strong=True)), cells)

    def paint_body(self) -> None:
        view = self.rows("rows")
        view.margin = self.margin()
        cells = view.size.width - 2 * view.margin
        if cells < 20:
            return
        rows = self._lay_out(cells)
        help_ = wrap((Span(self.words("note.help"), "grey"),), cells)
        self.air = self.sunk(len(rows) + len(help_))
        view.show((*[()] * (1 + self.air), *rows, (), *help_))
        self._position_cursor()  # sent with this painting, and again if the layout moves the field
        self.call_after_refresh(self._position_cursor)

    @property
    def _blanks(self) -> int:
        """The number of trailing blanks, which wrapped rows do not contain."""
        return len(self.text) - len(self.text.rstrip()) + (not self.text.strip())

    def _position_cursor(self) -> None:
        """Place the terminal's cursor after the typed text, where an input method opens."""
        if self.is_current and not self.is_small and not self.trouble:
            view = self.rows("rows")
            rows = self._lay_out(view.size.width - 2 * view.margin)
            end = sum(span.width for span in rows[-1]) + self._blanks
            x, y = view.region.x + view.margin + end, view.region.y + self.air + len(rows)
            self.app.cursor_position = Offset(x, y)

    def type(self, text: str) -> None:
        self.text = text[:LONGEST]
        self.paint()

    def take_text(self, text: str) -> None:
        self.type(self.text + " ".join(text.split()))

    def choose(self) -> None:
        self.dismiss(self.text)

    def do_rub_out(self, key: str) -> None:
        self.type(self.text[:-1])

    def do_out(self, key: str) -> None:
        self.dismiss(None)
