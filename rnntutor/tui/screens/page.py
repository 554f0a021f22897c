"""A page: prose or a question on one side, the stage on the other, the field between them."""

from __future__ import annotations

from textual import events
from textual.containers import Container, Vertical
from textual.widget import Widget

from rnntutor.course.blocks import Link
from rnntutor.pages import question as question_rows
from rnntutor.pages import stage as stage_rows
from rnntutor.pages.questions import drawing_of
from rnntutor.render.primitives.wrap import wrap
from rnntutor.session import acts
from rnntutor.session import question as questions
from rnntutor.session.question import ANSWERING
from rnntutor.spans import Rows
from rnntutor.tui.messages import OpenExperiment
from rnntutor.tui.screen import WIDE
from rnntutor.tui.screens.entry import EntryScreen
from rnntutor.tui.terminal.textual_private import TextField, in_one_frame
from rnntutor.tui.widgets.rows_view import RowsView

AIRY = 28  # rows from which a page begins with an empty one
STAGE_SHARE = 0.5  # of a wide screen
LINE = 76  # cells; longer lines are hard to read


class PageScreen(EntryScreen):
    """Subclasses give `visit`, `page_commands` and `page_rows`."""

    DEFAULT_CSS = """
    PageScreen #columns { layout: vertical; }
    PageScreen #left { width: 1fr; height: 1fr; }
    PageScreen #ask { display: none; }
    PageScreen #entry-line { height: 1; display: none; layout: horizontal; }
    PageScreen #label { height: 1; width: 12; }
    PageScreen #worth { height: 1; width: 0; }
    PageScreen TextField { height: 1; width: 1fr; border: none; padding: 0; }
    PageScreen.-wide #columns { layout: horizontal; }
    """

    zoomed = False
    _field_hidden = False

    # ---- for subclasses -------------------------------------------------------------------------

    def page_rows(self, cells: int) -> Rows:
        """The prose or the question."""
        return ()

    def page_key(self) -> object:
        """What tells this page from the others of the screen: each is scrolled for itself."""
        return None

    def experiments(self) -> tuple[Link, ...]:
        """The simulations that the page links to."""
        return ()

    def lit(self) -> int:
        """The row that is to be seen; -1 where none is."""
        return -1

    # ---- parts and their room -------------------------------------------------------------------

    def body(self) -> Widget:
        return Container(
            Vertical(
                RowsView(id="prose"),
                RowsView(id="ask"),
                Container(
                    RowsView(id="label"),
                    TextField(id="entry"),
                    RowsView(id="worth"),
                    id="entry-line",
                ),
                id="left",
            ),
            *self.panels(),
            id="columns",
        )

    def panels(self) -> tuple[Widget, ...]:
        """What stands beside the prose, or under it."""
        return (RowsView(id="stage", surface="stage"),)

    @property
    def alone(self) -> bool:
        return self.zoomed

    # ---- acts -----------------------------------------------------------------------------------

    @property
    def wide(self) -> bool:
        """Whether text and stage stand side by side."""
        return self.size.width >= WIDE

    @property
    def act(self) -> str:
        """The act that the page is in."""
        return acts.act(self.visit.stage, reading=self.reading)

    @property
    def reading(self) -> bool:
        """Whether the text has the screen, and the stage waits."""
        return False

    @property
    def typed(self) -> bool:
        return not self.reading and super().typed

    def act_rows(self, cells: int) -> Rows:
        """What stands above the picture."""
        stage = self.visit.stage
        return stage_rows.ask_rows(stage, self.words, cells) if stage is not None else ()

    def make_room(self) -> None:
        """Give each part its room: the stage, what is asked, the text field."""
        wide, stage = self.wide and not self.zoomed, self.visit.stage
        self.set_class(wide, "-wide")
        panel, ask = self.rows("stage"), self.rows("ask")
        panel.display = stage is not None and not self.reading
        asked = self._ask_rows()
        ask.display = bool(asked)
        ask.styles.height = len(asked)
        self.query_one("#entry-line").display = self.typed
        prose = self._prose_shown
        self.rows("prose").display = prose
        left = self.query_one("#left")
        left.display = prose or self.typed or bool(asked)
        left.styles.height = "1fr" if prose else "auto"
        left.styles.width = "1fr"
        panel.styles.width = int(self.size.width * STAGE_SHARE) if wide else "1fr"
        panel.styles.height = "1fr"

    @property
    def _prose_shown(self) -> bool:
        """Whether the text, or the question, is on the screen."""
        return not self.zoomed and (self.visit.stage is None or self.reading or self.wide)

    def rearrange(self) -> None:
        """Another page, or the same in another form: shown once it is laid out and painted."""
        in_one_frame(self, self.paint)
        self.paint_soon()

    # ---- painting -------------------------------------------------------------------------------

    def paint_body(self) -> None:
        self.make_room()
        if self._prose_shown:
            self._paint_prose()
        self.rows("ask").show(self._ask_rows())
        self.paint_entry()
        self.paint_stage()

    def _paint_prose(self) -> None:
        view = self.rows("prose")
        cells = view.size.width - 2 * view.margin
        if cells < 10:
            return
        rows = self.page_rows(min(cells, LINE))
        # What is asked stands right under its question, not at the foot of an empty page.
        room = self.size.height - 3 - len(self._ask_rows()) - self.typed
        near = self.visit.asked is not None and len(rows) + 1 <= room
        view.styles.height = len(rows) + 1 if near else "1fr"
        view.show(rows, page=self.page_key())
        if self.lit() >= 0:
            view.reveal(self.lit())
        elif self.visit.asked is not None and self.visit.asked.state == ANSWERING:
            self._reveal_cursor(view)

    def _reveal_cursor(self, view: RowsView) -> None:
        """Keep the option that the cursor is on in view."""
        lit = [n for n, row in enumerate(view.rows) if any(s.back == "lit" for s in row)]
        if lit and drawing_of(self.asked.question).follows_cursor:
            view.reveal(lit[-1])

    def _ask_rows(self) -> Rows:
        """What has been said, and what is asked."""
        said: Rows = ()
        if self.visit.stage is None or self.reading:
            said = wrap(self.tutor.said(), max(20, self.size.width - 4))
        if self.visit.asked is not None:
            cells = max(20, self.size.width - 4)
            return (*said, *question_rows.ask_rows(self.visit.asked, self.words, cells))
        if self.visit.stage is not None and not self.wide and not self.reading:
            return self.act_rows(max(20, self.size.width - 4))
        return said

    def above_stage(self, cells: int) -> Rows:
        """In a wide window the acts take turns above the picture, within its panel."""
        if not self.wide or self.zoomed:
            return ()
        air = ((),) if self.size.height >= AIRY else ()  # as the text beside it has it
        return (*air, *self.act_rows(cells))

    def show_verdict(self) -> None:
        view = self.rows("prose")
        view.show(view.rows, top=len(view.rows), page=self.page_key())

    # ---- commands -------------------------------------------------------------------------------

    def do_zoom(self, key: str) -> None:
        self.zoomed = not self.zoomed
        self.rearrange()

    def do_experiment(self, key: str) -> None:
        found = self.experiments()
        if found:
            self.app.post_message(OpenExperiment(found[0]))

    def do_up(self, key: str) -> None:
        self.scroll(-1)

    def do_down(self, key: str) -> None:
        self.scroll(1)

    def do_page_up(self, key: str) -> None:
        self.scroll(-max(1, self.rows("prose").size.height - 2))

    def do_page_down(self, key: str) -> None:
        self.scroll(max(1, self.rows("prose").size.height - 2))

    def scroll(self, count: int) -> None:
        """Move the prose, or what is walked on this page."""
        self.rows("prose").scroll_rows(count)

    def follow(self, link: str) -> None:
        kind, _, target = link.partition(":")
        if kind == "row" and self.visit.asked is not None:
            self.set_asked(questions.walk(self.asked, int(target) - self.asked.cursor))
        else:
            super().follow(link)

    def on_resize(self, event: events.Resize) -> None:
        if self.is_small and self.focused is self.entry:
            self._field_hidden = True  # a field that is not seen loses the focus
        elif not self.is_small and self._field_hidden:
            self._field_hidden = False
            self.call_after_refresh(self.open_entry)
        self.make_room()
