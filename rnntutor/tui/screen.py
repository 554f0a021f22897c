"""The base class of all screens: a header, a rule, a body, and a footer that lists the commands."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget

from rnntutor.render.primitives.wrap import wrap
from rnntutor.session.course_view import CourseView
from rnntutor.spans import Row, Span, fit, width
from rnntutor.tui import keys
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.messages import FollowLink, GoHome
from rnntutor.tui.terminal.textual_private import Guarded, PaintedFirst, show_now
from rnntutor.tui.tutor import Tutor
from rnntutor.tui.widgets.rows_view import RowsView
from rnntutor.words import Words

if TYPE_CHECKING:  # not imported for the home screen
    from rnntutor.session.records import LogEntry

SMALLEST = (60, 20)
WIDE = 110  # columns from which the stage is placed beside the prose
AIRY = 28  # rows from which a page has room to spare
AROUND = 3  # rows of header, rule and footer
LINE = 76  # cells; longer lines are hard to read
PANEL = 116  # cells; a wider stage would be half empty
MARGIN = 2  # empty columns on each side in a narrow window


class TutorScreen(Guarded, PaintedFirst):
    """The base class of all screens, painted entirely from state by `paint`; widgets hold none.

    Subclasses override `body`, `headline`, `own_commands` and `paint_body`; the command `name` is
    executed by the method `do_<name>`. Textual calls the `on_<event>` methods of both the subclass
    and this class, the subclass's first.

    Attributes:
        trouble: error sentence shown instead of a page that could not be painted; empty if none.
    """

    DEFAULT_CSS = """
    TutorScreen { layout: vertical; overflow: hidden; }
    TutorScreen #header, TutorScreen #rule, TutorScreen #footer { height: 1; }
    TutorScreen #body { height: 1fr; }
    TutorScreen #small { display: none; }
    TutorScreen.-small #small, TutorScreen.-trouble #small { display: block; }
    TutorScreen.-small #header, TutorScreen.-small #rule { display: none; }
    TutorScreen.-small #body, TutorScreen.-small #footer { display: none; }
    TutorScreen.-trouble #body { display: none; }
    """

    trouble = ""
    _to_paint = False

    # ---- for subclasses -------------------------------------------------------------------------

    def body(self) -> Widget:
        """Return the widget between the rule and the footer."""
        return RowsView(id="rows")

    def headline(self) -> tuple[Row, Row]:
        """Return the left and right parts of the header."""
        return (), ()

    def own_commands(self) -> tuple[KeyCommand, ...]:
        """Return the screen's commands in its current state, the most important first."""
        return ()

    def field_commands(self, found: tuple[KeyCommand, ...]) -> tuple[KeyCommand, ...]:
        """Return `found`, adapted while a text field has the focus."""
        return found

    @property
    def in_field(self) -> bool:
        """Whether keys go into a text field."""
        return False

    def type_key(self, event: events.Key) -> bool:
        """Insert a key's character into a text field, unless the key calls a command.

        Returns:
            Whether the key was consumed.
        """
        return False

    def paint_body(self) -> None:
        """Paint the body from the current state."""

    def after_load(self) -> None:
        """Called when the learner's history has been read."""

    def translate(self) -> None:
        """Called after the language has changed, before the screen is painted again."""

    def leaving(self) -> None:
        """Called before the program ends or the page is left: the last chance to record events."""

    def after_open(self) -> None:
        """Called once the screen is composed and laid out, before its first key."""
        self.paint()

    def halt(self) -> None:
        """Pause everything that is running."""

    @property
    def is_busy(self) -> bool:
        """Whether the work started by the last key is still in progress."""
        return False

    @property
    def patience(self) -> float:
        """The time in seconds that keys wait while the screen is busy."""
        return 2.0

    def ways_out(self) -> tuple[KeyCommand, ...]:
        """Return the commands offered when the page could not be shown."""
        return (KeyCommand("leave_trouble", ("escape", "backspace", "enter"), "key.home"),)

    is_home = False

    @property
    def leads_home(self) -> bool:
        """Whether leaving the screen leads home, not to another screen below it."""
        stack = self.app.screen_stack
        below = stack[: stack.index(self)] if self in stack else []
        return not below or (isinstance(below[-1], TutorScreen) and below[-1].is_home)

    # ---- shared ---------------------------------------------------------------------------------

    @property
    def tutor(self) -> Tutor:
        """The application."""
        return cast("Tutor", self.app)

    @property
    def words(self) -> Words:
        """The texts of the current language."""
        return self.tutor.words

    @property
    def course_view(self) -> CourseView:
        """The course as the learner currently sees it."""
        return CourseView(self.tutor.course, self.tutor.progress, self.words)

    def tell(self, *told: LogEntry) -> None:
        """Record events in the log."""
        for kind, data in told:
            self.tutor.record(kind, **data)

    def compose(self) -> ComposeResult:
        yield RowsView(id="header")
        yield RowsView(id="rule")
        with Container(id="body"):
            yield self.body()
        yield RowsView(id="small")
        yield RowsView(id="footer", surface="stage")

    @property
    def is_small(self) -> bool:
        """Whether the window is too small for anything but a notice."""
        width, height = self.size
        return width < SMALLEST[0] or height < SMALLEST[1]

    def commands(self) -> tuple[KeyCommand, ...]:
        """Return all available commands; a screen's own hides a shared one with the same key."""
        if self.is_small:
            return tuple(c for c in keys.EVERYWHERE if c.name == "quit")
        own = self.ways_out() if self.trouble else self.field_commands(self.own_commands())
        taken = {key for command in own for key in command.keys}
        shared = () if self.in_field else keys.EVERYWHERE
        return (*own, *[c for c in shared if taken.isdisjoint(c.keys)])

    @property
    def wide(self) -> bool:
        """Whether the window has room for two columns."""
        return self.size.width >= WIDE

    def margin(self, cells: int = LINE) -> int:
        """Return the number of empty columns on each side of rows up to `cells` wide.

        A wide window centres the rows.
        """
        return (self.size.width - cells) // 2 if self.wide else MARGIN

    def sunk(self, rows: int) -> int:
        """Return the number of empty rows above a page of `rows` rows that fills the window.

        In a tall window all pages begin at the same height below the header, unless a page needs
        the room.
        """
        height = self.size.height
        return max(0, min((height - AIRY) // 2, (height - AROUND - rows) // 2))

    @property
    def is_shown(self) -> bool:
        """Whether the screen has widgets to paint; a closed screen loses its widgets one by one."""
        composed = self.is_mounted and bool(self.children) and self in self.app.screen_stack
        return composed and self.is_attached and bool(self.size.width)

    def paint(self) -> None:
        """Paint all parts of the screen from the current state."""
        if not self.is_shown or not self.is_painted:
            return
        self.set_class(bool(self.trouble), "-trouble")
        if not self.trouble:
            try:
                self._paint_page()
                return
            except Exception as error:
                self.handle_error(error)
        else:
            self._paint_trouble()

    def _paint_page(self) -> None:
        cells = self.size.width
        left, right = self.headline()
        space = max(2, cells - 4 - width(left) - width(right))
        head = fit((*left, Span(" " * space)), cells - 4 - width(right))
        self.rows("header").show(((*head, *right),))
        self.rows("rule").show(((Span("─" * (cells - 4), "line"),),))
        if self.is_small:
            self.rows("small").show(self._too_small())
        self.paint_body()
        self.paint_footer()

    def paint_footer(self) -> None:
        """Paint the commands available now."""
        cells = self.size.width - 4
        self.rows("footer").show((keys.footer(self.commands(), self.words, cells),))

    def _paint_trouble(self) -> None:
        self.set_focus(None)
        view = self.rows("small")
        view.margin = self.margin()
        rows = ((), *wrap((Span(self.trouble, "wrong"),), self.size.width - 2 * view.margin))
        view.show(self._too_small() if self.is_small else rows)
        self.paint_footer()

    def handle_error(self, error: Exception) -> None:
        """Show an error sentence instead of the page."""
        with contextlib.suppress(Exception):
            self.halt()
        self.tutor.contain(error, self)

    def do_leave_trouble(self, key: str) -> None:
        """Leave a screen that cannot be painted, for the one below or the home screen."""
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()
        else:
            self.app.post_message(GoHome())

    def paint_soon(self) -> None:
        """Paint once all sizes are known; several calls cause one repaint.

        A screen that has not been shown yet is painted when it is.
        """
        if self.is_painted and not self._to_paint:
            self._to_paint = True
            self.call_after_refresh(self._paint_now)

    def _paint_now(self) -> None:
        self._to_paint = False
        self.paint()

    def rows(self, name: str) -> RowsView:
        """Return the panel with this id."""
        return self.query_one(f"#{name}", RowsView)

    def restyle(self) -> None:
        """Apply the current theme; a screen that is not composed yet applies it on mount."""
        if not self.children:
            return
        for view in self.query(RowsView):
            view.ascii_only = self.words.ascii_only
            view.restyle(self.tutor.theme_name)
        page, stage = self.tutor.surfaces()
        self.styles.background = page
        self.rows("footer").styles.background = stage

    def _too_small(self) -> tuple[Row, ...]:
        text = self.words(
            "small.sentence",
            columns=SMALLEST[0],
            rows=SMALLEST[1],
            have_columns=self.size.width,
            have_rows=self.size.height,
        )
        return wrap((Span(text),), max(10, self.size.width - 4))

    # ---- Textual --------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.restyle()
        self.call_after_refresh(self._show_first)

    def _show_first(self) -> None:
        """Show the screen, whose layout is now complete."""
        self.is_painted = True
        self.after_open()
        self.refresh()

    def on_screen_resume(self) -> None:
        if self.is_painted:
            self.restyle()
            self.paint()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(self.is_small, "-small")
        self.paint_soon()

    def on_rows_view_resized(self, message: RowsView.Resized) -> None:
        message.stop()
        self.paint_soon()

    def on_rows_view_scrolled(self, message: RowsView.Scrolled) -> None:
        message.stop()
        if self.is_shown:
            self.paint_footer()

    def on_rows_view_failed(self, message: RowsView.Failed) -> None:
        message.stop()
        self.handle_error(message.error)

    async def take(self, event: events.Key | events.Paste) -> None:
        """Handle a key or a pasted text."""
        try:
            if isinstance(event, events.Paste):
                self.take_text(event.text)
            elif not self.type_key(event):
                await self.take_key(event)
            show_now(self)
        except Exception as error:
            self.handle_error(error)

    async def take_key(self, event: events.Key) -> None:
        """Execute the command of a key.

        A composed Hangul syllable consists of several keys; the second and later ones go to
        whichever screen is visible by then.
        """
        first, *others = keys.keys_of(event)
        self.tutor.keys.put_next(events.Key(key, key) for key in others)
        await self.press(first)

    def take_text(self, text: str) -> None:
        """Handle a pasted text."""

    async def press(self, key: str) -> bool:
        """Execute the command that `key` calls here.

        Returns:
            Whether the key called a command.
        """
        command = keys.find(self.commands(), key)
        if command is None:
            return False
        had_trouble, self.trouble = self.trouble, ""
        handler = getattr(self, f"do_{command.name}", None) or getattr(
            self.tutor, f"do_{command.name}"
        )
        result = handler(key)
        if result is not None:
            await result
        if had_trouble and not self.trouble:
            self.paint()
        return True

    async def on_rows_view_clicked(self, message: RowsView.Clicked) -> None:
        message.stop()
        kind, _, target = message.link.partition(":")
        if kind == "key":
            await self.press(target)
        else:
            self.follow(message.link)

    def follow(self, link: str) -> None:
        """Follow a "kind:target" link by the method `follow_<kind>`, or else by the application."""
        kind, _, target = link.partition(":")
        own = getattr(self, f"follow_{kind}", None)
        if own is not None:
            own(target)
        else:
            self.app.post_message(FollowLink(link))
