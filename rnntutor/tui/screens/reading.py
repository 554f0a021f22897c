"""What is done with a text that is read: its code scrolled sideways, its pictures opened."""

from __future__ import annotations

from pathlib import Path

from rnntutor.spans import Rows
from rnntutor.tui.screen import LINE
from rnntutor.tui.screens.page import PageScreen
from rnntutor.tui.terminal.viewer import view


class ReadingScreen(PageScreen):
    """A page whose text may hold long lines of code, and name pictures."""

    def do_code_right(self, key: str) -> None:
        """Half a page to the right in long lines of code."""
        self._move_code(1)

    def do_code_left(self, key: str) -> None:
        self._move_code(-1)

    def _move_code(self, way: int) -> None:
        step = min(self.rows("prose").size.width, LINE) // 2
        self.page_state.code_from = max(0, self.page_state.code_from + way * step)
        self.paint()

    def text_rows(self) -> Rows:
        """The rows that are read, without those that only lead elsewhere."""
        return self.rows("prose").rows

    def _picture(self) -> str:
        """The picture file that the page names, the first that is in view."""
        view = self.rows("prose")
        named = [
            (not view.top <= n < view.top + view.size.height, n, span.link)
            for n, row in enumerate(self.text_rows())
            for span in row
            if span.link.startswith("picture:")
        ]
        return min(named)[2].partition(":")[2] if named else ""

    def do_picture(self, key: str) -> None:
        self.follow_picture(self._picture())

    def follow_picture(self, path: str) -> None:
        """Hand a picture to the system's viewer, or say why not and where it is."""
        self.tutor.say(self.words(view(Path(path)), path=path))
