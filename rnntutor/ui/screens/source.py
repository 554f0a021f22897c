"""The NumPy that runs: the functions of the present phase, read from the module itself."""

from __future__ import annotations

import inspect

from rnntutor.draw.source import source_rows
from rnntutor.session.stage import Stage
from rnntutor.spans import Row, Rows, Span
from rnntutor.ui.screens.listing import ListingScreen


class SourceScreen(ListingScreen):
    """The stage's own source, the present phase first."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        phase = stage.phases[stage.at.phase - 1] if stage.at.phase else stage.phases[0]
        self.phase = phase
        self.functions = stage.simulation.source(stage.settings, phase)

    def headline(self) -> tuple[Row, Row]:
        phase = self.words(f"phase.{self.phase}")
        return (Span(self.words("source.title"), strong=True), Span(f"   {phase}", "grey")), ()

    def listing(self, cells: int) -> tuple[Rows, int]:
        rows: list[Row] = [()]
        for function in self.functions:
            file = inspect.getsourcefile(function) or ""
            _, line = inspect.getsourcelines(function)
            place = f"rnntutor{file.rpartition('rnntutor')[2]}:{line}"
            rows += [(Span(place, "grey"),), *source_rows(inspect.getsource(function), cells), ()]
        return tuple(rows), -1
