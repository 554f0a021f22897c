"""The progress screen: what the learner knows, with the evidence."""

from __future__ import annotations

from contextlib import suppress

from rnntutor.pages.progress import progress_rows
from rnntutor.spans import Row, Rows, Span
from rnntutor.study.log import local_now
from rnntutor.study.statistics import Statistics
from rnntutor.tui.screen import AIRY
from rnntutor.tui.screens.menu import MenuScreen

TALL = 3  # rows of a day's bar in a tall window


class ProgressScreen(MenuScreen):
    """The learner's progress; the whole history is read once on opening."""

    def __init__(self) -> None:
        super().__init__()
        self.found = Statistics()

    def headline(self) -> tuple[Row, Row]:
        return (Span(self.words("progress.title"), strong=True),), ()

    def after_open(self) -> None:
        with suppress(OSError):
            self.found = self.tutor.statistics()
        super().after_open()

    def listing(self, cells: int) -> tuple[Rows, int]:
        tall = TALL if self.size.height >= AIRY else 1
        return progress_rows(self.course_view, self.found, cells, local_now(), tall=tall), -1
