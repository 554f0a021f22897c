"""The home screen: continue, review, or choose a lesson."""

from __future__ import annotations

from textual.containers import Vertical
from textual.widget import Widget

from rnntutor.pages import home as home_rows
from rnntutor.render.primitives.wrap import wrap
from rnntutor.session.start import QuizRequest, before_first
from rnntutor.spans import Row, Rows, Span, beside, width
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.messages import OpenLesson, OpenQuiz
from rnntutor.tui.screen import AROUND, TutorScreen
from rnntutor.tui.widgets.rows_view import RowsView


class HomeScreen(TutorScreen):
    """The home screen.

    Attributes:
        cursor: REVIEW, CONTINUE, or the 1-based position of a lesson; None selects the first entry.
    """

    def __init__(self) -> None:
        super().__init__()
        self.cursor: int | None = None
        self._walked = False
        self._told = False  # whether the keys for quitting are being shown

    is_home = True

    def headline(self) -> tuple[Row, Row]:
        name = self.course_view.text(self.tutor.course.title)
        left = (Span("rnntutor", strong=True), Span(f"   {name}", "grey"))
        language = Span(self.words("home.other-language"), "accent", link="key:l")
        right = (language, Span(" l", "grey", link="key:l"))
        # The course's title is omitted if it does not fit whole.
        room = self.size.width - 4 - width(right)
        return left if width(left) < room else left[:1], right

    def own_commands(self) -> tuple[KeyCommand, ...]:
        digits = tuple(n for n in self.tutor.course.numbers if len(n) == 1)
        return (
            KeyCommand("open", ("enter",), "key.open"),
            KeyCommand("down", ("down", "tab"), "key.walk", hint="↑ ↓"),
            KeyCommand("up", ("up", "shift+tab"), "key.walk-up", shown=False),
            KeyCommand("lesson", digits, "key.lesson", hint=_range(digits), shown=False),
            *((KeyCommand("review", ("r",), "key.review"),) if self.tutor.due else ()),
            KeyCommand("quiz", ("z",), "key.quiz"),
            KeyCommand("quit", ("q",), "key.quit"),
            *((KeyCommand("build", ("w",), "key.build"),) if self.tutor.course.builds else ()),
            KeyCommand("progress", ("p",), "key.progress"),
            KeyCommand("lab", ("b",), "key.lab"),
            KeyCommand("glossary", ("g",), "key.glossary"),
            KeyCommand("theme", ("t",), "key.theme"),
            *(
                (KeyCommand("start", ("0",), "key.prepare", shown=False),)
                if self.tutor.course.start
                else ()
            ),
            KeyCommand("first_minute", ("f",), "key.first-minute", shown=False),
            KeyCommand("how_to_quit", ("escape",), "key.how-to-quit", shown=False),
        )

    def body(self) -> Widget:
        said = RowsView(id="said")
        said.display = False  # until there is a message
        return Vertical(RowsView(id="rows"), said)

    def paint_body(self) -> None:
        view, said = self.rows("rows"), self.rows("said")
        cells = self.size.width - 4
        if cells < 20:
            return
        listed, pane = home_rows.columns(cells)
        used = listed + (pane + home_rows.GAP if pane else 0)
        view.margin = said.margin = (self.size.width - used) // 2
        told = wrap(self.tutor.status_row(), used)
        said.display = bool(told)
        said.styles.height = len(told) + 1
        said.show(told)
        self.cursor = self._first() if self.cursor is None else self.cursor
        view_, last_page, due = self.course_view, self.course_view.last_page, self.tutor.due
        rows, lit = home_rows.home_rows(view_, listed, self.cursor, last_page, due, alone=not pane)
        # Positioned by the list's height, because that of the details depends on the lesson.
        air = self.sunk(len(rows))
        if pane:
            rows = beside(rows, self._pane(pane), listed + home_rows.GAP)
        room = self.size.height - AROUND - (len(told) + 1 if told else 0)
        air = max(0, min(air, room - len(rows)))
        rows, lit = (*[()] * air, *rows), lit + air
        # A message is placed right below the list, not at the foot of a tall window.
        view.styles.height = len(rows) + 1 if told and len(rows) < room else "1fr"
        view.show(rows)
        view.reveal(lit if self.cursor != self._first() else 0)
        view.reveal(lit)

    def _pane(self, cells: int) -> Rows:
        """Return the details of the selected lesson or of the review."""
        from rnntutor.pages import home_pane  # not needed in a narrow window

        course, due, view = self.tutor.course, self.tutor.due, self.course_view
        if self.cursor == home_rows.REVIEW:
            return home_pane.review_rows(view, due, cells)
        last_page = self.course_view.last_page
        if self.cursor == home_rows.CONTINUE and last_page is not None:
            entry = course.entry(last_page[0])
        else:
            entry = course.entries[(self.cursor or 1) - 1]
        return home_pane.lesson_rows(view, entry, due, cells)

    def _stops(self) -> tuple[int, ...]:
        """Return the cursor positions of all entries, from top to bottom."""
        review = (home_rows.REVIEW,) if self.tutor.due else ()
        going_on = (home_rows.CONTINUE,) if self.course_view.last_page is not None else ()
        return (*review, *going_on, *range(1, len(self.tutor.course.entries) + 1))

    def _first(self) -> int:
        return self._stops()[0]

    def after_load(self) -> None:
        if not self._walked:
            self.cursor = None

    def on_screen_resume(self) -> None:
        self.tutor.look_what_is_due()
        self.cursor = None
        self._told = False

    async def press(self, key: str) -> bool:
        """Clear the message about quitting, then execute the key's command."""
        if self._told and key != "escape":
            self._told = False
            self.tutor.say("")
            self.paint()
        return await super().press(key)

    def do_how_to_quit(self, key: str) -> None:
        """Show how to quit.

        Esc leads to this screen from everywhere and is easily pressed too often, so it never ends
        the program.
        """
        self._told = True
        self.tutor.say(self.words("home.leave"))

    def do_down(self, key: str) -> None:
        """Select the next entry."""
        self._walk(1)

    def do_up(self, key: str) -> None:
        """Select the previous entry."""
        self._walk(-1)

    def _walk(self, count: int) -> None:
        self._walked = True
        stops = self._stops()
        here = stops.index(self.cursor) if self.cursor in stops else 0
        self.cursor = stops[max(0, min(here + count, len(stops) - 1))]
        self.paint()

    def do_open(self, key: str) -> None:
        """Open the selected entry."""
        self.open_at(self.cursor or 0)

    def do_review(self, key: str) -> None:
        """Start a review of what is due."""
        from rnntutor.study.schedule import CAP, MINUTES

        wanted = QuizRequest(size=CAP, due=self.tutor.due, minutes=MINUTES)
        self.app.post_message(OpenQuiz(wanted))

    def do_progress(self, key: str) -> None:
        """Show what the learner knows."""
        from rnntutor.tui.screens.progress import ProgressScreen

        self.app.push_screen(ProgressScreen())

    def do_start(self, key: str) -> None:
        """Open the questions that show whether the learner should read an introduction first."""
        start = self.tutor.course.start
        if start is not None:
            self.app.post_message(OpenQuiz(before_first(start.id)))

    def do_first_minute(self, key: str) -> None:
        """Open the first minute."""
        from rnntutor.tui.screens.first_minute import FirstMinuteScreen

        self.app.push_screen(FirstMinuteScreen())

    def do_build(self, key: str) -> None:
        """Open the list of code exercises."""
        from rnntutor.tui.screens.builds import BuildsScreen

        self.app.push_screen(BuildsScreen())

    def do_lab(self, key: str) -> None:
        """Open the list of simulations."""
        from rnntutor.tui.screens.lab import LabScreen

        self.app.push_screen(LabScreen())

    def do_quiz(self, key: str) -> None:
        """Open the list of quizzes."""
        from rnntutor.tui.screens.quiz_choice import QuizChoiceScreen

        self.app.push_screen(QuizChoiceScreen())

    def do_lesson(self, key: str) -> None:
        """Open the lesson with the number of the key."""
        self.open_at(self.tutor.course.numbers.index(key) + 1)

    def open_at(self, cursor: int) -> None:
        """Open the review, the last visited page, or the lesson at a position of the course."""
        last_page = self.course_view.last_page
        if cursor == home_rows.REVIEW:
            self.do_review("")
        elif cursor == home_rows.CONTINUE and last_page is not None:
            self.app.post_message(OpenLesson(*last_page))
        elif cursor > 0:
            self.app.post_message(OpenLesson(self.tutor.course.entries[cursor - 1].id))

    def follow_lesson(self, target: str) -> None:
        """Open the clicked lesson."""
        self.open_at(int(target))


def _range(digits: tuple[str, ...]) -> str:
    """Return consecutive digit keys as the help shows them."""
    return f"{digits[0]}-{digits[-1]}" if len(digits) > 1 else ""
