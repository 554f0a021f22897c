"""A panel of rows. Only the rows that changed are drawn again."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from rnntutor.spans import Row, Rows, Span, fit
from rnntutor.ui.look import LOOKS, style_of


class RowsView(Widget):
    """Shows `rows` from row `top` on; never asks for a layout.

    surface: "page" or "stage". margin: empty columns on both sides.
    """

    DEFAULT_CSS = "RowsView { width: 1fr; height: 1fr; }"

    class Clicked(Message):
        """A span with a link was clicked."""

        def __init__(self, link: str) -> None:
            super().__init__()
            self.link = link

    class Resized(Message):
        """The panel has another size: its rows have to be made anew."""

    def __init__(self, *, surface: str = "page", margin: int = 2, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.surface = surface
        self.margin = margin
        self.rows: Rows = ()
        self.top = 0
        self.look = "dark"
        self._strips: dict[int, tuple[tuple[str, int, Row], Strip]] = {}

    # ---- what is shown ------------------------------------------------------------------------

    def show(self, rows: Rows, *, top: int | None = None) -> None:
        """Show other rows; what has not changed is not sent again. top: the first row shown."""
        old = self._visible()
        self.rows = rows
        self.top = self._within(self.top if top is None else top)
        new = self._visible()
        width = self.size.width
        if not self.is_attached or not new or width <= self.margin:
            return
        changed = [y for y, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def restyle(self, look: str) -> None:
        """Show the same rows in another theme."""
        if look != self.look:
            self.look = look
            self.refresh()

    def scroll_rows(self, count: int) -> None:
        """Scroll by `count` rows, as far as there are rows."""
        self.show(self.rows, top=self.top + count)

    def reveal(self, index: int) -> None:
        """Scroll just so far that row `index` is seen."""
        height = max(1, self.size.height)
        if index < self.top:
            self.show(self.rows, top=index)
        elif index >= self.top + height:
            self.show(self.rows, top=index - height + 1)

    @property
    def more_above(self) -> bool:
        return self.top > 0

    @property
    def more_below(self) -> bool:
        return self.top + self.size.height < len(self.rows)

    def _within(self, top: int) -> int:
        return max(0, min(top, len(self.rows) - max(1, self.size.height)))

    def _visible(self) -> list[Row]:
        size = self.size
        height = size.height
        seen = self.rows[self.top : self.top + height]
        shown = [*seen, *([()] * (height - len(seen)))]
        if shown and self.top + height < len(self.rows):
            shown[-1] = self._row(height - 1, size)
        if shown and self.more_above:
            shown[0] = self._row(0, size)
        return shown

    def _row(self, y: int, size: Size) -> Row:
        index = self.top + y
        found = self.rows[index] if index < len(self.rows) else ()
        if y == 0 and self.top > 0:
            return self._marked(found, "▴", size.width)
        if index < len(self.rows) - 1 and y == size.height - 1:
            return self._marked(found, "▾", size.width)
        return found

    def _marked(self, row: Row, mark: str, cells: int) -> Row:
        """The row with a sign at its right edge that there is more."""
        inner = cells - 2 * self.margin
        return (
            *fit(row, inner),
            Span(f" {mark}".rjust(self.margin) if self.margin else "", "accent"),
        )

    # ---- Textual --------------------------------------------------------------------------------

    def on_resize(self) -> None:
        top = self._within(self.top)
        if top != self.top:
            # It has been painted in its new size already, from the row that used to be its first.
            self.top = top
            self.refresh()
        self.post_message(self.Resized())

    def render_lines(self, crop: Region) -> list[Strip]:
        """As Textual does it, but for borders, padding and opacity, of which there are none here.
        A row that is as it was keeps its strip."""
        size = self.size
        strips = [self._strip(y, size) for y in crop.line_range]
        if (crop.x, crop.width) == (0, size.width):
            return strips
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def render_line(self, y: int) -> Strip:
        return self._strip(y, self.size)

    def _strip(self, y: int, size: Size) -> Strip:
        row, width = self._row(y, size), size.width
        kept = self._strips.get(y)
        if kept is not None and kept[0] == (self.look, width, row):
            return kept[1]
        look = LOOKS[self.look]
        surface = look.stage if self.surface == "stage" else look.page
        whole = fit((Span(" " * self.margin), *row), width)
        segments = [Segment(s.text, style_of(self.look, surface, s)) for s in whole if s.text]
        strip = Strip(segments, width)
        for each in self.get_line_filters():
            # The tables of colours hold none of the terminal's own sixteen.
            if not isinstance(each, ANSIToTruecolor):
                strip = strip.apply_filter(each, self.background_colors[1])
        self._strips[y] = (self.look, width, row), strip
        return strip

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
        at = self.margin
        for span in self._row(y, self.size) if 0 <= y < self.size.height else ():
            if at <= x < at + span.width:
                return span.link
            at += span.width
        return ""
