"""Reading a text: scrolling its code sideways, opening its pictures."""

from __future__ import annotations

from pathlib import Path

from rnntutor.spans import Rows
from rnntutor.tui.screen import LINE
from rnntutor.tui.screens.page import PageScreen
from rnntutor.tui.terminal.viewer import view


class ReadingScreen(PageScreen):
    """A page with a text that may contain long lines of code and pictures."""

    def do_code_right(self, key: str) -> None:
        """Scroll long lines of code half a page to the right."""
        self._move_code(1)

    def do_code_left(self, key: str) -> None:
        """Scroll long lines of code to the left."""
        self._move_code(-1)

    def _move_code(self, way: int) -> None:
        step = min(self.rows("prose").size.width, LINE) // 2
        self.page_state.code_from = max(0, self.page_state.code_from + way * step)
        self.paint()

    def text_rows(self) -> Rows:
        """Return the rows of the text itself, without entries that lead to other pages."""
        return self.rows("prose").rows

    def _picture(self) -> str:
        """Return the path of the page's first picture, preferably a visible one; "" if none."""
        view = self.rows("prose")
        named = [
            (not view.top <= n < view.top + view.size.height, n, span.link)
            for n, row in enumerate(self.text_rows())
            for span in row
            if span.link.startswith("picture:")
        ]
        return min(named)[2].partition(":")[2] if named else ""

    def do_picture(self, key: str) -> None:
        """Open the first visible image in the system's viewer."""
        self.follow_picture(self._picture())

    def follow_picture(self, path: str) -> None:
        """Open a picture in the system's viewer, or report why not and where the file is."""
        self.tutor.say(self.words(view(Path(path)), path=path))
