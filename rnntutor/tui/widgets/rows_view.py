"""A panel of rows. Only the rows that changed are drawn again."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from rnntutor.render.theme import THEMES, style_of
from rnntutor.spans import Row, Rows, Span, fit
from rnntutor.spans import width as width_of
from rnntutor.tui.scroll import TOP, Scroll, row_of, scrolled
from rnntutor.tui.terminal.textual_private import Guarded


class RowsView(Guarded, Widget):
    """Shows `rows` from row `top` on; never asks for a layout.

    Whatever is to be seen is compared with what was painted last, row by row, so that a row is
    painted again exactly when it differs, by whatever way it came to differ.

    surface: "page" or "stage". margin: empty columns on both sides.
    """

    DEFAULT_CSS = "RowsView { width: 1fr; height: 1fr; }"

    class Clicked(Message):
        """A span with a link was clicked."""

        def __init__(self, link: str) -> None:
            super().__init__()
            self.link = link

    class Failed(Message):
        """A row could not be painted, or something else went wrong."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    class Resized(Message):
        """The panel has another size: its rows have to be made anew."""

    class Scrolled(Message):
        """Other rows are seen: what is told of them elsewhere (whether there are more) changes."""

    def __init__(self, *, surface: str = "page", margin: int = 2, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.surface = surface
        self.margin = margin
        self._rows: Rows = ()
        self._top = 0
        self._page: object = None  # whose rows are shown
        self._scrolls: dict[object, Scroll] = {}  # how far each page is scrolled
        self._revealed = -1
        self._made_for = Size()  # the size of the panel when its rows were made
        self.theme_name = "dark"
        self.ascii_only = False
        self._painted: dict[int, tuple[tuple[str, int, int, str, Row], Strip]] = {}

    # ---- what is shown ------------------------------------------------------------------------

    @property
    def rows(self) -> Rows:
        """All rows, also those that are out of sight."""
        return self._rows

    @property
    def top(self) -> int:
        """The first row that is seen."""
        return self._within(self._top)

    def show(self, rows: Rows, *, top: int | None = None, page: object = None) -> None:
        """Show other rows; what has not changed is not painted again.

        Args:
            top: The first row to show. Without it, what was the first before: the same row, or
                the same place in the text when it has been laid out in another width.
            page: Whose rows these are, anything that tells one page from another. Each page has
                its own place, its top at first.
        """
        if page != self._page:
            self._page, self._revealed = page, -1
        size = self.size
        self._rows, self._made_for = rows, size
        if top is not None:
            top = top and self._within(top)
            before = self._scrolls.get(page, TOP)
            self._scrolls[page] = scrolled(rows, size.width, top, before) if top else TOP
        scroll = self._scrolls.get(page, TOP)
        self._top = row_of(scroll, rows, size.width) if scroll.row else 0
        self._refresh_changed(size)

    def _refresh_changed(self, size: Size) -> None:
        """Have the rows painted again that are not as they were painted last."""
        if not self.is_attached or not size.height or size.width <= self.margin:
            return
        name, width, painted = self.theme_name, size.width, self._painted
        changed = [
            y
            for y, (mark, row) in enumerate(self._in_view(size.height))
            if y not in painted or painted[y][0] != (name, width, self.margin, mark, row)
        ]
        if changed:
            self.refresh(*[Region(0, y, width, 1) for y in changed])

    def restyle(self, theme_name: str) -> None:
        """Show the same rows in another theme."""
        self.theme_name = theme_name
        self._refresh_changed(self.size)

    def scroll_rows(self, count: int) -> None:
        """Scroll by `count` rows, as far as there are rows."""
        before = self.top
        self.show(self._rows, top=before + count, page=self._page)
        if self.top != before:
            self.post_message(self.Scrolled())

    def reveal(self, index: int, last: int = -1) -> None:
        """Scroll just so far that row `index` is seen, with those up to `last`. Where it is the one
        that was revealed before, and another size has put it out of sight, the page keeps its place
        for when the size comes back."""
        height = max(1, self.size.height)
        top = min(max(self.top, max(index, last) - height + 1), index)
        again, self._revealed = index == self._revealed, index
        if top == self.top:
            return
        if again:
            self._top = top
            self._refresh_changed(self.size)
        else:
            self.show(self._rows, top=top, page=self._page)

    @property
    def more_above(self) -> bool:
        return self.top > 0

    @property
    def more_below(self) -> bool:
        return self.top + self.size.height < len(self._rows)

    def _within(self, top: int) -> int:
        return max(0, min(top, len(self._rows) - max(1, self.size.height)))

    def _in_view(self, height: int) -> list[tuple[str, Row]]:
        """The rows that are seen, the first and the last with a sign where there are more."""
        top = max(0, min(self._top, len(self._rows) - max(1, height)))
        seen = [("", row) for row in self._rows[top : top + height]]
        seen += [("", ())] * (height - len(seen))
        if seen and top + height < len(self._rows):
            seen[-1] = ("▾", seen[-1][1])
        if seen and top:
            seen[0] = ("▴", seen[0][1])
        return seen

    def _fitted(self, mark: str, row: Row, width: int) -> Row:
        """A row in `width` cells, between empty columns, with the sign at its right edge."""
        inner = width - 2 * self.margin
        if mark:
            sign = Span(f" {mark}" if self.margin else "", "accent")
            row = (*fit(row, inner), sign)
        elif width_of(row) > inner:
            row = fit(row, inner)
        row = fit((Span(" " * self.margin), *row), width)
        if not self.ascii_only:
            return row
        from rnntutor.render.primitives.glyphs import ascii_row

        return ascii_row(row)

    # ---- Textual --------------------------------------------------------------------------------

    def on_resize(self) -> None:
        if self.size != self._made_for:
            self.show(self._rows, page=self._page)
            self.post_message(self.Resized())

    def render_lines(self, crop: Region) -> list[Strip]:
        """As Textual does it, but for borders, padding and opacity, of which there are none here.
        A row that is as it was keeps its strip."""
        size = self.size
        try:
            seen = self._in_view(size.height)
            strips = [self._strip(y, size.width, *seen[y]) for y in crop.line_range]
        except Exception as error:
            self.failed(error)
            strips = [Strip.blank(size.width) for _ in crop.line_range]
        if (crop.x, crop.width) == (0, size.width):
            return strips
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def _strip(self, y: int, width: int, mark: str, row: Row) -> Strip:
        painted = self._painted.get(y)
        if painted is not None and painted[0] == (self.theme_name, width, self.margin, mark, row):
            return painted[1]
        theme = THEMES[self.theme_name]
        surface = theme.stage if self.surface == "stage" else theme.page
        whole = self._fitted(mark, row, width)
        segments = [Segment(s.text, style_of(self.theme_name, surface, s)) for s in whole if s.text]
        strip = Strip(segments, width)
        for each in self.get_line_filters():
            # The tables of colours hold none of the terminal's own sixteen.
            if not isinstance(each, ANSIToTruecolor):
                strip = strip.apply_filter(each, self.background_colors[1])
        self._painted[y] = (self.theme_name, width, self.margin, mark, row), strip
        return strip

    def failed(self, error: Exception) -> None:
        self.post_message(self.Failed(error))

    def on_click(self, event: events.Click) -> None:
        link = self.link_at(event.x, event.y)
        if link:
            event.stop()
            self.post_message(self.Clicked(link))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_rows(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_rows(-3)

    def link_at(self, x: int, y: int) -> str:
        """The link under a cell of this widget; "" where there is none."""
        height, at = self.size.height, 0
        row = self._fitted(*self._in_view(height)[y], self.size.width) if 0 <= y < height else ()
        for span in row:
            if at <= x < at + span.width:
                return span.link
            at += span.width
        return ""
