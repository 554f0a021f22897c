"""A Python editor with highlighting and auto-indent that receives its keys from the screen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

from rich.style import Style
from rich.text import Text
from textual.events import Key
from textual.widgets import TextArea
from textual.widgets.text_area import TextAreaTheme

from rnntutor.render.source import source_rows
from rnntutor.render.theme import THEMES

INDENT = "    "
WIDEST = 10_000  # cells of a line up to which it is highlighted
LOOK = "look"


@lru_cache(maxsize=4)
def _highlight(text: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """Return the highlighted (start, end, role) of each line, in characters."""
    found = []
    for row in source_rows(text, WIDEST):
        at, spans = 0, []
        for span in row:
            if span.role:
                spans.append((at, at + len(span.text), span.role))
            at += len(span.text)
        found.append(tuple(spans))
    return tuple(found)


class CodeEditor(TextArea):
    """A Python editor that receives its keys by `take` and leaves unknown ones to the screen."""

    EDITS: ClassVar[Mapping[str, tuple[str, bool | None]]] = {
        "left": ("cursor_left", False), "right": ("cursor_right", False),
        "up": ("cursor_up", False), "down": ("cursor_down", False),
        "shift+left": ("cursor_left", True), "shift+right": ("cursor_right", True),
        "shift+up": ("cursor_up", True), "shift+down": ("cursor_down", True),
        "home": ("cursor_line_start", False), "end": ("cursor_line_end", False),
        "shift+home": ("cursor_line_start", True), "shift+end": ("cursor_line_end", True),
        "ctrl+left": ("cursor_word_left", False), "ctrl+right": ("cursor_word_right", False),
        "pageup": ("cursor_page_up", None), "pagedown": ("cursor_page_down", None),
        "delete": ("delete_right", None), "ctrl+d": ("delete_right", None),
        "ctrl+w": ("delete_word_left", None), "ctrl+u": ("delete_to_start_of_line", None),
        "ctrl+k": ("delete_to_end_of_line", None), "ctrl+a": ("cursor_line_start", False),
        "ctrl+e": ("cursor_line_end", False), "ctrl+x": ("cut", None),
        "ctrl+v": ("paste", None), "ctrl+y": ("redo", None), "f7": ("select_all", None),
    }  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            soft_wrap=False, show_line_numbers=True, compact=True, tab_behavior="indent", **kwargs
        )
        self.cursor_blink = False
        self._roles: dict[str, Style] = {}

    def set_theme(self, name: str) -> None:
        """Apply the colours of the named theme."""
        theme = THEMES[name]
        text, page = theme.colours[""], theme.page
        base = Style(color=text, bgcolor=page)
        self._roles = {role: Style(color=theme.colours[role]) for role in ("grey", "accent")}
        own = TextAreaTheme(
            LOOK,
            base_style=base,
            gutter_style=Style(color=theme.colours["grey"], bgcolor=page),
            cursor_style=Style(color=page, bgcolor=text),
            cursor_line_style=Style(bgcolor=theme.stage),
            cursor_line_gutter_style=Style(color=text, bgcolor=theme.stage),
            bracket_matching_style=Style(bold=True),
            selection_style=Style(bgcolor=theme.lit),
        )
        self.register_theme(own)
        self.theme = "css"  # setting the same name again has no effect
        self.theme = LOOK
        self.styles.background = page

    def on_resize(self) -> None:
        """Keep the cursor visible in a smaller editor."""
        self.scroll_cursor_visible()

    def get_line(self, line_index: int) -> Text:
        """Return a highlighted line."""
        line = super().get_line(line_index)
        rows = _highlight(self.text)
        for start, end, role in rows[line_index] if line_index < len(rows) else ():
            style = self._roles.get(role)
            if style is not None:
                line.stylize(style, start, end)
        return line

    def take(self, event: Key) -> bool:
        """Handle a key that types or edits.

        Returns:
            Whether the key was handled.
        """
        if event.is_printable and event.character:
            self._put(event.character)
        elif event.key == "enter":
            self._put("\n" + self._next_indent())
        elif event.key == "tab":
            column = self.selection.end[1]
            self._put(" " * (len(INDENT) - column % len(INDENT)))
        elif event.key == "shift+tab":
            self._take_indent_back()
        elif event.key == "backspace":
            self._rub_out()
        elif event.key == "ctrl+underscore" or event.key == "ctrl+z":
            self.undo()
        elif event.key in self.EDITS:
            name, select = self.EDITS[event.key]
            action = getattr(self, f"action_{name}")
            action() if select is None else action(select)
        else:
            return False
        return True

    def put(self, text: str) -> None:
        """Insert a pasted text at the cursor."""
        self._put(text.replace("\r\n", "\n").replace("\r", "\n"))

    def select_blank(self) -> None:
        """Select the placeholder `...`, or move the cursor to the end if there is none."""
        for row, line in enumerate(self.text.split("\n")):
            if line.strip() == "...":
                self.move_cursor((row, line.index("...")))
                self.move_cursor((row, len(line.rstrip())), select=True)
                return
        self.move_cursor(self.document.end)

    def _put(self, text: str) -> None:
        start, end = self.selection
        self.replace(text, start, end, maintain_selection_offset=False)

    def _line(self) -> str:
        return str(self.document.get_line(self.selection.end[0]))

    def _next_indent(self) -> str:
        """Return the indent of the next line: the current one, one level deeper after a colon."""
        before = self._line()[: self.selection.end[1]]
        indent = before[: len(before) - len(before.lstrip(" "))]
        return indent + INDENT if before.rstrip().endswith(":") else indent

    def _rub_out(self) -> None:
        """Delete the character before the cursor; within the indent, back to the previous stop."""
        start, end = self.selection
        before = self._line()[: end[1]]
        if start == end and before and not before.strip(" "):
            back = (len(before) - 1) % len(INDENT) + 1
            self.delete((end[0], end[1] - back), end, maintain_selection_offset=False)
        else:
            self.action_delete_left()

    def _take_indent_back(self) -> None:
        row, column = self.selection.end
        line = self._line()
        spaces = min(len(INDENT), len(line) - len(line.lstrip(" ")))
        if spaces:
            self.delete((row, 0), (row, spaces))
            self.move_cursor((row, max(0, column - spaces)))
