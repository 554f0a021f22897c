"""A lesson: its pages one after the other, each with its prose and its stage or its question."""

from __future__ import annotations

from time import monotonic

from textual import events
from textual.containers import Container, Vertical
from textual.widget import Widget
from textual.widgets import Input

from rnntutor.course import numbering
from rnntutor.course.blocks import Cloze, Lesson, Link, PredictNumber
from rnntutor.course.variant import VariantError
from rnntutor.draw.prose import lay_out_inline
from rnntutor.draw.wrap import wrap
from rnntutor.session import contents, outcome, records
from rnntutor.session import pages as page_list
from rnntutor.session import question as questions
from rnntutor.session import stage as stages
from rnntutor.session.links import sim_links
from rnntutor.session.pages import COVER, END, QUESTION, STEP, Page
from rnntutor.session.question import ANSWERING, Asked
from rnntutor.session.stage import Stage
from rnntutor.sims.base import SettingError
from rnntutor.spans import Row, Rows, Span, plain
from rnntutor.ui import commands
from rnntutor.ui.keys import Command
from rnntutor.ui.rows import lesson as lesson_rows
from rnntutor.ui.rows import question as question_rows
from rnntutor.ui.rows import stage as stage_rows
from rnntutor.ui.rows_view import RowsView
from rnntutor.ui.screen import WIDE
from rnntutor.ui.screens.asking import AskingScreen
from rnntutor.ui.textual_private import Entry
from rnntutor.ui.visit import Visit

STAGE_ROWS = 11  # of 24; a taller screen gives the stage half of what it has more
STAGE_COLUMNS = 0.5  # of a wide screen


