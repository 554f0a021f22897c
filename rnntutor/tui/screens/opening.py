"""What is seen of a file until it has been read, and all that shows a lesson has been loaded."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Row, Span
from rnntutor.tui.screen import TutorScreen
from rnntutor.tui.terminal.release_memory import tidy
from rnntutor.tui.terminal.textual_private import switch

if TYPE_CHECKING:
    from rnntutor.course.blocks import Lesson
    from rnntutor.session.start import Start

TIDY = 1.0  # seconds after the file has been opened, while it is read


class OpeningScreen(TutorScreen):
    """Says which file is being opened, and gives way to it. start: what was asked for."""

    def __init__(self, start: Start) -> None:
        super().__init__()
        self._start = start
        self._opening = True

    @property
    def _file(self) -> str:
        path = self._start.open_file
        return (path.name or path.resolve().name) if path is not None else ""

    def headline(self) -> tuple[Row, Row]:
        return (Span(self._file, strong=True),), ()

    def paint_body(self) -> None:
        said = self.words("opening.reading", name=self._file)
        view = self.rows("rows")
        view.show(((), *wrap((Span(said, "grey"),), max(10, view.size.width - 4))))

    @property
    def is_busy(self) -> bool:
        # Keys are for the file.
        return self._opening

    def opened(self) -> None:
        super().opened()
        self.call_after_refresh(self.run_worker, self._open(), exit_on_error=False)

    async def _open(self) -> None:
        try:
            lesson = await asyncio.to_thread(self._read)
        except Exception as error:
            self._opening = False
            if not hasattr(error, "key"):
                self.failed(error)
                return
            self.trouble = self.tutor.sentence(error)
            self.paint()
            return
        from rnntutor.tui.screens.lesson import LessonScreen

        self._opening = False
        switch(self.app, LessonScreen(lesson, listed=False))
        self.app.set_timer(TIDY, tidy)

    def _read(self) -> Lesson:
        """The file as a lesson; on the way, all that shows one."""
        import rnntutor.tui.screens.lesson  # noqa: F401
        from rnntutor.course.opened.lesson import open_started

        start = self._start
        assert start.open_file is not None
        return open_started(start.open_file, start.documents, self.words.lang, self.words)
