"""The editor page: a code exercise is written, checked, and read about."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from time import monotonic

from textual import events
from textual.containers import Vertical
from textual.widget import Widget

from rnntutor.build.check import Passed
from rnntutor.build.follow import PARTS
from rnntutor.build.own_race import OwnRace, partners
from rnntutor.build.stages import OwnStage
from rnntutor.course.blocks import Text
from rnntutor.course.exercise import Exercise
from rnntutor.course.load import shown
from rnntutor.failure import Failure
from rnntutor.pages.build import equation_rows, finding_rows, shape_rows
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.prose import lay_out_inline
from rnntutor.session import building
from rnntutor.session.own import spec_of
from rnntutor.spans import Row, Rows, Span
from rnntutor.study.log import LogError
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.messages import OpenLesson
from rnntutor.tui.screen import AROUND, MARGIN, TutorScreen
from rnntutor.tui.screens.own import OwnScreen
from rnntutor.tui.terminal import own_editor
from rnntutor.tui.widgets.code import CodeEditor
from rnntutor.tui.widgets.rows_view import RowsView

CODE_ROWS = 12  # of 24 that the code has at least; of 20, eight
GROWS = 4  # rows by which its room grows, so that not every line moves what stands below
WIDEST = 100  # cells of code and of what is said of it
KEEP = 5.0  # seconds after which what was typed is saved


class BuildScreen(TutorScreen):
    """exercise: which; path: of the learner's file. said: what was said last, in rows of so many
    cells."""

    DEFAULT_CSS = """
    BuildScreen #sides { layout: vertical; height: 1fr; }
    BuildScreen #code { height: 1fr; border: none; padding: 0 1; scrollbar-size: 1 1; }
    BuildScreen #about, BuildScreen #finding { height: 1; }
    """

    def __init__(self, exercise: Exercise) -> None:
        super().__init__()
        self.exercise = exercise
        self.path = Path()
        self.said: Callable[[int], Rows] | None = None
        self.hints = 0
        self._known = ""  # what the file holds, as far as this page knows
        self._text = ""  # what has been written; the widget is gone before this page is
        self._wanted = 0  # rows of code
        self._refused: str | None = None  # what could not be saved when it was to be left
        self._theirs: str | None = None  # what the file held instead when nothing was typed
        self._of_file = ""  # what went otherwise when it was saved, until a check has told it
        self._begun, self._attempts = monotonic(), 0
        self._stop: threading.Event | None = None

    # ---- parts ----------------------------------------------------------------------------------

    def body(self) -> Widget:
        return Vertical(
            RowsView(id="about"), CodeEditor(id="code"), RowsView(id="finding", surface="stage"),
            id="sides",
        )  # fmt: skip

    @property
    def code(self) -> CodeEditor:
        return self.query_one("#code", CodeEditor)

    def headline(self) -> tuple[Row, Row]:
        title = Span(shown(self.exercise.title), strong=True)
        done = (Span("✓", "right"),) if self.passed else ()
        return (title, Span(f"   {self.exercise.signature}", "grey")), done

    @property
    def passed(self) -> bool:
        """Whether it has passed once."""
        return self.tutor.progress.builds.get(self.exercise.name, False)

    def own_commands(self) -> tuple[KeyCommand, ...]:
        hint = (KeyCommand("hint", ("ctrl+t",), "key.build-hint", hint="Ctrl+T"),)
        return (
            KeyCommand("check", ("ctrl+r",), "key.build-check", hint="Ctrl+R"),
            *self._driving(),
            *(hint if self.hints < len(self.exercise.hints) else ()),
            KeyCommand("editor", ("ctrl+o",), "key.build-editor", hint="Ctrl+O"),
            KeyCommand("out", ("escape",), "key.build-leave"),
            KeyCommand("step", ("ctrl+g",), "key.build-step", hint="Ctrl+G"),
            KeyCommand("save", ("ctrl+s",), "key.build-save", shown=False),
        )

    def _driving(self) -> tuple[KeyCommand, ...]:
        """Once it has passed, the function can drive the stage, and of some cells the race."""
        if not self.passed:
            return ()

        name = self.exercise.name
        stage = KeyCommand("stage", ("ctrl+p",), "key.build-stage", hint="Ctrl+P")
        race = KeyCommand("race", ("ctrl+l",), "key.build-race", hint="Ctrl+L")
        return (*((stage,) if name in PARTS else ()), *((race,) if partners(name) else ()))

    def commands(self) -> tuple[KeyCommand, ...]:
        """In the editor every character is text: what works everywhere does not work here."""
        return super().commands() if self.is_small or self.trouble else self.own_commands()

    def restyle(self) -> None:
        super().restyle()
        if self.children:
            self.code.set_theme(self.tutor.theme_name)

    def opened(self) -> None:
        try:
            self.path, _ = building.begin(self.tutor.start.data_dir, self.exercise)
            self._load()
        except building.FileError as error:
            self._say(error.sentence(self.words), "wrong")
            if not self.path.name:
                self.path = building.place(self.tutor.start.data_dir, self.exercise.name)
                self._text = self.exercise.start
                self.code.load_text(self._text)
        self.set_interval(KEEP, self._keep)
        self.set_focus(self.code)
        if self.said is None:
            limits = "" if building.bounded() else f" {self.words('build.no_limits')}"
            self._say(self.words("build.waiting") + limits, "grey")
        self.paint()

    def paint_body(self) -> None:
        side = self.margin(WIDEST) - MARGIN
        cells, height = self.size.width - 2 * (side + MARGIN), self.size.height
        if cells < 20:
            return
        least = self._least
        room = height - AROUND - least
        said = self.said(cells) if self.said is not None else ()
        finding = _at_most(said, max(2, room - 1), self._more)
        about = (
            *equation_rows(self.exercise, cells),
            *shape_rows(self.exercise, self.words, cells),
        )
        about = _at_most(about, max(1, room - len(finding)), self._more)
        if height >= 24 and len(about) + len(finding) < room:
            about = (*about, ())
        for name, rows in (("about", about), ("finding", finding)):
            view = self.rows(name)
            view.styles.height = len(rows)
            view.display = bool(rows)
            view.show(rows)
        # What is found stands under the code, not at the foot of an empty window.
        self._wanted = self._rows_wanted()
        high = min(room + least - len(about) - len(finding), self._wanted)
        self.code.styles.height = high
        air = self.sunk(len(about) + high + len(finding))
        self.query_one("#sides").styles.margin = (air, side, 0, side)

    @property
    def _least(self) -> int:
        return CODE_ROWS if self.size.height >= 24 else 8

    def _rows_wanted(self) -> int:
        """The rows that the text fills, in steps, with one to write on."""
        return max(self._least, -(-(self._text.count("\n") + 2) // GROWS) * GROWS)

    def _grown(self) -> None:
        """The code may have another text: its room follows."""
        self._text = self.code.text
        if self._rows_wanted() != self._wanted:
            self.paint()

    def _more(self, count: int) -> Row:
        return (Span(f"… {self.words('build.say.more', n=count)}", "grey"),)

    def _say(self, text: str, role: str) -> None:
        self.said = partial(wrap, (Span(text, role),))
        self.paint()

    # ---- the text -------------------------------------------------------------------------------

    def _load(self) -> None:
        self._known = self._text = building.read(self.path)
        self.code.load_text(self._known)
        self.code.open_place()

    def _keep(self) -> bool:
        """Save what was typed; whether all is saved. What another program wrote meanwhile is kept
        beside it."""
        return self._text == self._known or self._write()

    def _write(self) -> bool:
        """Put what stands here into the file; whether it could be."""
        try:
            other = building.keep(self.path, self._known, self._text)
        except building.FileError as error:
            self._say_of_file(error.sentence(self.words))
            return False
        self._known = self._text
        if other is not None:
            self._say_of_file(self.words("build.other", path=other))
        return True

    def _say_of_file(self, text: str) -> None:
        self._of_file = text
        self._say(text, "wrong")

    async def take_key(self, event: events.Key) -> None:
        """What is typed goes into the text; the other keys are commands."""
        if self.is_small or self.trouble or self.focused is not self.code:
            await super().take_key(event)
        elif not await self.press(event.key):
            self.code.take(event)
            self._grown()

    def take_text(self, text: str) -> None:
        if not (self.is_small or self.trouble):
            self.code.put(text)
            self._grown()

    def on_unmount(self) -> None:
        self.halt()

    # ---- commands -------------------------------------------------------------------------------

    def do_save(self, key: str) -> None:
        """Save. Where nothing was typed here and another program has written the file, it is asked
        first which of the two is meant."""
        try:
            theirs = building.written_over(self.path, self._known)
        except building.FileError as error:
            self._say(error.sentence(self.words), "wrong")
            return
        if self._text == self._known and theirs not in (None, self._theirs):
            self._theirs = theirs
            self._say(self.words("build.theirs"), "wrong")
            return
        self._say(self.words("build.saved"), "grey")
        self._write()  # it says what went otherwise

    def do_check(self, key: str) -> None:
        self._begin_check()

    def do_stage(self, key: str) -> None:
        """What passes drives the stage; what does not is told as by a check."""
        self._begin_check(self._to_stage)

    def do_race(self, key: str) -> None:
        """What passes is trained beside the engine's."""
        self._begin_check(self._to_race)

    def _begin_check(self, then: Callable[[str], Awaitable[None]] | None = None) -> None:
        """Beside the interface; a check that is still running gives way to this one. then: what
        follows once it has passed, with the text that did."""
        self._keep()
        self._end_check()
        self._stop = threading.Event()
        self._say(self.words("build.checking"), "grey")
        self.run_worker(self._check(self._text, self._stop, then), exclusive=True)

    async def _check(
        self,
        source: str,
        stop: threading.Event,
        then: Callable[[str], Awaitable[None]] | None,
    ) -> None:
        finding, gradients = await asyncio.to_thread(
            building.look, self.exercise.name, source, stop
        )
        if stop.is_set():
            return
        self._attempts += 1
        seconds = monotonic() - self._begun
        data = building.checked(self.exercise.name, finding, self._attempts, seconds)
        with contextlib.suppress(LogError):  # which is said in the line above the footer
            # What passes is offered the stage: it counts, as every answer, from the disk on.
            await asyncio.wrap_future(self.tutor.record("build", **data))
        exercise, words = self.exercise, self.words
        of_file, self._of_file = (Span(self._of_file, "wrong"),), ""
        self.said = lambda cells: (
            *finding_rows(finding, exercise, "", words, cells, gradients),
            *wrap(of_file, cells),
        )
        self.paint()
        if then is not None and isinstance(finding, Passed):
            await then(source)

    async def _to_stage(self, source: str) -> None:
        """The stage driven by what has just passed; its process is started beside the interface."""
        own = OwnStage(self.exercise.name, source)
        await asyncio.to_thread(own.begin, dict(spec_of(own).settings))
        self.app.push_screen(OwnScreen(self.exercise, own))

    async def _to_race(self, source: str) -> None:
        """The race of the cell of which this is a part, if the other part passes too."""
        try:
            other = await asyncio.to_thread(
                building.partner, self.exercise.name, self.tutor.start.data_dir, self.tutor.progress
            )
        except Failure as error:
            self._say(error.sentence(self.words), "wrong")
            return
        own = OwnRace({self.exercise.name: source, **other})
        self.app.push_screen(OwnScreen(self.exercise, own))

    def _end_check(self) -> None:
        if self._stop is not None:
            self._stop.set()

    def do_hint(self, key: str) -> None:
        """The next hint, in the place of what was found."""
        if self.hints >= len(self.exercise.hints):
            return
        self.hints += 1
        label = self.words("build.hint", n=self.hints, of=len(self.exercise.hints))
        hint = (Text(label), *self.exercise.hints[self.hints - 1])
        self.said = lambda cells: lay_out_inline(hint, cells, self.course_view.context)
        self.paint()

    def do_editor(self, key: str) -> None:
        """The learner's own editor has the file until it is closed."""
        if not self._keep():
            return
        try:
            own_editor.edit(self.app, self.path)
            self._load()
        except (building.EditorError, building.FileError) as error:
            self._say(error.sentence(self.words), "wrong")
            return
        self.do_check(key)

    def do_step(self, key: str) -> None:
        """The step that teaches the equations."""
        if self._keep():
            lesson, _, page = self.exercise.step.partition(".")
            self.app.post_message(OpenLesson(lesson, page))

    def do_out(self, key: str) -> None:
        """Leave once all is saved; where it cannot be, the second time without."""
        if self._keep() or self._refused == self._text:
            self._known = self._text
            self.app.pop_screen()
            return
        self._refused = self._text
        failed = self.said
        stay = (Span(self.words("build.stay"), "wrong"),)
        self.said = lambda cells: (*(failed(cells) if failed else ()), *wrap(stay, cells))
        self.paint()

    def halt(self) -> None:
        self._keep()
        self._end_check()


def _at_most(rows: Rows, most: int, more: Callable[[int], Row]) -> Rows:
    """The rows, or the first of them and how many there are besides."""
    if len(rows) <= most:
        return rows
    return (*rows[: most - 1], more(len(rows) - most + 1))
