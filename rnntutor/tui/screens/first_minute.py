"""The first minute: the introduction that new learners see before the list of lessons."""

from __future__ import annotations

from time import monotonic

from textual.containers import Vertical
from textual.widget import Widget

from rnntutor.pages import first_minute as rows
from rnntutor.session import first_minute
from rnntutor.session.first_minute import FirstMinute
from rnntutor.session.stage import Stage
from rnntutor.spans import Row
from rnntutor.tui import stage_commands
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.messages import GoHome
from rnntutor.tui.page_state import KNOBS, STAGE, ScreenPageState
from rnntutor.tui.screen import LINE
from rnntutor.tui.screens.simulation import SimulationScreen
from rnntutor.tui.widgets.rows_view import RowsView

ROWS = 24  # rows of text and picture, at every stop


class FirstMinuteScreen(SimulationScreen):
    """The first minute; performing the task of a stop leads to the next, and Esc leaves."""

    DEFAULT_CSS = """
    FirstMinuteScreen #ask { height: auto; }
    FirstMinuteScreen #stage { height: 1fr; }
    """

    minute = FirstMinute()

    def body(self) -> Widget:
        return Vertical(RowsView(id="ask"), RowsView(id="stage"))

    def after_open(self) -> None:
        stage = first_minute.begin(self.words)
        self.page_state = ScreenPageState(stage=stage, focus=STAGE, started=monotonic())
        super().after_open()

    def headline(self) -> tuple[Row, Row]:
        return rows.headline(self.minute, self.words)

    def own_commands(self) -> tuple[KeyCommand, ...]:
        return stage_commands.first_minute(self.minute.stop, self.page_state)

    def paint_body(self) -> None:
        cells = self._cells()
        if cells < 20:
            return
        ask = self.rows("ask")
        ask.margin = self.rows("stage").margin = (self.size.width - cells) // 2
        air = self.sunk(ROWS)
        told = (*[()] * (1 + air), *rows.ask_rows(self.minute, self.stage, self.words, cells), ())
        ask.styles.height = len(told)
        ask.show(told, top=0)
        self.paint_stage()

    def paint_stage(self) -> None:
        panel, cells = self.rows("stage"), self._cells()
        if cells < 20 or not panel.size.height:
            return
        focus = self.page_state.focus - KNOBS
        panel.show(
            rows.stage_rows(
                self.minute, self.stage, self.words, cells, panel.size.height, focus=focus
            ),
            top=0,
        )

    def _cells(self) -> int:
        """Return the width of text and picture, which are centred in a wide window."""
        return min(LINE, self.size.width - 4)

    def set_stage(self, new: Stage, *, all_of_it: bool = True, shown: bool = True) -> None:
        before = self.minute
        self.minute, new = first_minute.after_change(before, self.stage, new)
        super().set_stage(new, all_of_it=all_of_it or self.minute != before, shown=shown)

    def do_predict(self, key: str) -> None:
        """Choose a prediction."""
        self.minute, stage = first_minute.predict(self.minute, self.stage, int(key) - 1)
        super().set_stage(stage)

    def do_answer(self, key: str) -> None:
        """Choose an answer."""
        self.minute = first_minute.answer(self.minute, int(key) - 1)
        self.paint()

    def translate(self) -> None:
        """Keep the current stop in the new language."""
        self.page_state.stage = first_minute.translate(self.stage, self.words)

    def do_out(self, key: str) -> None:
        """Leave the first minute for the home screen."""
        self.leave()
        self.app.post_message(GoHome())
