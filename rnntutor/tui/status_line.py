"""The status line above the footer."""

from __future__ import annotations

from collections.abc import Callable

from rnntutor.spans import Row, Span


class StatusLine:
    """The current message above the footer.

    Attributes:
        said: the message as a row; empty if there is none.
    """

    def __init__(self, repaint: Callable[[], None]) -> None:
        self.said: Row = ()
        self._repaint = repaint

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Show a line, until the page changes or another one replaces it."""
        self.said = (Span(text, "wrong" if wrong else "grey"),) if text else ()
        if text:
            self._repaint()