class LessonScreen(AskingScreen):
    """lesson: in the present language. page_id: where it opens. listed: whether the lesson is one
    of the course, whose pages are kept in the log."""

    DEFAULT_CSS = """
    LessonScreen #columns { layout: vertical; }
    LessonScreen #left { width: 1fr; height: 1fr; }
    LessonScreen #ask { display: none; }
    LessonScreen #entry-line { height: 1; display: none; layout: horizontal; }
    LessonScreen #label { height: 1; width: 12; }
    LessonScreen Entry { height: 1; width: 1fr; border: none; padding: 0; }
    LessonScreen.-wide #columns { layout: horizontal; }
    LessonScreen.-zoomed #left { display: none; }
    """

    def __init__(self, lesson: Lesson, page_id: str = COVER, *, listed: bool = True) -> None:
        super().__init__()
        self.lesson = lesson
        self.listed = listed
        self.pages = page_list.pages(lesson)
        self.index = page_list.find(self.pages, page_id)
        self.visits: dict[str, Visit] = {}
        self.zoomed = False

    def body(self) -> Widget:
        return Container(
            Vertical(
                RowsView(id="prose"),
                RowsView(id="ask"),
                Container(RowsView(id="label"), Entry(id="entry"), id="entry-line"),
                id="left",
            ),
            RowsView(id="stage", surface="stage"),
            id="columns",
        )

    # ---- where one is ---------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        return self.pages[self.index]

    @property
    def visit(self) -> Visit:
        if self.page.id not in self.visits:
            self.visits[self.page.id] = self._open(self.page)
        return self.visits[self.page.id]

    @property
    def alone(self) -> bool:
        return self.zoomed

    def _open(self, page: Page) -> Visit:
        """A page seen for the first time since the tutor was started."""
        visit = Visit(started=monotonic())
        if page.kind == QUESTION:
            visit.asked = self._ask(page)
        elif page.step is not None and page.step.sim is not None:
            progress, key = self.tutor.progress, (page.lesson, page.id)
            try:
                visit.stage = stages.open_stage(
                    page.step.sim,
                    ticked=(*key, "do") in progress.ticks,
                    reached=(*key, "goal") in progress.ticks,
                    predicted=key in progress.predicted,
                )
            except (SettingError, KeyError) as error:
                visit.trouble = self.tutor.sentence(error)
        elif page.kind == COVER:
            visit.cursor = contents.first_undone(self.pages, self.tutor.progress)
        return visit

    def _ask(self, page: Page) -> Asked | None:
        """The question of a page, in the variant that has not been seen yet."""
        assert page.question is not None
        record = self.tutor.progress.questions.get(page.question.id)
        number = record.attempts if record is not None else 0
        try:
            return questions.ask(page.question, salt=self.tutor.salt, number=number)
        except VariantError:
            return None

    def fresh(self, visit: Visit) -> Asked:
        visit.started = monotonic()
        asked = self._ask(self.page)
        return asked if asked is not None else self.asked

    def go(self, index: int) -> None:
        """To another page."""
        if not 0 <= index < len(self.pages):
            return
        self.leave()
        self.visit.top = self.rows("prose").top
        self.index = index
        self.zoomed = False
        self.tutor.say("")
        if self.listed:
            self.tutor.record("page", lesson=self.page.lesson, page=self.page.id)
        self.show_page()

    def show_page(self) -> None:
        """The present page from its top, with its text field where it has one."""
        self._arrange()
        self.rows("prose").top = self.visit.top
        self.paint_soon()
        self._focus_entry()

    # ---- painting -------------------------------------------------------------------------------

    def headline(self) -> tuple[Row, Row]:
        context = self.tutor.context()
        number = numbering.number(self.tutor.course, self.lesson.id)
        lead = f"{number} " if number else ""
        name = lesson_rows.one_line(self.lesson.title, context)
        left: Row = (Span(lead, "grey"), *(Span(s.text, "grey") for s in name))
        page = self.page
        if page.kind == COVER:
            left = (Span(lead, "grey"), *(Span(s.text, s.role, strong=True) for s in name))
        elif page.kind == END:
            left = (*left, Span("   "), Span(self.words("lesson.end"), strong=True))
        else:
            source = page.question.title if page.question is not None else page.step.title  # type: ignore[union-attr]
            here = lesson_rows.one_line(source, context)
            left = (*left, Span("   "), *(Span(s.text, s.role, strong=True) for s in here))
            beyond = page.question.beyond if page.question is not None else page.step.beyond  # type: ignore[union-attr]
            if beyond:
                left = (*left, Span(f"  {self.words('lesson.beyond')}", "grey"))
        return left, lesson_rows.dots(self.pages, self.index, self.tutor.progress)

    def paint_body(self) -> None:
        self._arrange()
        view = self.rows("prose")
        cells = view.size.width - 2 * view.margin
        if cells < 10:
            return
        rows = self._page_rows(min(cells, 88))
        # What is asked stands right under its question, not at the foot of an empty page.
        room = self.size.height - 3 - len(self._ask_rows()) - self._typed()
        near = self.visit.asked is not None and len(rows) + 1 <= room
        view.styles.height = len(rows) + 1 if near else "1fr"
        view.show(rows)
        if self.page.kind == COVER:
            view.reveal(self._lit)
        elif self.visit.asked is not None and self.visit.asked.state == ANSWERING:
            self._reveal_lit(view)
        self.rows("ask").show(self._ask_rows())
        self._paint_entry()
        self.paint_stage()

    _lit = 0

    def _page_rows(self, cells: int) -> Rows:
        page, visit, words = self.page, self.visit, self.words
        context, progress = self.tutor.context(), self.tutor.progress
        if page.kind == COVER:
            rows, self._lit = lesson_rows.cover_rows(
                self.lesson, self.pages, progress, words, cells, visit.cursor, context
            )
            return rows
        if page.kind == END:
            following = contents.following(self.tutor.course, self.lesson.id)
            name = self.tutor.lesson_title(following) if following else ""
            return lesson_rows.end_rows(
                self.lesson, self.pages, progress, words, cells, name, context
            )
        if visit.asked is not None:
            rows = question_rows.question_rows(visit.asked, words, cells, context)
            return ((), *rows)
        if page.step is None or page.kind == QUESTION:
            return ((), (Span(words("question.broken"), "wrong"),))
        rows = lesson_rows.step_rows(page.step, visit.stage, cells, context)
        if visit.trouble:
            rows = (*rows, (), (Span(visit.trouble, "wrong"),))
        return ((), *rows) if self.size.height >= 28 else rows

    def _reveal_lit(self, view: RowsView) -> None:
        """Keep the row that the cursor is on in view."""
        lit = [n for n, row in enumerate(view.rows) if any(s.back == "lit" for s in row)]
        if lit and not isinstance(self.asked.question.body, Cloze):
            view.reveal(lit[-1])

    def _ask_rows(self) -> Rows:
        said = self.tutor.said()
        if said and self.visit.stage is None:
            return wrap(said, max(20, self.size.width - 4))
        if self.visit.asked is not None:
            return question_rows.ask_rows(self.visit.asked, self.words)
        if self.visit.stage is not None:
            cells = max(20, self.rows("prose").size.width - 4)
            return stage_rows.ask_rows(self.visit.stage, self.words, cells)
        return ()

    def _arrange(self) -> None:
        """Give each part its room: the stage, what is asked, the text field."""
        width, height = self.size.width, self.size.height
        wide = width >= WIDE
        self.set_class(wide, "-wide")
        self.set_class(self.zoomed, "-zoomed")
        panel, stage = self.rows("stage"), self.visit.stage
        panel.display = stage is not None
        if self.zoomed:
            panel.styles.width, panel.styles.height = "1fr", "1fr"
        elif wide:
            panel.styles.width, panel.styles.height = int(width * STAGE_COLUMNS), "1fr"
        else:
            panel.styles.width, panel.styles.height = "1fr", self._stage_height(width, height)
        ask, asked = self.rows("ask"), self._ask_rows()
        ask.display = bool(asked)
        ask.styles.height = len(asked)
        self.query_one("#entry-line").display = self._typed()

    def _stage_height(self, width: int, height: int) -> int:
        """The rows of the stage under the prose: as many as it needs, at most 11 of 24."""
        stage = self.visit.stage
        if stage is None:
            return 0
        most = min(STAGE_ROWS + max(0, height - 24) // 2, height - 9)
        known = (stage.settings, stage.views, width, most, self.words.lang)
        if self._height is None or self._height[0] != known:
            rows = stage_rows.natural_height(stage, self.words, width - 4, most)
            self._height = (known, rows)
        return self._height[1]

    _height: tuple[object, int] | None = None

    # ---- the text field -------------------------------------------------------------------------

    @property
    def entry(self) -> Entry:
        return self.query_one("#entry", Entry)

    def _typed(self) -> bool:
        """Whether something is to be typed now."""
        asked, stage = self.visit.asked, self.visit.stage
        if asked is not None:
            return asked.state == ANSWERING and asked.typed
        if self.visit.editing:
            return True
        if stage is None or stage.prediction is None or not stage.prediction.open:
            return False
        return isinstance(stage.prediction.spec, PredictNumber)

    def _focus_entry(self) -> None:
        if self._typed():
            self.call_after_refresh(self.entry.focus)
        else:
            self.set_focus(None)

    def _paint_entry(self) -> None:
        typed = self._typed()
        if not typed:
            if self.focused is self.entry:
                self.set_focus(None)
            return
        label, text = self._entry_content()
        view = self.rows("label")
        row = (Span(label, "accent"),)
        view.styles.width = 4 + sum(s.width for s in row)
        view.show((row,))
        if self.entry.value != text:
            self.entry.value = text
            self.entry.cursor_position = len(text)

    def _entry_content(self) -> tuple[str, str]:
        """What stands before the field, and in it."""
        asked, stage = self.visit.asked, self.visit.stage
        if asked is not None and isinstance(asked.question.body, Cloze):
            slot = asked.draft.slots[asked.cursor]
            return self.words("entry.gap", n=asked.cursor + 1), slot if isinstance(
                slot, str
            ) else ""
        if asked is not None:
            return self.words("entry.answer"), asked.draft.text
        assert stage is not None
        if self.visit.editing:
            return f"▸ {stage_rows.label(stage, self.words, self.visit.editing)} ", self.visit.text
        assert stage.prediction is not None
        spec = stage.prediction.spec
        said = lay_out_inline(spec.say, self.size.width - 24, self.tutor.context())
        if len(said) == 1:
            return f"▸ {plain(said[0])} ", self.visit.text
        name = outcome.written(spec.ask) if isinstance(spec, PredictNumber) else ""
        return self.words("entry.predict", name=name), self.visit.text

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.visit.asked is not None:
            before = self.visit.asked
            self.visit.asked = questions.type_text(before, event.value)
            if self.visit.asked != before:
                self.paint()
        else:
            self.visit.text = event.value

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self.press("enter")

    async def on_key(self, event: events.Key) -> None:
        if event.key == "escape" and self.focused is self.entry:
            self.set_focus(None)
            self.visit.editing = ""
            event.stop()
            event.prevent_default()
            self.paint()
            return
        await super().on_key(event)

    # ---- commands -------------------------------------------------------------------------------

    def own_commands(self) -> tuple[Command, ...]:
        found = self._page_commands()
        if self.focused is self.query("#entry").first():
            if self.visit.editing:
                found = (Command("set_knob", ("enter",), "key.set"),)
            return commands.within_field(found)
        if self._typed():
            return (Command("field", ("space",), "key.field"), *found)
        return found

    def _page_commands(self) -> tuple[Command, ...]:
        visit, page = self.visit, self.page
        if visit.asked is not None:
            return commands.question(visit.asked, link=bool(self._experiments()))
        if page.kind == COVER:
            return commands.cover()
        if self.zoomed:
            return commands.zoomed(visit)
        if visit.stage is not None:
            return commands.step(visit, more=self.rows("prose").more_below)
        return commands.step(visit, link=bool(self._experiments()))

    def do_field(self, key: str) -> None:
        self.entry.focus()
        self.call_after_refresh(self.paint)

    def do_next(self, key: str) -> None:
        self._done()
        if self.index + 1 < len(self.pages):
            self.go(self.index + 1)
        else:
            self.tutor.after(self.lesson.id)

    def do_skip_question(self, key: str) -> None:
        self.go(self.index + 1)

    def do_back(self, key: str) -> None:
        if self.index:
            self.go(self.index - 1)
        else:
            self.do_out(key)

    def do_out(self, key: str) -> None:
        if self.zoomed:
            self.do_zoom(key)
            return
        self.leave()
        self.tutor.home()

    def do_zoom(self, key: str) -> None:
        self.zoomed = not self.zoomed
        self._arrange()
        self.paint_soon()

    def do_open_step(self, key: str) -> None:
        self.go(self.visit.cursor)

    def do_up(self, key: str) -> None:
        self._scroll(-1)

    def do_down(self, key: str) -> None:
        self._scroll(1)

    def do_page_up(self, key: str) -> None:
        self._scroll(-max(1, self.rows("prose").size.height - 2))

    def do_page_down(self, key: str) -> None:
        self._scroll(max(1, self.rows("prose").size.height - 2))

    def _scroll(self, count: int) -> None:
        if self.page.kind == COVER:
            steps = [n for n, page in enumerate(self.pages) if page.kind == STEP]
            place = steps.index(self.visit.cursor) if self.visit.cursor in steps else 0
            place = max(0, min(place + (1 if count > 0 else -1), len(steps) - 1))
            self.visit.cursor = steps[place] if steps else 0
            self.paint()
        else:
            self.rows("prose").scroll_rows(count)
            self.visit.top = self.rows("prose").top

    def do_confirm(self, key: str) -> None:
        """The number that was typed is the prediction."""
        before = self.stage
        after = stages.predict(before, self.visit.text)
        if after is before:
            self.tutor.say(self.words("predict.no-number"), wrong=True)
            self.paint()
            return
        self.tutor.say("")
        self.set_stage(after)

    def do_edit_knob(self, key: str) -> None:
        """Type the value of the knob that has the focus."""
        self.visit.editing = self.focused_knob()
        self.visit.text = stages.as_text(self.stage, self.visit.editing)
        self._arrange()
        self.paint_soon()
        self._focus_entry()

    def do_set_knob(self, key: str) -> None:
        name, text = self.visit.editing, self.visit.text
        self.visit.editing = self.visit.text = ""
        self.set_focus(None)
        self.set_stage(stages.type_knob(self.stage, name, text))

    def do_experiment(self, key: str) -> None:
        found = self._experiments()
        if found:
            self.tutor.experiment(found[0])

    def _experiments(self) -> tuple[Link, ...]:
        """The simulations that the reason of this question, or this step's prose, links to."""
        page = self.page
        if page.question is not None:
            return sim_links(page.question.why)
        return sim_links(page.step.blocks) if page.step is not None else ()

    # ---- the log --------------------------------------------------------------------------------

    def _done(self) -> None:
        """A step that is passed is done; a challenge when it has been met."""
        if records.passed(self.page, self.visit.stage):
            self._record_done()

    def _record_done(self) -> None:
        page = self.page
        if self.listed and (page.lesson, page.id) not in self.tutor.progress.done:
            self.tutor.record("done", lesson=page.lesson, page=page.id)

    def answered(self) -> None:
        self._record_done()

    def show_verdict(self) -> None:
        view = self.rows("prose")
        view.show(view.rows, top=len(view.rows))

    def stage_changed(self, old: Stage, new: Stage) -> None:
        if self.listed:
            for kind, data in records.changes(old, new, self.page):
                self.tutor.record(kind, **data)

    # ---- another language -----------------------------------------------------------------------

    def translate(self, lesson: Lesson) -> None:
        """The same place in the same lesson, in the other language."""
        here = self.page.id
        self.lesson = lesson
        self.pages = page_list.pages(lesson)
        by_id = {page.id: page for page in self.pages}
        for page_id, visit in list(self.visits.items()):
            page = by_id.get(page_id)
            if page is None:
                del self.visits[page_id]
                continue
            if visit.asked is not None and page.question is not None:
                visit.asked = questions.translated(
                    visit.asked, page.question, self.tutor.glossary_terms()
                )
            if visit.stage is not None and page.step is not None and page.step.sim is not None:
                visit.stage = stages.translated(visit.stage, page.step.sim)
        self.index = page_list.find(self.pages, here)

    def follow(self, link: str) -> None:
        kind, _, target = link.partition(":")
        if kind == "page":
            self.go(page_list.find(self.pages, target))
        elif kind == "row" and self.visit.asked is not None:
            self.set_asked(questions.walk(self.asked, int(target) - self.asked.cursor))
        else:
            super().follow(link)

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._arrange()

    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(self.show_page)
