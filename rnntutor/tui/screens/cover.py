"""The first page of a lesson: its steps are walked, one is opened."""

from __future__ import annotations

from rnntutor.pages import lesson as lesson_rows
from rnntutor.session import pages as page_list
from rnntutor.session.pages import COVER, Page
from rnntutor.session.typed_number import is_whole, typed
from rnntutor.tui.screens.reading import ReadingScreen


class CoverScreen(ReadingScreen):
    """Subclasses give `pages`, `page` and `go`."""

    pages: tuple[Page, ...]
    _seeks = True  # whether the step that is lit is brought into view
    _number = ""  # typed so far, of a step

    @property
    def page(self) -> Page:
        raise NotImplementedError

    def go(self, index: int) -> None:
        """To another page."""
        raise NotImplementedError

    def do_open_step(self, key: str) -> None:
        self.go(self.visit.cursor)

    def scroll(self, count: int) -> None:
        if self.page.kind == COVER:
            view = self.rows("prose")
            indices, rows = self._entries()
            place = indices.index(self.visit.cursor) if self.visit.cursor in indices else 0
            place, top = lesson_rows.walked(rows, place, view.top, view.size.height, count)
            self._walk(indices[place] if indices else 0, top)
        else:
            super().scroll(count)

    def _steps(self) -> list[int]:
        """The steps that the cover lists, as places among the pages."""
        return [n for n, page in enumerate(self.pages) if page_list.is_listed(page)]

    def _entries(self) -> tuple[list[int], list[int]]:
        """The steps that the cover lists, as places among the pages, and their rows."""
        first: dict[str, int] = {}
        for n, row in enumerate(self.rows("prose").rows):
            for span in row:
                # Under a heading without words of its own, the last row of a name is the entry's.
                if span.link and not (span.strong and not span.back):
                    first.setdefault(span.link, n)
        found = [
            (n, first[link]) for n in self._steps() if (link := f"page:{self.pages[n].id}") in first
        ]
        return [n for n, _ in found], [row for _, row in found]

    def _walk(self, cursor: int, top: int) -> None:
        self._seeks = False
        self.visit.cursor = cursor
        view = self.rows("prose")
        view.show(view.rows, top=top, page=self.page_key())
        self.paint()

    def do_top(self, key: str) -> None:
        self._walk(self._entries()[0][0] if self._entries()[0] else 0, 0)

    def do_bottom(self, key: str) -> None:
        indices, _ = self._entries()
        if indices:
            self._walk(indices[-1], len(self.rows("prose").rows))

    def do_jump(self, key: str) -> None:
        """To the step of that number on the cover; a whole number of several digits opens it."""
        indices, rows = self._entries()
        number = self._number = typed(self._number, key, len(indices))
        if not number:
            return
        place = int(number) - 1
        if is_whole(number, len(indices)):
            self.visit.cursor = indices[place]
            self.go(indices[place])
            return
        view = self.rows("prose")
        seen = view.top <= rows[place] < view.top + view.size.height
        self._walk(indices[place], view.top if seen else max(0, rows[place] - 1))

    async def press(self, key: str) -> bool:
        if not key.isdigit():
            self._number = ""
        return await super().press(key)
