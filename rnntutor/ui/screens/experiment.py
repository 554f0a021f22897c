"""A simulation that has the whole screen: what a link opens, with every knob named in it."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

from rnntutor.course.blocks import SimSpec
from rnntutor.session import stage as stages
from rnntutor.spans import Row, Span
from rnntutor.ui import commands
from rnntutor.ui.keys import Command
from rnntutor.ui.screens.page import PageScreen
from rnntutor.ui.visit import STAGE, Visit


class ExperimentScreen(PageScreen):
    """spec: the simulation; its controls are those named, else the settings that can be turned.
    at: the step at which it opens. Raises SettingError for what cannot be."""

    zoomed = True

    def __init__(self, spec: SimSpec, *, title: str = "experiment.title") -> None:
        super().__init__()
        controls = spec.controls or tuple(name for name, _ in spec.settings)
        stage = stages.open_stage(replace(spec, controls=stages.turnable(spec, controls)))
        self._visit = Visit(stage=stage, focus=STAGE, started=monotonic())
        self._title = title

    @property
    def visit(self) -> Visit:
        return self._visit

    def headline(self) -> tuple[Row, Row]:
        return (Span(self.words(self._title), strong=True),), ()

    def page_commands(self) -> tuple[Command, ...]:
        return commands.zoomed(self.visit, lab=True)

    def do_out(self, key: str) -> None:
        self.leave()
        self.tutor.close()
