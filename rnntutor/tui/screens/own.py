"""The stage or race driven by the learner's own functions."""

from __future__ import annotations

from rnntutor.build.own_race import OwnRace
from rnntutor.build.stages import OwnTrace
from rnntutor.course.exercise import Exercise
from rnntutor.course.load import plain_text
from rnntutor.pages.own import mark_rows, race_rows
from rnntutor.session.code import SourceExcerpt
from rnntutor.session.own import OwnSimulation, spec_of
from rnntutor.session.start import StartPoint
from rnntutor.spans import Row, Rows, Span
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.tui.screens.source import SourceScreen


class OwnScreen(ExperimentScreen):
    """A stage or race driven by the learner's own functions.

    Args:
        exercise: the code exercise.
        own: the learner's functions; closed with this page.
        settings: settings from the command line.
        start_point: where the run opens.

    Raises:
        SettingError: a setting is invalid.
    """

    def __init__(
        self,
        exercise: Exercise,
        own: OwnSimulation,
        *,
        settings: tuple[tuple[str, str], ...] = (),
        start_point: StartPoint | None = None,
    ) -> None:
        super().__init__(spec_of(own, settings), start_point=start_point, simulation=own.simulation)
        self.exercise = exercise
        self.own = own

    def headline(self) -> tuple[Row, Row]:
        title = Span(plain_text(self.exercise.title), strong=True)
        key = "build.own.race" if isinstance(self.own, OwnRace) else "build.own.title"
        return (title, Span(f"   {self.words(key)}", "grey")), ()

    def above_stage(self, cells: int) -> Rows:
        if isinstance(self.own, OwnRace):
            return race_rows(tuple(self.own.sources), self.own.trouble, self.words, cells)
        trace = self.stage.trace
        return mark_rows(trace, self.words, cells) if isinstance(trace, OwnTrace) else ()

    def do_source(self, key: str) -> None:
        """Show the learner's own code."""
        self.halt()
        pieces = tuple(
            SourceExcerpt(f"{name}.py", tuple(source.rstrip("\n").split("\n")))
            for name, source in self.own.sources.items()
        )
        self.app.push_screen(SourceScreen(self.stage, pieces))

    def on_unmount(self) -> None:
        super().on_unmount()
        self.own.end()
