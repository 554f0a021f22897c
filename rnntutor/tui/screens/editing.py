"""The editor of one learner's file: typing, saving, and what another program does to the file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual import events
from textual.containers import Vertical
from textual.widget import Widget

from rnntutor.course.exercise import Exercise
from rnntutor.pages.build import equation_rows, shape_rows
from rnntutor.render.primitives.wrap import wrap
from rnntutor.session import code_file
from rnntutor.session.building import EditorError
from rnntutor.session.code_file import CodeFile, FileError
from rnntutor.spans import Row, Rows, Span
from rnntutor.tui.screen import AROUND, MARGIN, TutorScreen
from rnntutor.tui.terminal import own_editor
from rnntutor.tui.widgets.code import CodeEditor
from rnntutor.tui.widgets.rows_view import RowsView

CODE_ROWS = 12  # minimum rows of code in a window of 24 rows or more; else eight
GROWS = 4  # rows by which the editor grows, so that not every new line moves the parts below
WIDEST = 100  # cells of the code and of the text below
KEEP = 5.0  # seconds between automatic saves


class EditingScreen(TutorScreen):
    """The editor of a code exercise's file, between what is to be written and a message about it.

    Attributes:
        exercise: the exercise.
        file: the learner's file.
        source: the editor's text, also after the widget has been removed.
        said: lays the last message out for a width in cells; None if there is none yet.
    """

    DEFAULT_CSS = """
    EditingScreen #sides { layout: vertical; height: 1fr; }
    EditingScreen #code { height: 1fr; border: none; padding: 0 1; scrollbar-size: 1 1; }
    EditingScreen #about, EditingScreen #finding { height: 1; }
    """

    def __init__(self, exercise: Exercise) -> None:
        super().__init__()
        self.exercise = exercise
        self.file = CodeFile(Path())
        self.said: Callable[[int], Rows] | None = None
        self._of_file = ""  # a problem of saving, until a check has shown it
        self.source = ""
        self._wanted = 0  # current height of the editor in rows
        self._refused: str | None = None  # text that could not be saved on leaving

    def first_message(self) -> str:
        """Return the message of a page that has just been opened."""
        raise NotImplementedError

    def after_edit(self) -> None:
        """React to an edit in the learner's own editor; the new text is shown already."""
        raise NotImplementedError

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

    def restyle(self) -> None:
        super().restyle()
        if self.children:
            self.code.set_theme(self.tutor.theme_name)

    def after_open(self) -> None:
        data_dir = self.tutor.start.data_dir
        self.file = CodeFile(code_file.path_of(data_dir, self.exercise.name))
        try:
            code_file.begin(data_dir, self.exercise)
        except FileError as error:
            self.say(error.sentence(self.words), "wrong")
            self.source = self.exercise.start
            self.code.load_text(self.source)
        else:
            self._load()
        self.set_interval(KEEP, self.keep)
        self.set_focus(self.code)
        if self.said is None:
            self.say(self.first_message(), "grey")
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
        return max(self._least, -(-(self.source.count("\n") + 2) // GROWS) * GROWS)

    def _grow(self) -> None:
        """Adapt the editor's height to a changed text."""
        self.source = self.code.text
        if self._rows_wanted() != self._wanted:
            self.paint()

    def _more(self, count: int) -> Row:
        return (Span(f"… {self.words('build.say.more', n=count)}", "grey"),)

    def say(self, text: str, role: str) -> None:
        self.said = partial(wrap, (Span(text, role),))
        self.paint()

    # ---- the file -------------------------------------------------------------------------------

    def _load(self) -> bool:
        """Show the file's text.

        Returns:
            Whether it could be read.
        """
        try:
            self.source = self.file.load()
        except FileError as error:
            self.say(error.sentence(self.words), "wrong")
            return False
        self.code.load_text(self.source)
        self.code.select_blank()
        return True

    def keep(self) -> bool:
        """Save the text if it has changed; another program's version is kept in a second file.

        Returns:
            Whether the text is saved.
        """
        return self.source == self.file.known or self._write()

    def _write(self) -> bool:
        """Write the text to the file.

        Returns:
            Whether it could be written.
        """
        try:
            other = self.file.keep(self.source)
        except FileError as error:
            self._say_of_file(error.sentence(self.words))
            return False
        if other is not None:
            self._say_of_file(self.words("build.other", path=other))
        return True

    def _say_of_file(self, text: str) -> None:
        self._of_file = text
        self.say(text, "wrong")

    def take_file_problem(self) -> Row:
        """Return the problem of saving that no check has shown yet, and forget it."""
        text, self._of_file = self._of_file, ""
        return (Span(text, "wrong"),)

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

    def halt(self) -> None:
        self.keep()

    # ---- commands -------------------------------------------------------------------------------

    def do_save(self, key: str) -> None:
        """Save the text.

        If another program has changed the file and nothing was typed here, the learner is asked
        first which version to keep.
        """
        try:
            changed = self.file.report_change(self.source)
        except FileError as error:
            self.say(error.sentence(self.words), "wrong")
            return
        if changed:
            self.say(self.words("build.theirs"), "wrong")
            return
        self.say(self.words("build.saved"), "grey")
        self._write()  # reports any problem

    def do_editor(self, key: str) -> None:
        """Open the file in the learner's own editor."""
        if not self.keep():
            return
        try:
            own_editor.edit(self.app, self.file.path)
        except EditorError as error:
            self.say(error.sentence(self.words), "wrong")
            return
        if self._load():
            self.after_edit()

    def do_out(self, key: str) -> None:
        """Leave after saving; if saving fails, a second request leaves without saving."""
        if self.keep() or self._refused == self.source:
            self.file.known = self.source
            self.app.pop_screen()
            return
        self._refused = self.source
        failed = self.said
        stay = (Span(self.words("build.stay"), "wrong"),)
        self.said = lambda cells: (*(failed(cells) if failed else ()), *wrap(stay, cells))
        self.paint()


def _at_most(rows: Rows, most: int, more: Callable[[int], Row]) -> Rows:
    """Return at most `most` rows; a last row gives the number of omitted ones."""
    if len(rows) <= most:
        return rows
    return (*rows[: most - 1], more(len(rows) - most + 1))
