"""What the screens touch of Textual beyond its public interface (Textual 8.2; the names are listed
in `compatible`). Where one of them is gone each function does without, on plain Textual."""

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
LAYOUTS = 2  # the second gives room to what is as wide or as high as its text


def write(app: App[Any], text: str) -> None:
    """Send a control sequence to the terminal, behind what has been drawn so far."""
    if compatible() and app._driver is not None:
        app._driver.write(text)
        app._driver.flush()


def fail(app: App[Any], error: Exception) -> None:
    """End the application at once, as Textual does after an error, without printing it."""
    if not compatible():
        app.exit(return_code=1)
        return
    app._exception = error
    app._return_code = 1
    app._close_messages_no_wait()


def switch(app: App[Any], screen: Screen[Any]) -> None:
    """Another screen in place of the present one, also of the first of all: that one was never
    pushed, and `switch_screen` alone fails on it."""
    if not compatible():
        app.push_screen(screen)
        return
    if not app.screen._result_callbacks:
        app.screen._push_result_callback(app.screen, None)
    app.switch_screen(screen)


def in_one_frame(screen: Screen[Any], paint: Callable[[], None]) -> bool:
    """Paint, lay out and paint again until everything has its place, and only then show it; False
    where that cannot be done now.

    Left to itself Textual lays out first and shows what it has: what stood there before, in the
    new sizes. That would be sent, seen for a moment, and painted over.
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
    """Lay everything out; no widget asks for it once more on its own.

    What asks for it is arranged anew, as it would be on Textual's way to its next frame: each
    widget keeps how it arranged its children last.
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
    """Show what has been painted, before Textual's next frame comes round. Where a layout is due
    that is waited for: all would be shown where it stood before."""
    if not compatible():
        return  # Textual's next frame comes within a sixtieth of a second
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
    """The lines to be painted of widgets with nothing in them, and of no other: Textual draws
    every widget from the first of these lines to the last. None where one of them has others in
    it, is not wholly seen, or stands where the window, which has got smaller since the last layout,
    has no line any more."""
    places, height = screen._compositor.visible_widgets, screen.size.height
    for widget in painted:
        region, clip = places.get(widget, NOWHERE)
        if widget._nodes or not clip.contains_region(region) or not region:
            return None
        if region.bottom > height:
            return None
    from textual._compositor import ChopsUpdate

    parts: list[dict[int, Strip | None]] = [{} for _ in range(height)]
    ends: list[list[int]] = [[] for _ in parts]
    spans: list[tuple[int, int, int]] = []
    for widget in painted:
        x, y, width, _ = places[widget][0]
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
    """What runs inside does so as if `pump` had been sent a message."""
    return pump._context() if compatible() else contextlib.nullcontext()


RESTLESS = 50  # layouts and messages one after the other, after which a screen is taken as it is
SILENT = 5.0  # seconds after which nobody answers any more


async def at_rest(screen: Screen[Any]) -> None:
    """Wait until `screen` is composed and has handled and laid out all that was asked for."""
    for _ in range(RESTLESS):
        if not await _called_back(screen, screen.call_later):
            return
        if not (screen.is_current and is_layout_due(screen)):
            return
        if not await _called_back(screen, screen.call_after_refresh):
            return


async def caught_up(app: App[Any]) -> None:
    """Wait until `app` has handled all messages that it has been sent so far."""
    handled = asyncio.Event()
    if app.is_running and app.call_later(handled.set):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(handled.wait(), SILENT)


async def _called_back(screen: Screen[Any], call: Callable[[Callable[[], object]], bool]) -> bool:
    """Wait for a callback to be called; whether it was. A screen that is being composed may take
    its time."""
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
    """Whether something has no place yet, or is called after the next refresh."""
    if not compatible():
        return not screen.size
    return bool(screen._callbacks) or not screen.size or _has_layout_due(screen)


class Guarded(MessagePump):
    """A screen or widget that lives on when one of its messages cannot be handled: `failed` is
    told the error. To stand before Textual's class."""

    def failed(self, error: Exception) -> None:
        raise NotImplementedError

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            self.failed(error)


class GuardedApp(App[None]):
    """An application that lives on after an unexpected error: `failed` is told of it. Where Textual
    does not ask it, an error ends it. Its screens have no widgets for tooltips and notifications,
    of which it makes none."""

    def __init__(self) -> None:
        super().__init__()
        self._disable_tooltips = self._disable_notifications = True

    def failed(self, error: Exception) -> None:
        raise NotImplementedError

    def _handle_exception(self, error: Exception) -> None:
        self.failed(error)


class PaintedFirst(Screen[Any]):
    """A screen that is not shown before `is_painted` is set. Textual shows a new screen as soon as
    it has a layout, with its panels still empty."""

    is_painted = False

    def _compositor_refresh(self) -> None:
        if self.is_painted or not compatible():
            super()._compositor_refresh()


def send_only_what_is_new() -> ScreenBuffer:
    """From now on whatever Textual displays is compared with what the terminal shows already, and
    only the rest is sent. Returned is what it shows, to be forgotten when the terminal has lost
    it."""
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
