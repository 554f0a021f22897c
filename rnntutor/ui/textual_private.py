"""All that is touched of Textual beyond its public interface, in one place (Textual 8.2)."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Input


def write(app: App[Any], text: str) -> None:
    """Send a control sequence to the terminal, behind what has been drawn so far."""
    if app._driver is not None:
        app._driver.write(text)
        app._driver.flush()


def switch(app: App[Any], screen: Screen[Any]) -> None:
    """Another screen in place of the present one, also of the first of all: that one was never
    pushed, and `switch_screen` alone fails on it."""
    if not app.screen._result_callbacks:
        app.screen._push_result_callback(app.screen, None)
    app.switch_screen(screen)


def screen_text(app: App[Any]) -> str:
    """What the screen shows, as lines of text."""
    lines = ("".join(s.text for s in strip) for strip in app.screen._compositor.render_strips())
    return "\n".join(line.rstrip() for line in lines)


class Entry(Input):
    """A one-line text field whose hardware cursor stands where the next character goes.

    An input method draws the syllable in the making at that cursor; Input parks it a cell too far.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(compact=True, select_on_focus=False, **kwargs)
        self.cursor_blink = False

    @property
    def cursor_screen_offset(self) -> Offset:
        x, y, *_ = self.content_region
        return Offset(x + self._position_to_cell(self.cursor_position) - self.scroll_offset.x, y)
