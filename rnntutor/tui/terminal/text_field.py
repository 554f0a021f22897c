"""A text field suited to input methods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.events import Key
from textual.geometry import Offset
from textual.strip import Strip
from textual.widgets import Input

from rnntutor.tui.terminal.compatible import compatible
from rnntutor.tui.widgets.field_view import visible_part


class TextField(Input):
    """A one-line text field that places the hardware cursor where the next character goes.

    An input method draws the unfinished syllable at that cursor; Textual's Input places it one cell
    too far.
    """

    EDITS: ClassVar[Mapping[str, str]] = {
        "left": "cursor_left", "right": "cursor_right", "home": "home", "end": "end",
        "ctrl+left": "cursor_left_word", "ctrl+right": "cursor_right_word",
        "backspace": "delete_left", "delete": "delete_right", "ctrl+d": "delete_right",
        "ctrl+a": "home", "ctrl+e": "end", "ctrl+w": "delete_left_word",
        "ctrl+u": "delete_left_all", "ctrl+k": "delete_right_all",
    }  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(compact=True, select_on_focus=False, **kwargs)
        self.cursor_blink = False

    def _visible_text(self) -> tuple[str, int]:
        """Return the visible part of the text and the cell of the cursor."""
        return visible_part(self.value, self.cursor_position, self.content_region.width)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The position of the cursor on the screen."""
        if not compatible():
            return super().cursor_screen_offset
        x, y, *_ = self.content_region
        return Offset(x + self._visible_text()[1], y)

    def render_line(self, y: int) -> Strip:
        """Render the part of the text given by `visible_part`.

        Input's own scroll position depends on previous widths of the window.
        """
        if not compatible():
            return super().render_line(y)
        width, style = self.size.width, self.rich_style
        shown, at = self._visible_text()
        drawn = Text(shown, no_wrap=True, overflow="ignore", end="")
        if not self.selection.is_empty and shown == self.value:
            drawn.stylize("reverse", *sorted(self.selection))
        drawn.pad_right(max(0, width - drawn.cell_len))
        if self.has_focus:
            cursor = next((n for n in range(len(drawn)) if cell_len(shown[:n]) >= at), 0)
            drawn.stylize(self.get_component_rich_style("input--cursor"), cursor, cursor + 1)
        pieces = self.app.console.render(drawn, self.app.console_options.update_width(width))
        return Strip(pieces).adjust_cell_length(width, style).apply_style(style)

    def _cell_offset_to_index(self, offset: int) -> int:
        """Return the index of the character at a cell of the field, for mouse clicks."""
        if not compatible():
            return super()._cell_offset_to_index(offset)
        left = cell_len(self.value[: self.cursor_position]) - self._visible_text()[1]
        ends = (cell_len(self.value[: n + 1]) for n in range(len(self.value)))
        return next((n for n, end in enumerate(ends) if end > left + offset), len(self.value))

    def take(self, event: Key) -> bool:
        """Handle a key that types or edits.

        Returns:
            Whether the key was handled.
        """
        if event.is_printable and event.character:
            self.replace(event.character, *self.selection)
            return True
        if event.key not in self.EDITS:
            return False
        getattr(self, f"action_{self.EDITS[event.key]}")()
        return True

    def paste(self, text: str) -> None:
        """Insert the first non-empty line of `text` at the cursor."""
        lines = [line for line in text.splitlines() if line.strip()]
        if lines:
            self.replace(lines[0].strip(), *self.selection)

    def contain(self, text: str) -> None:
        """Set the text and move the cursor to its end; an unchanged text keeps the cursor."""
        if self.value != text:
            self.value = text
            self.cursor_position = len(text)
