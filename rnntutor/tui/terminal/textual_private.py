"""The screens' uses of Textual's private interface (Textual 8.2), listed in `compatible`.

If a name is missing, each function falls back to plain Textual.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from rich.color import ColorSystem
from rich.console import Console
from textual.app import App
from textual.geometry import Region
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from rnntutor.tui.terminal.cell_diff import ScreenBuffer
from rnntutor.tui.terminal.compatible import compatible

if TYPE_CHECKING:
    from textual._compositor import ChopsUpdate, LayoutUpdate

NOWHERE = (Region(), Region())
LAYOUTS = 2  # the second adapts widgets sized to their text


def write(app: App[Any], text: str) -> None:
    """Send a control sequence to the terminal after everything drawn so far."""
    if compatible() and app._driver is not None:
        app._driver.write(text)
        app._driver.flush()


def fail(app: App[Any], error: Exception) -> None:
    """End the application immediately, as Textual does after an error, without printing it."""
    if not compatible():
        app.exit(return_code=1)
        return
    app._exception = error
    app._return_code = 1
    app._close_messages_no_wait()


def switch(app: App[Any], screen: Screen[Any]) -> None:
    """Replace the current screen.

    This also works on the very first screen, on which `switch_screen` alone fails because it was
    never pushed.
    """
    if not compatible():
        app.push_screen(screen)
        return
    if not app.screen._result_callbacks:
        app.screen._push_result_callback(app.screen, None)
    app.switch_screen(screen)


def in_one_frame(screen: Screen[Any], paint: Callable[[], None]) -> bool:
    """Paint and lay out alternately, up to `LAYOUTS` layouts, and only then show the screen.

    Textual by itself lays out first and shows a frame of the old content at the new sizes before it
    is painted over.

    Returns:
        False if the screen cannot be painted now.
    """
    if not screen.is_current or not screen.size:
        return False
    if not compatible():
        paint()
        screen.refresh(layout=True)
        screen.call_after_refresh(paint)
        return True
    moved = False
    with screen.app.batch_update():
        paint()
        for _ in range(LAYOUTS):
            if _has_layout_due(screen):
                _lay_out(screen)
                paint()
                moved = True
    if moved:
        screen._compositor.update_widgets({screen})
        screen._compositor_refresh()
    return True


def _has_layout_due(screen: Screen[Any]) -> bool:
    return screen._layout_required or any(
        widget._layout_required for widget in screen.walk_children(Widget)
    )


def _lay_out(screen: Screen[Any]) -> None:
    """Lay out all widgets and clear their pending layout requests.

    Widgets cache the arrangement of their children; these caches are cleared on the path to each
    widget that requested a layout, as Textual does before its next frame.
    """
    screen._layout_required = False
    for widget in screen.walk_children(Widget):
        if widget._layout_required:
            widget._layout_required = False
            for ancestor in widget.ancestors:
                if isinstance(ancestor, Widget):
                    ancestor._clear_arrangement_cache()
                    ancestor._layout_updates += 1
    screen._refresh_layout()


def show_now(screen: PaintedFirst) -> None:
    """Show painted widgets before Textual's next frame, unless a layout is due.

    Before the layout, everything would be shown at its old position.
    """
    if not compatible():
        return  # Textual's next frame follows within 1/60 s
    if not screen.is_current or screen.app._batch_count or screen._layout_required:
        return
    widgets = screen.walk_children(Widget)
    if [widget for widget in widgets if widget._layout_required]:
        return
    painted = [widget for widget in widgets if widget._repaint_required and widget.display]
    for widget in painted:
        widget._repaint_required = False
    if not painted:
        return
    update = _lines(screen, painted) if screen.is_painted else None
    if update is not None:
        screen.app._display(screen, update)
    else:
        screen._compositor.update_widgets(set(painted))
        screen._compositor_refresh()


def _lines(screen: Screen[Any], painted: Sequence[Widget]) -> ChopsUpdate | None:
    """Return an update with only the dirty lines of leaf widgets.

    Textual itself redraws every widget between the first and the last dirty line.

    Returns:
        None if a widget has children, is partly hidden, or lies below the window, which may have
        shrunk since the last layout.
    """
    regions, height = screen._compositor.visible_widgets, screen.size.height
    for widget in painted:
        region, clip = regions.get(widget, NOWHERE)
        if widget._nodes or not clip.contains_region(region) or not region:
            return None
        if region.bottom > height:
            return None
    from textual._compositor import ChopsUpdate

    parts: list[dict[int, Strip | None]] = [{} for _ in range(height)]
    ends: list[list[int]] = [[] for _ in parts]
    spans: list[tuple[int, int, int]] = []
    for widget in painted:
        x, y, width, _ = regions[widget][0]
        dirty = widget._exchange_repaint_regions()
        due = sorted({line for region in dirty for line in region.line_range})
        if not due:
            continue
        strips = widget.render_lines(Region(0, due[0], width, due[-1] + 1 - due[0]))
        for line in due:
            parts[y + line][x] = strips[line - due[0]]
            ends[y + line].append(x + width)
            spans.append((y + line, x, x + width))
    return ChopsUpdate(parts, spans, ends) if spans else None


def as_pump(pump: MessagePump) -> AbstractContextManager[None]:
    """Return a context in which code runs as if handling a message of `pump`."""
    return pump._context() if compatible() else contextlib.nullcontext()


RESTLESS = 50  # rounds of layouts and messages after which a screen is used as it is
SILENT = 5.0  # seconds after which no answer is expected


async def at_rest(screen: Screen[Any]) -> None:
    """Wait until `screen` is composed and has handled all its messages and layouts."""
    for _ in range(RESTLESS):
        if not await _called_back(screen, screen.call_later):
            return
        if not (screen.is_current and is_layout_due(screen)):
            return
        if not await _called_back(screen, screen.call_after_refresh):
            return


async def caught_up(app: App[Any]) -> None:
    """Wait until `app` has handled all messages sent to it so far."""
    handled = asyncio.Event()
    if app.is_running and app.call_later(handled.set):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(handled.wait(), SILENT)


async def _called_back(screen: Screen[Any], call: Callable[[Callable[[], object]], bool]) -> bool:
    """Wait until `call` runs its callback; a screen that is being composed has unlimited time.

    Returns:
        Whether the callback was called.
    """
    called = asyncio.Event()
    if not call(called.set):
        return False
    while not called.is_set():
        composed = screen.is_mounted
        try:
            await asyncio.wait_for(called.wait(), SILENT)
        except TimeoutError:
            if composed or not screen.is_attached:
                return False
    return True


def is_layout_due(screen: Screen[Any]) -> bool:
    """Return whether a widget needs a layout or a callback waits for the next refresh."""
    if not compatible():
        return not screen.size
    return bool(screen._callbacks) or not screen.size or _has_layout_due(screen)


class Guarded(MessagePump):
    """A screen or widget that passes errors of its message handlers to `handle_error`.

    Must precede Textual's class in the bases.
    """

    def handle_error(self, error: Exception) -> None:
        raise NotImplementedError

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            self.handle_error(error)


class GuardedApp(App[None]):
    """An application that passes unexpected errors to `handle_error` instead of ending.

    An error ends it only where Textual does not call `_handle_exception`. Its screens lack the
    widgets for tooltips and notifications, which it does not use.
    """

    def __init__(self) -> None:
        super().__init__()
        self._disable_tooltips = self._disable_notifications = True

    def handle_error(self, error: Exception) -> None:
        raise NotImplementedError

    def _handle_exception(self, error: Exception) -> None:
        self.handle_error(error)


class PaintedFirst(Screen[Any]):
    """A screen that stays hidden until `is_painted` is set.

    Textual shows a new screen as soon as it is laid out, with its panels still empty.
    """

    is_painted = False

    def _compositor_refresh(self) -> None:
        if self.is_painted or not compatible():
            super()._compositor_refresh()


def send_only_what_is_new() -> ScreenBuffer:
    """Patch Textual's display updates to send only cells that differ from the terminal's.

    Returns:
        The copy of the terminal's cells, to be reset when the terminal has lost its content.
    """
    buffer = ScreenBuffer()
    if not compatible():
        return buffer
    from textual._compositor import ChopsUpdate, LayoutUpdate

    def sent(console: Console, pieces: Iterable[tuple[int, int, Strip]]) -> str:
        buffer.colours = console._color_system or ColorSystem.TRUECOLOR
        return buffer.diff(pieces)

    def part(self: ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
        for y, left, right in self.spans:
            ends = self.chop_ends[y]
            for end, (x, strip) in zip(ends, self.chops[y].items(), strict=False):
                first, last = max(x, left), min(end, right)
                if strip is None or first >= last:
                    continue
                yield (
                    first,
                    y,
                    strip if (first, last) == (x, end) else strip.crop(first - x, last - x),
                )

    def whole(self: LayoutUpdate) -> Iterator[tuple[int, int, Strip]]:
        for y, strips in enumerate(self.strips, self.region.y):
            yield self.region.x, y, Strip.join(strips)

    ChopsUpdate.render_segments = lambda self, console: sent(console, part(self))  # type: ignore[method-assign]
    LayoutUpdate.render_segments = lambda self, console: sent(console, whole(self))  # type: ignore[method-assign]
    return buffer
