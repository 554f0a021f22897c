"""The stage driven by a learner's own function."""

from __future__ import annotations

from rnntutor.build.stages import OwnStage, OwnTrace
from rnntutor.course.exercise import Exercise
from rnntutor.course.load import shown
from rnntutor.pages.own import mark_rows
from rnntutor.session.code import Piece
from rnntutor.session.own import spec_of
from rnntutor.session.start import Place
from rnntutor.spans import Row, Rows, Span
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.tui.screens.source import SourceScreen


class OwnScreen(ExperimentScreen):
    """own: ended with this page. settings: as the command line has them. Raises SettingError."""

    def __init__(
        self,
        exercise: Exercise,
        own: OwnStage,
        *,
        settings: tuple[tuple[str, str], ...] = (),
        place: Place | None = None,
    ) -> None:
        super().__init__(spec_of(own, settings), place=place, simulation=own.simulation)
        self.exercise = exercise
        self.own = own

    def headline(self) -> tuple[Row, Row]:
        title = Span(shown(self.exercise.title), strong=True)
        return (title, Span(f"   {self.words('build.own.title')}", "grey")), ()

    def above_stage(self, cells: int) -> Rows:
        trace = self.stage.trace
        return mark_rows(trace, self.words, cells) if isinstance(trace, OwnTrace) else ()

    def do_source(self, key: str) -> None:
        """The learner's own text."""
        self.halt()
        lines = tuple(self.own.source.rstrip("\n").split("\n"))
        piece = Piece(f"{self.exercise.name}.py", lines)
        self.app.push_screen(SourceScreen(self.stage, (piece,)))

    def on_unmount(self) -> None:
        super().on_unmount()
        self.own.end()
