"""A simulation that has the whole screen: what a link opens, with every knob named in it."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

from rnntutor.course.blocks import SimSpec
from rnntutor.session import stage as stages
from rnntutor.spans import Row, Span
from rnntutor.ui import commands
from rnntutor.ui.keys import Command
from rnntutor.ui.rows_view import RowsView
from rnntutor.ui.screens.staged import StagedScreen
from rnntutor.ui.visit import STAGE, Visit


class ExperimentScreen(StagedScreen):
    """Raises SettingError for a simulation or setting that cannot be."""

    def __init__(self, spec: SimSpec) -> None:
        super().__init__()
        controls = spec.controls or tuple(name for name, _ in spec.settings)
        stage = stages.open_stage(replace(spec, controls=stages.turnable(spec, controls)))
        self._visit = Visit(stage=stage, focus=STAGE, started=monotonic())

    @property
    def visit(self) -> Visit:
        return self._visit

    def body(self) -> RowsView:
        return RowsView(id="stage", surface="stage")

    def headline(self) -> tuple[Row, Row]:
        return (Span(self.words("experiment.title"), strong=True),), ()

    def own_commands(self) -> tuple[Command, ...]:
        return commands.zoomed(self.visit)

    def paint_body(self) -> None:
        self.paint_stage()

    def do_out(self, key: str) -> None:
        self.leave()
        self.app.pop_screen()
