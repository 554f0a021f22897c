"""A confident wrong answer beside the right one.

Both are shown over the stage that refutes the wrong answer or, if there is none, over the
explanation of the right one.
"""

from __future__ import annotations

from time import monotonic

from rnntutor.pages.contrast import contrast_rows
from rnntutor.pages.question import why_rows
from rnntutor.session.question import QuestionState
from rnntutor.session.stage import Stage
from rnntutor.spans import Row, Rows, Span
from rnntutor.study.progress import PageKey
from rnntutor.tui import commands, stage_commands
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.page_state import STAGE, ScreenPageState
from rnntutor.tui.screens.page import PageScreen


class ContrastScreen(PageScreen):
    """A confident wrong answer beside the right one; the screen's result is None.

    Args:
        asked: the question with its verdict.
        stage: the stage that refutes the answer, run to its end; None if there is none.
    """

    def __init__(self, asked: QuestionState, stage: Stage | None) -> None:
        super().__init__()
        self._asked = asked
        self.zoomed = stage is not None
        self.page_state = ScreenPageState(stage=stage, focus=STAGE, started=monotonic())

    def stay_page(self) -> PageKey | None:
        return "", f"contrast:{self._asked.question.id}"

    def headline(self) -> tuple[Row, Row]:
        return (Span(self.words("contrast.title"), strong=True),), ()

    def page_rows(self, cells: int) -> Rows:
        context = self.course_view.context
        rows = contrast_rows(self._asked, self.words, cells, context, staged=False)
        return ((), *rows, (), *why_rows(self._asked, self.words, cells, context))

    def act_rows(self, cells: int) -> Rows:
        rows = contrast_rows(self._asked, self.words, cells, self.course_view.context)
        return (*rows, (Span("─" * cells, "line"),))

    def own_commands(self) -> tuple[KeyCommand, ...]:
        """Return a stage's commands; Enter leaves the screen, except on a knob that is typed."""
        found = stage_commands.zoomed(self.page_state)
        going = commands.OUT._replace(keys=("enter", "n", "escape"), label="key.next", shown=True)
        if self.page_state.stage is None:
            return (going, *commands.SCROLL)
        return (going, *(c for c in found if c.name not in ("out", "assign", "compare")))

    def do_out(self, key: str) -> None:
        """Return to the question."""
        self.leave()
        self.dismiss(None)
