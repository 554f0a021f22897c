"""A scrollable panel of rows that repaints only changed rows."""

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
from rnntutor.tui.scroll import TOP, Scroll, row_of, scroll_to
from rnntutor.tui.terminal.textual_private import Guarded


class RowsView(Guarded, Widget):
    """A panel of rows that never requests a layout.

    Each visible row is compared with the row last painted in its line, and repainted exactly if it
    differs, whatever the cause.

    Args:
        surface: "page" or "stage".
        margin: number of empty columns on each side.
    """

    DEFAULT_CSS = "RowsView { width: 1fr; height: 1fr; }"

    class Clicked(Message):
        """Posted when a span with a link is clicked."""

        def __init__(self, link: str) -> None:
            super().__init__()
            self.link = link

    class Failed(Message):
        """Posted when a row could not be painted or a handler failed."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    class Resized(Message):
        """Posted when the panel's size has changed, so that its rows must be laid out again."""

    class Scrolled(Message):
        """Posted when other rows become visible; hints about further rows may change."""

    def __init__(self, *, surface: str = "page", margin: int = 2, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.surface = surface
        self.margin = margin
        self._rows: Rows = ()
        self._top = 0
        self._page: object = None  # the page that the rows belong to
        self._scrolls: dict[object, Scroll] = {}  # scroll position of each page
        self._revealed = -1
        self._made_for = Size()  # size of the panel when its rows were laid out
        self.theme_name = "dark"
        self.ascii_only = False
        self._painted: dict[int, tuple[tuple[str, int, int, str, Row], Strip]] = {}

    # ---- what is shown ------------------------------------------------------------------------

    @property
    def rows(self) -> Rows:
        """All rows, including those scrolled out of view."""
        return self._rows

    @property
    def top(self) -> int:
        """The first visible row."""
        return self._within(self._top)

    def show(self, rows: Rows, *, top: int | None = None, page: object = None) -> None:
        """Show `rows`; unchanged ones are not repainted.

        Args:
            rows: the rows to show.
            top: the first visible row. None keeps the page's previous one, or the same position in
                the text if its width has changed.
            page: identifies the page that the rows belong to. Each page keeps its own scroll
                position, initially the top.
        """
        if page != self._page:
            self._page, self._revealed = page, -1
        size = self.size
        self._rows, self._made_for = rows, size
        if top is not None:
            top = top and self._within(top)
            before = self._scrolls.get(page, TOP)
            self._scrolls[page] = scroll_to(rows, size.width, top, before) if top else TOP
        scroll = self._scrolls.get(page, TOP)
        self._top = row_of(scroll, rows, size.width) if scroll.row else 0
        self._refresh_changed(size)

    def _refresh_changed(self, size: Size) -> None:
        """Request a repaint of the rows that differ from what was last painted."""
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
        """Scroll by `count` rows, within the limits."""
        before = self.top
        self.show(self._rows, top=before + count, page=self._page)
        if self.top != before:
            self.post_message(self.Scrolled())

    def reveal(self, index: int, last: int = -1) -> None:
        """Scroll as little as possible to make row `index` visible, with the rows up to `last`.

        If the same row was revealed before and a resize has hidden it, the page's stored scroll
        position is kept for when the size is restored.
        """
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
        """Whether rows above are scrolled out of view."""
        return self.top > 0

    @property
    def more_below(self) -> bool:
        """Whether rows below are scrolled out of view."""
        return self.top + self.size.height < len(self._rows)

    def _within(self, top: int) -> int:
        return max(0, min(top, len(self._rows) - max(1, self.size.height)))

    def _in_view(self, height: int) -> list[tuple[str, Row]]:
        """Return the visible rows; the first and last get a sign if there are more."""
        top = max(0, min(self._top, len(self._rows) - max(1, height)))
        seen = [("", row) for row in self._rows[top : top + height]]
        seen += [("", ())] * (height - len(seen))
        if seen and top + height < len(self._rows):
            seen[-1] = ("▾", seen[-1][1])
        if seen and top:
            seen[0] = ("▴", seen[0][1])
        return seen

    def _fit_row(self, mark: str, row: Row, width: int) -> Row:
        """Return a row fitted to `width` cells with its margins, the sign at the right edge."""
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
        """Render lines, reusing the strips of unchanged rows.

        Unlike Textual's method this ignores borders, padding and opacity, which are not used here.
        """
        size = self.size
        try:
            seen = self._in_view(size.height)
            strips = [self._strip(y, size.width, *seen[y]) for y in crop.line_range]
        except Exception as error:
            self.handle_error(error)
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
        whole = self._fit_row(mark, row, width)
        segments = [Segment(s.text, style_of(self.theme_name, surface, s)) for s in whole if s.text]
        strip = Strip(segments, width)
        for each in self.get_line_filters():
            # The themes contain none of the terminal's 16 ANSI colours.
            if not isinstance(each, ANSIToTruecolor):
                strip = strip.apply_filter(each, self.background_colors[1])
        self._painted[y] = (self.theme_name, width, self.margin, mark, row), strip
        return strip

    def handle_error(self, error: Exception) -> None:
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
        """Return the link at a cell of this widget; "" if there is none."""
        height, at = self.size.height, 0
        row = self._fit_row(*self._in_view(height)[y], self.size.width) if 0 <= y < height else ()
        for span in row:
            if at <= x < at + span.width:
                return span.link
            at += span.width
        return ""
