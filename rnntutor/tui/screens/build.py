"""The editor page of a code exercise: write, check, and read the result."""

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
from rnntutor.course.load import plain_text
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

CODE_ROWS = 12  # minimum rows of code in a window of 24 rows or more; else eight
GROWS = 4  # rows by which the editor grows, so that not every new line moves the parts below
WIDEST = 100  # cells of the code and of the text below
KEEP = 5.0  # seconds between automatic saves


class BuildScreen(TutorScreen):
    """The editor of a code exercise.

    Attributes:
        exercise: the exercise.
        path: the learner's file.
        said: lays the last message out for a width in cells; None if there is none yet.
        hints: number of hints shown.
    """

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
        self._known = ""  # the file's last known content
        self._text = ""  # the editor's text, kept because the widget is removed before the page
        self._wanted = 0  # current height of the editor in rows
        self._refused: str | None = None  # text that could not be saved on leaving
        self._theirs: str | None = None  # another program's reported version of the file
        self._of_file = ""  # a problem of saving, until a check has shown it
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
        """The editor."""
        return self.query_one("#code", CodeEditor)

    def headline(self) -> tuple[Row, Row]:
        title = Span(plain_text(self.exercise.title), strong=True)
        done = (Span("✓", "right"),) if self.passed else ()
        return (title, Span(f"   {self.exercise.signature}", "grey")), done

    @property
    def passed(self) -> bool:
        """Whether the exercise has been passed at least once."""
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
        """Return the commands by which a passed function drives the stage or the race."""
        if not self.passed:
            return ()

        name = self.exercise.name
        stage = KeyCommand("stage", ("ctrl+p",), "key.build-stage", hint="Ctrl+P")
        race = KeyCommand("race", ("ctrl+l",), "key.build-race", hint="Ctrl+L")
        return (*((stage,) if name in PARTS else ()), *((race,) if partners(name) else ()))

    def commands(self) -> tuple[KeyCommand, ...]:
        """Return the screen's own commands; the letters of shared ones are text here."""
        return super().commands() if self.is_small or self.trouble else self.own_commands()

    def restyle(self) -> None:
        super().restyle()
        if self.children:
            self.code.set_theme(self.tutor.theme_name)

    def after_open(self) -> None:
        try:
            self.path, _ = building.begin(self.tutor.start.data_dir, self.exercise)
            self._load()
        except building.FileError as error:
            self._say(error.sentence(self.words), "wrong")
            if not self.path.name:
                self.path = building.path_of(self.tutor.start.data_dir, self.exercise.name)
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
        # The result is placed right below the code, not at the foot of an empty window.
        self._wanted = self._rows_wanted()
        high = min(room + least - len(about) - len(finding), self._wanted)
        self.code.styles.height = high
        air = self.sunk(len(about) + high + len(finding))
        self.query_one("#sides").styles.margin = (air, side, 0, side)

    @property
    def _least(self) -> int:
        return CODE_ROWS if self.size.height >= 24 else 8

    def _rows_wanted(self) -> int:
        """Return the rows that the text needs, with a line to write on, in steps of `GROWS`."""
        return max(self._least, -(-(self._text.count("\n") + 2) // GROWS) * GROWS)

    def _grow(self) -> None:
        """Adapt the editor's height to a changed text."""
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
        self.code.select_blank()

    def _keep(self) -> bool:
        """Save the text if it has changed; another program's version is kept in a second file.

        Returns:
            Whether the text is saved.
        """
        return self._text == self._known or self._write()

    def _write(self) -> bool:
        """Write the text to the file.

        Returns:
            Whether it could be written.
        """
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
        """Execute the key's command, or else pass the key to the editor."""
        if self.is_small or self.trouble or self.focused is not self.code:
            await super().take_key(event)
        elif not await self.press(event.key):
            self.code.take(event)
            self._grow()

    def take_text(self, text: str) -> None:
        if not (self.is_small or self.trouble):
            self.code.put(text)
            self._grow()

    def on_unmount(self) -> None:
        self.halt()

    # ---- commands -------------------------------------------------------------------------------

    def do_save(self, key: str) -> None:
        """Save the text.

        If another program has changed the file and nothing was typed here, the learner is asked
        first which version to keep.
        """
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
        self._write()  # reports any problem

    def do_check(self, key: str) -> None:
        """Start a check of the code."""
        self._begin_check()

    def do_stage(self, key: str) -> None:
        """Check the function and let it drive the stage if it passes."""
        self._begin_check(self._to_stage)

    def do_race(self, key: str) -> None:
        """Check the function and train it against the engine if it passes."""
        self._begin_check(self._to_race)

    def _begin_check(self, then: Callable[[str], Awaitable[None]] | None = None) -> None:
        """Start a check in the background, replacing one that is still running.

        Args:
            then: called with the checked text if it passes.
        """
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
        data = building.check_data(self.exercise.name, finding, self._attempts, seconds)
        with contextlib.suppress(LogError):  # reported on the status line
            # A pass unlocks the stage, and counts, like every answer, once it is on disk.
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
        """Open the stage driven by the passed function; its process is started in a thread."""
        own = OwnStage(self.exercise.name, source)
        await asyncio.to_thread(own.begin, dict(spec_of(own).settings))
        self.app.push_screen(OwnScreen(self.exercise, own))

    async def _to_race(self, source: str) -> None:
        """Open the race of the function's cell, if the other part of the cell passes too."""
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
        """Show the next hint instead of the last result."""
        if self.hints >= len(self.exercise.hints):
            return
        self.hints += 1
        label = self.words("build.hint", n=self.hints, of=len(self.exercise.hints))
        hint = (Text(label), *self.exercise.hints[self.hints - 1])
        self.said = lambda cells: lay_out_inline(hint, cells, self.course_view.context)
        self.paint()

    def do_editor(self, key: str) -> None:
        """Open the file in the learner's own editor, then check it."""
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
        """Open the step that teaches the equations."""
        if self._keep():
            lesson, _, page = self.exercise.step.partition(".")
            self.app.post_message(OpenLesson(lesson, page, over=True))

    def do_out(self, key: str) -> None:
        """Leave after saving; if saving fails, a second request leaves without saving."""
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
    """Return at most `most` rows; a last row gives the number of omitted ones."""
    if len(rows) <= most:
        return rows
    return (*rows[: most - 1], more(len(rows) - most + 1))
