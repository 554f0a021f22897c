"""What every screen has: a header, a hairline, a body, a footer made of its commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.widget import Widget

from rnntutor.spans import Row, Span, fit, width
from rnntutor.ui import keys
from rnntutor.ui.keys import Command
from rnntutor.ui.rows_view import RowsView
from rnntutor.ui.textual_private import show_now
from rnntutor.words import Words

if TYPE_CHECKING:
    from rnntutor.ui.app import TutorApp

SMALLEST = (60, 20)
WIDE = 110  # columns from which the stage stands beside the prose


class TutorScreen(Screen[None]):
    """Subclasses give `body`, `headline`, `own_commands` and `paint_body`; `do_<name>` methods
    carry commands out. Everything is painted from state by `paint`; no widget holds any."""

    DEFAULT_CSS = """
    TutorScreen { layout: vertical; }
    TutorScreen #header, TutorScreen #rule, TutorScreen #footer { height: 1; }
    TutorScreen #body { height: 1fr; }
    TutorScreen #small { display: none; }
    TutorScreen.-small #small { display: block; }
    TutorScreen.-small #header, TutorScreen.-small #rule { display: none; }
    TutorScreen.-small #body, TutorScreen.-small #footer { display: none; }
    """

    _to_paint = False

    # ---- for subclasses -------------------------------------------------------------------------

    def body(self) -> Widget:
        """The widget between hairline and footer."""
        return RowsView(id="rows")

    def headline(self) -> tuple[Row, Row]:
        """The header's left and right side."""
        return (), ()

    def own_commands(self) -> tuple[Command, ...]:
        """What can be done here now, the most important first."""
        return ()

    def paint_body(self) -> None:
        """Show the present state."""

    def loaded(self) -> None:
        """The learner's history has been read."""

    # ---- shared ---------------------------------------------------------------------------------

    @property
    def tutor(self) -> TutorApp:
        return cast("TutorApp", self.app)

    @property
    def words(self) -> Words:
        return self.tutor.words

    def compose(self) -> ComposeResult:
        yield RowsView(id="header")
        yield RowsView(id="rule")
        with Container(id="body"):
            yield self.body()
        yield RowsView(id="footer", surface="stage")
        yield RowsView(id="small")

    def commands(self) -> tuple[Command, ...]:
        """Everything that works here; a screen's own command takes a key before the shared one."""
        own = self.own_commands()
        taken = {key for command in own for key in command.keys}
        shared = (c for c in keys.EVERYWHERE if not taken & set(c.keys))
        return (*own, *shared)

    def paint(self) -> None:
        """Show the present state, on every part of the screen."""
        if not (self.is_mounted and self.is_attached and self.size.width):
            return
        cells = self.size.width
        left, right = self.headline()
        space = max(2, cells - 4 - width(left) - width(right))
        head = fit((*left, Span(" " * space)), cells - 4 - width(right))
        self.rows("header").show(((*head, *right),))
        self.rows("rule").show(((Span("─" * (cells - 4), "line"),),))
        self.rows("small").show(self._too_small())
        self.paint_body()
        self.rows("footer").show((keys.footer(self.commands(), self.words, cells - 4),))

    def paint_soon(self) -> None:
        """Paint once all sizes are known; several calls make one painting."""
        if not self._to_paint:
            self._to_paint = True
            self.call_after_refresh(self._paint_now)

    def _paint_now(self) -> None:
        self._to_paint = False
        self.paint()

    def rows(self, name: str) -> RowsView:
        return self.query_one(f"#{name}", RowsView)

    def restyle(self) -> None:
        """Wear the present theme."""
        for view in self.query(RowsView):
            view.restyle(self.tutor.look)
        look = self.tutor.surfaces()
        self.styles.background = look[0]
        self.rows("footer").styles.background = look[1]

    def _too_small(self) -> tuple[Row, ...]:
        text = self.words(
            "small.sentence",
            columns=SMALLEST[0],
            rows=SMALLEST[1],
            have_columns=self.size.width,
            have_rows=self.size.height,
        )
        return tuple((Span(line),) for line in _broken(text, max(10, self.size.width - 4)))

    # ---- Textual --------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.restyle()
        self.paint_soon()

    def on_screen_resume(self) -> None:
        self.restyle()
        self.paint()

    def on_resize(self, event: events.Resize) -> None:
        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        self.set_class(small, "-small")
        self.paint_soon()

    def on_rows_view_resized(self, message: RowsView.Resized) -> None:
        message.stop()
        self.paint_soon()

    async def on_key(self, event: events.Key) -> None:
        taken = False
        for key in keys.pressed(event):
            taken = await self.press(key) or taken
        show_now(self)
        if taken or event.key in ("tab", "shift+tab"):
            event.stop()
            event.prevent_default()

    async def press(self, key: str) -> bool:
        """Carry out what `key` calls here; whether it called anything."""
        command = keys.find(self.commands(), key)
        if command is None:
            return False
        handler = getattr(self, f"do_{command.name}", None) or getattr(
            self.tutor, f"do_{command.name}"
        )
        result = handler(key)
        if result is not None:
            await result
        return True

    async def on_rows_view_clicked(self, message: RowsView.Clicked) -> None:
        message.stop()
        kind, _, target = message.link.partition(":")
        if kind == "key":
            await self.press(target)
        else:
            self.follow(message.link)

    def follow(self, link: str) -> None:
        """Go where a link of the prose leads."""
        self.tutor.follow(link)


def _broken(text: str, cells: int) -> list[str]:
    """`text` in lines of at most `cells` cells, broken at spaces."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width([Span(longer)]) <= cells:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
