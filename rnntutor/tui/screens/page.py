"""A page: prose or a question on one side, the stage on the other, the text field between."""

from __future__ import annotations

from textual import events
from textual.containers import Container, Vertical
from textual.widget import Widget

from rnntutor.course.blocks import Link
from rnntutor.pages import acts as acts_rows
from rnntutor.pages import question as question_rows
from rnntutor.pages.notes import note_rows, signs
from rnntutor.pages.questions import drawing_of
from rnntutor.render.primitives.wrap import wrap
from rnntutor.session import acts, notes
from rnntutor.session import question as questions
from rnntutor.session.feedback import ask_rows
from rnntutor.session.question import ANSWERING
from rnntutor.spans import Row, Rows
from rnntutor.study.progress import PageKey
from rnntutor.tui import commands
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.messages import OpenExperiment
from rnntutor.tui.screen import AIRY, LINE, MARGIN, PANEL, SMALLEST
from rnntutor.tui.screens.entry import EntryScreen
from rnntutor.tui.screens.note import NoteScreen
from rnntutor.tui.terminal.text_field import TextField
from rnntutor.tui.terminal.textual_private import in_one_frame
from rnntutor.tui.widgets.rows_view import RowsView


class PageScreen(EntryScreen):
    """A page of prose, question and stage; subclasses override `own_commands` and `page_rows`."""

    DEFAULT_CSS = """
    PageScreen #columns { layout: vertical; }
    PageScreen #left, PageScreen #right { width: 1fr; height: 1fr; }
    PageScreen #ask { display: none; }
    PageScreen #entry-line { height: 1; display: none; layout: horizontal; }
    PageScreen #entry-rule { height: 1; display: none; }
    PageScreen #label { height: 1; width: 12; }
    PageScreen #worth { height: 1; width: 0; }
    PageScreen TextField { height: 1; width: 1fr; border: none; padding: 0; }
    PageScreen.-wide #columns { layout: horizontal; }
    """

    zoomed = False
    _field_hidden = False
    air = 0  # empty rows above the prose or the question
    _most: tuple[object, int] = None, 0  # key of a question and its maximum height in rows

    # ---- for subclasses -------------------------------------------------------------------------

    def page_rows(self, cells: int) -> Rows:
        """Return the prose or the question."""
        return ()

    def most_rows(self, rows: Rows, cells: int) -> int:
        """Return the maximum height that the page, now showing `rows`, may reach."""
        asked = self.page_state.asked
        if asked is None or self.size.height <= AIRY:
            return len(rows)
        key = asked.question.id, asked.instance, cells, self.words
        if self._most[0] != key:
            most = question_rows.most_rows(asked, self.words, cells, self.course_view.context)
            self._most = key, most
        return max(len(rows), self._most[1])

    def page_key(self) -> object:
        """Return the key of this page within the screen; each page has its own scroll position."""
        return None

    def experiments(self) -> tuple[Link, ...]:
        """Return the links to simulations on this page."""
        return ()

    def lit_row(self) -> int:
        """Return the row to keep visible; -1 if none."""
        return -1

    def noted_page(self) -> tuple[PageKey, Row] | None:
        """Return the key and name of the page for notes; None if notes are not kept here."""
        return None

    def note_rows(self, cells: int) -> Rows:
        """Return the learner's note on this page, after a blank row."""
        found = self.noted_page()
        rows = note_rows(found[0], self.tutor.progress, self.words, cells) if found else ()
        return ((), *rows) if rows else ()

    def note_signs(self) -> Row:
        """Return the signs of a page with a note or a mark as unclear."""
        found = self.noted_page()
        return signs(found[0], self.tutor.progress) if found else ()

    def with_notes(self, found: tuple[KeyCommand, ...]) -> tuple[KeyCommand, ...]:
        """Return `found` with the commands for notes, where notes are kept."""
        return (*found, *commands.NOTES) if self.noted_page() is not None else found

    def do_note(self, key: str) -> None:
        """Write or edit the note on this page."""
        found = self.noted_page()
        if found is None:
            return

        where, name = found
        self.halt()

        def take(text: str | None) -> None:
            if text is not None:
                self.tell(notes.note_entry(where, text))

        self.app.push_screen(NoteScreen(name, self.tutor.progress.notes.get(where, "")), take)

    def do_unclear(self, key: str) -> None:
        """Mark this page as unclear, or remove the mark."""
        found = self.noted_page()
        if found is None:
            return
        told = notes.flag_entry(found[0], self.tutor.progress)
        self.tell(told)
        self.tutor.say(self.words("note.flagged" if told[1]["on"] else "note.unflagged"))

    # ---- parts and their room -------------------------------------------------------------------

    def body(self) -> Widget:
        return Container(
            Vertical(RowsView(id="prose"), id="left"),
            Vertical(
                RowsView(id="ask"),
                Container(
                    RowsView(id="label"),
                    TextField(id="entry"),
                    RowsView(id="worth"),
                    id="entry-line",
                ),
                RowsView(id="entry-rule"),
                *self.panels(),
                id="right",
            ),
            id="columns",
        )

    def panels(self) -> tuple[Widget, ...]:
        """Return the widgets beside or below the prose."""
        return (RowsView(id="stage", surface="stage"),)

    @property
    def alone(self) -> bool:
        return self.zoomed

    # ---- acts -----------------------------------------------------------------------------------

    @property
    def act(self) -> str:
        """The act of the step that the page is in."""
        return acts.act(self.page_state.stage, reading=self.reading)

    def act_rows(self, cells: int) -> Rows:
        """Return the rows above the picture."""
        stage = self.page_state.stage
        return ask_rows(stage, self.words, cells) if stage is not None else ()

    def make_room(self) -> None:
        """Assign sizes to the text, the prompt, the text field and the stage."""
        beside = self._beside
        self.set_class(beside, "-wide")
        panel, ask = self.rows("stage"), self.rows("ask")
        panel.display = self.page_state.stage is not None and not self.reading
        asked = self._ask_rows()
        ask.display = bool(asked)
        ask.styles.height = len(asked)
        line = self.query_one("#entry-line")
        line.display = self.typed
        ask.margin = self.rows("prose").margin = self._margin
        panel.margin = self.panel_margin
        line.styles.padding = (0, self._margin, 0, self._margin - MARGIN)
        self.rows("entry-rule").display = self.typed and panel.display
        left, right = self.query_one("#left"), self.query_one("#right")
        left.display = self._prose_shown
        right.display = panel.display or self.typed or bool(asked)
        right.styles.height = "1fr" if panel.display else "auto"
        left.styles.width = self.size.width - self._stage_width if beside else "1fr"
        right.styles.width = self._stage_width if beside else "1fr"

    @property
    def _beside(self) -> bool:
        """Whether the stage is placed beside its text."""
        return self.wide and not self.zoomed and self.page_state.stage is not None

    @property
    def _margin(self) -> int:
        """The empty columns on each side of parts with nothing beside them."""
        return self.panel_margin if self.page_state.stage is not None else self.margin()

    @property
    def panel_margin(self) -> int:
        """The empty columns on each side of a stage, which alone is centred in a wide window."""
        return MARGIN if self._beside else max(MARGIN, (self.size.width - PANEL) // 2)

    @property
    def asked_cells(self) -> int:
        """The width in cells of the prompt."""
        cells = self._stage_width if self._beside else self.size.width
        return max(20, cells - 2 * self._margin)

    @property
    def _stage_width(self) -> int:
        """The width in cells of a stage beside its text.

        It is half the window or the rest beside the text, and at least the width of the narrowest
        window.
        """
        width = self.size.width
        return max(SMALLEST[0], width - min(width // 2, LINE + 2 * MARGIN))

    @property
    def _prose_shown(self) -> bool:
        """Whether the text or the question is visible."""
        return not self.zoomed and (self.page_state.stage is None or self.reading or self.wide)

    def rearrange(self) -> None:
        """Show a new page or a new layout in a single frame."""
        if not in_one_frame(self, self.paint):
            self.paint_soon()

    # ---- painting -------------------------------------------------------------------------------

    def paint_body(self) -> None:
        self.make_room()
        if self._prose_shown:
            self._paint_prose()
        self.rows("ask").show(self._ask_rows())
        self.rows("entry-rule").show((acts_rows.line(self.asked_cells),))
        self.paint_entry()
        self.paint_stage()

    def _paint_prose(self) -> None:
        view = self.rows("prose")
        cells = view.size.width - 2 * view.margin
        if cells < 10:
            return
        cells = min(cells, LINE)
        rows = self.page_rows(cells)
        # The prompt is placed right below its question, not at the foot of an empty page.
        room = self.size.height - 3 - len(self._ask_rows()) - self.typed
        alone = self.page_state.stage is None
        sunk = self.sunk(self.most_rows(rows, cells)) if alone else 0
        self.air = max(0, min(sunk, room - 1 - len(rows)))
        rows = (*[()] * self.air, *rows)
        near = self.page_state.asked is not None and len(rows) + 1 <= room
        self.query_one("#left").styles.height = len(rows) + 1 if near else "1fr"
        view.show(rows, page=self.page_key())
        if self.lit_row() >= 0:
            view.reveal(self.air + self.lit_row())
        elif self.page_state.asked is not None and self.page_state.asked.state == ANSWERING:
            self._reveal_cursor(view)

    def _reveal_cursor(self, view: RowsView) -> None:
        """Scroll the selected option into view."""
        lit = [n for n, row in enumerate(view.rows) if any(s.back == "lit" for s in row)]
        if lit and drawing_of(self.asked.question).follows_cursor:
            view.reveal(lit[0], lit[-1])

    def _ask_rows(self) -> Rows:
        """Return the status line and the prompt."""
        stage, cells = self.page_state.stage, self.asked_cells
        if stage is not None and not self.reading:
            asked = self.act_rows(cells)
            air = self._beside and self.size.height >= AIRY  # as the text beside it
            if not (air and asked):
                return asked
            typed = self.act == acts.PREDICT and acts_rows.typed(stage)
            return ((), *asked, *[()] * typed)  # a blank row separates a typed question
        said = wrap(self.tutor.status_row(), cells)
        if self.page_state.asked is not None:
            first = not self.tutor.progress.has_been_sure
            asked = question_rows.ask_rows(self.page_state.asked, self.words, cells, first=first)
            return (*said, *asked)
        return said

    def show_verdict(self) -> None:
        view = self.rows("prose")
        view.show(view.rows, top=len(view.rows), page=self.page_key())

    # ---- commands -------------------------------------------------------------------------------

    def do_zoom(self, key: str) -> None:
        """Switch between the page and its stage in full size."""
        self.zoomed = not self.zoomed
        self.rearrange()

    def do_experiment(self, key: str) -> None:
        """Open the first simulation linked from the page."""
        found = self.experiments()
        if found:
            self.app.post_message(OpenExperiment(found[0]))

    def do_up(self, key: str) -> None:
        """Scroll up by a row."""
        self.scroll(-1)

    def do_down(self, key: str) -> None:
        """Scroll down by a row."""
        self.scroll(1)

    def do_page_up(self, key: str) -> None:
        """Scroll up by a page."""
        self.scroll(-max(1, self.rows("prose").size.height - 2))

    def do_page_down(self, key: str) -> None:
        """Scroll down by a page."""
        self.scroll(max(1, self.rows("prose").size.height - 2))

    def scroll(self, count: int) -> None:
        """Scroll the prose, or move the cursor of a page that has one."""
        self.rows("prose").scroll_rows(count)

    def follow(self, link: str) -> None:
        kind, _, target = link.partition(":")
        if kind == "row" and self.page_state.asked is not None:
            self.set_asked(questions.walk(self.asked, int(target) - self.asked.cursor))
        else:
            super().follow(link)

    def on_resize(self, event: events.Resize) -> None:
        if self.is_small and self.focused is self.entry:
            self._field_hidden = True  # a hidden field loses the focus
        elif not self.is_small and self._field_hidden:
            self._field_hidden = False
            self.call_after_refresh(self.open_entry)
        self.make_room()
