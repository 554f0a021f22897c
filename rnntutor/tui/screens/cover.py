"""The first page of a lesson: move through its steps and open one."""

from __future__ import annotations

from bisect import bisect_right

from rnntutor.course.lesson import Lesson
from rnntutor.course.report import Problem
from rnntutor.pages import faults as fault_rows
from rnntutor.pages import lesson as lesson_rows
from rnntutor.pages.cover import Cover, cover
from rnntutor.render.prose import Context
from rnntutor.session import faults
from rnntutor.session.pages import COVER, is_listed
from rnntutor.session.typed_number import append_digit, is_whole
from rnntutor.spans import Rows
from rnntutor.tui.screens.walking import WalkingScreen


class CoverScreen(WalkingScreen):
    """The lesson screen with its cover."""

    _seeks = True  # whether the highlighted step is scrolled into view
    _number = ""  # digits of a step's number typed so far
    _laid_out: Cover | None = None
    _made_of: tuple[object, ...] = ()  # what `_laid_out` was made from
    _faults: tuple[Lesson, tuple[Problem, ...]] | None = None  # None until first needed

    def wrong_here(self) -> tuple[Problem, ...]:
        """Return the problems found in the lesson's file."""
        lesson = self.lesson
        if self._faults is None or self._faults[0] is not lesson:
            found = faults.of_lesson(self.tutor.course, lesson) if self.listed else ()
            self._faults = lesson, found
        return self._faults[1]

    def do_open_step(self, key: str) -> None:
        """Open the step at the cursor."""
        self.go(self.page_state.cursor)

    def scroll(self, count: int) -> None:
        if self.page.kind == COVER:
            view = self.rows("prose")
            indices, rows = self._entries()
            entry = max(0, bisect_right(indices, self.page_state.cursor) - 1)
            entry, top = lesson_rows.walk_list(rows, entry, view.top, view.size.height, count)
            self._walk(indices[entry] if indices else 0, top)
        else:
            super().scroll(count)

    def cover(self, cells: int, context: Context) -> Cover:
        """Return the cover as laid out; that of a file never changes and is cached."""
        made_of = self.pages, self.words, cells, context.code_from
        if self.listed or self._laid_out is None or self._made_of != made_of:
            given = self.lesson, self.pages, self.tutor.progress, self.words, cells, context
            above = fault_rows.count_rows(self.wrong_here(), self.words, cells)
            if above and not any(is_listed(page) for page in self.pages):
                most = fault_rows.MORE
                above += ((), *fault_rows.fault_rows(self.wrong_here(), self.words, cells, most))
            self._laid_out = cover(*given, listed=self.listed, above=above)
            self._made_of = made_of
        return self._laid_out

    def _entries(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the listed steps, as indices of pages, and their first rows."""
        laid = self._laid_out
        return (laid.steps, tuple(self.air + n for n in laid.first)) if laid else ((), ())

    def text_rows(self) -> Rows:
        rows = super().text_rows()
        first = self._entries()[1]
        return rows[: first[0]] if self.page.kind == COVER and first else rows

    def _walk(self, cursor: int, top: int) -> None:
        self._seeks = False
        self.page_state.cursor = cursor
        view = self.rows("prose")
        view.show(view.rows, top=top, page=self.page_key())
        self.paint()

    def do_top(self, key: str) -> None:
        """Move the cursor to the first step."""
        self._walk(self._entries()[0][0] if self._entries()[0] else 0, 0)

    def do_bottom(self, key: str) -> None:
        """Move the cursor to the last step and scroll to the end."""
        indices, _ = self._entries()
        if indices:
            self._walk(indices[-1], len(self.rows("prose").rows))

    def do_jump(self, key: str) -> None:
        """Move to the step with the typed number; a complete number of several digits opens it."""
        indices, rows = self._entries()
        number = self._number = append_digit(self._number, key, len(indices))
        if not number:
            return
        entry = int(number) - 1
        if is_whole(number, len(indices)):
            self.page_state.cursor = indices[entry]
            self.go(indices[entry])
            return
        view = self.rows("prose")
        seen = view.top <= rows[entry] < view.top + view.size.height
        self._walk(indices[entry], view.top if seen else max(0, rows[entry] - 1))

    async def press(self, key: str) -> bool:
        if not key.isdigit():
            self._number = ""
        return await super().press(key)
