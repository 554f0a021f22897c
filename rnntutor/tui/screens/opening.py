"""The screen shown while a file is read and the modules of a lesson screen are imported."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rnntutor.failure import Failure
from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Row, Rows, Span
from rnntutor.tui.screen import LINE, TutorScreen
from rnntutor.tui.terminal.release_memory import release_later
from rnntutor.tui.terminal.textual_private import switch

if TYPE_CHECKING:
    from rnntutor.course.lesson import Lesson
    from rnntutor.session.start import Start

PATIENCE = 60.0  # seconds that keys wait for a file, even on a busy machine
SEEN = 200  # pages; more do not fit on one screen


class OpeningScreen(TutorScreen):
    """Shows which file is being opened, then switches to its lesson.

    Args:
        start: the parsed command line.
    """

    def __init__(self, start: Start) -> None:
        super().__init__()
        self._start = start
        self._opening = True
        self._lesson: Lesson | None = None

    @property
    def _file(self) -> str:
        path = self._start.open_file
        return (path.name or path.resolve().name) if path is not None else ""

    def headline(self) -> tuple[Row, Row]:
        if self._lesson is None:
            return (Span(self._file, strong=True),), ()
        from rnntutor.pages.cover import one_line
        from rnntutor.render.prose import Context

        title = one_line(self._lesson.title, Context(self.words))
        return tuple(s._replace(strong=True, link="") for s in title), ()

    def paint_body(self) -> None:
        view = self.rows("rows")
        view.margin = self.margin()
        view.show(self._rows(max(10, min(view.size.width - 4, LINE))))

    def _rows(self, cells: int) -> Rows:
        """Return a notice that the file is being read, or later the start of its first page."""
        lesson = self._lesson
        if lesson is None:
            said = self.words("opening.reading", name=self._file)
            return ((), *wrap((Span(said, "grey"),), cells))
        from rnntutor.pages.cover import cover
        from rnntutor.render.prose import Context, lay_out
        from rnntutor.session import contents
        from rnntutor.session import pages as page_list

        context = Context(self.words, code_from=0)
        pages = page_list.pages(lesson)
        if lesson.headless:
            return lay_out(lesson.steps[0].prose, cells, context)
        progress, entries = self.tutor.progress, sum(map(page_list.is_listed, pages))
        first = contents.first_undone(pages, progress)
        seen = pages[:SEEN]
        found = cover(
            lesson, seen, progress, self.words, cells, context, listed=False, entries=entries
        )
        return found.highlight(first)[0]

    @property
    def is_busy(self) -> bool:
        # Keys are meant for the file.
        return self._opening

    @property
    def patience(self) -> float:
        return PATIENCE

    def after_open(self) -> None:
        super().after_open()
        self.call_after_refresh(self.run_worker, self._open(), exit_on_error=False)

    async def _open(self) -> None:
        try:
            lesson = await asyncio.to_thread(self._read)
        except Exception as error:
            self._opening = False
            if not isinstance(error, Failure):
                self.handle_error(error)
                return
            self.trouble = error.sentence(self.words)
            self.paint()
            return
        from rnntutor.tui.screens.lesson import LessonScreen

        self._opening = False
        switch(self.app, LessonScreen(lesson, listed=False))
        release_later(self.app)

    def _read(self) -> Lesson:
        """Read the file as a lesson, then import the lesson screen in the background."""
        from rnntutor.course.opened.lesson import open_started

        start = self._start
        assert start.open_file is not None
        lesson = open_started(start.open_file, start.documents, self.words.lang, self.words)
        self.app.call_from_thread(self._begin, lesson)
        import rnntutor.tui.screens.lesson  # noqa: F401

        return lesson

    def _begin(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self.paint()
