"""The line above the footer, in which the tutor says what has happened."""

from __future__ import annotations

from collections.abc import Callable

from rnntutor.spans import Row, Span


class StatusLine:
    """said: what it says now. repaint: shows it, where something is said."""

    def __init__(self, repaint: Callable[[], None]) -> None:
        self.said: Row = ()
        self._repaint = repaint

    def say(self, text: str, *, wrong: bool = False) -> None:
        """One line, until the page changes or something else is said."""
        self.said = (Span(text, "wrong" if wrong else "grey"),) if text else ()
        if text:
            self._repaint()
