"""What the learner knows, with its evidence."""

from __future__ import annotations

from rnntutor.pages.progress import progress_rows
from rnntutor.spans import Row, Rows, Span
from rnntutor.study.log import local_now
from rnntutor.study.statistics import Statistics
from rnntutor.tui.keys import Command
from rnntutor.tui.screens.menu import MenuScreen


class ProgressScreen(MenuScreen):
    """Reads the whole history once, when it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Statistics | None = None

    def headline(self) -> tuple[Row, Row]:
        return (Span(self.words("progress.title"), strong=True),), ()

    def own_commands(self) -> tuple[Command, ...]:
        return tuple(c for c in super().own_commands() if c.name != "choose")

    @property
    def found(self) -> Statistics:
        if self._found is None:
            try:
                self._found = self.tutor.statistics()
            except OSError:
                self._found = Statistics()
        return self._found

    def listing(self, cells: int) -> tuple[Rows, int]:
        tutor = self.tutor
        rows = progress_rows(
            tutor.course, tutor.progress, self.found, self.words, cells, local_now()
        )
        return rows, -1
