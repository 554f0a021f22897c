"""A full-screen simulation, as opened by a link, with all knobs that the link names."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

from textual.containers import Container
from textual.widget import Widget

from rnntutor.course.blocks import Link
from rnntutor.course.sim_spec import SimSpec
from rnntutor.pages.stage import stage_rows
from rnntutor.session import opening
from rnntutor.session.links import spec_of
from rnntutor.session.stage import Stage
from rnntutor.session.start import StartPoint
from rnntutor.sims.base import Simulation
from rnntutor.spans import Row, Span
from rnntutor.study.progress import PageKey
from rnntutor.tui import stage_commands
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.messages import CloseScreen
from rnntutor.tui.page_state import STAGE, ScreenPageState
from rnntutor.tui.screen import MARGIN, SMALLEST
from rnntutor.tui.screens.page import PageScreen
from rnntutor.tui.terminal.release_memory import release_later
from rnntutor.tui.widgets.rows_view import RowsView


class ExperimentScreen(PageScreen):
    """A full-screen simulation.

    Raises:
        SettingError: a setting is invalid.
    """

    DEFAULT_CSS = """
    ExperimentScreen #panels { layout: vertical; width: 1fr; height: 1fr; }
    ExperimentScreen.-beside-wide #panels { layout: horizontal; }
    ExperimentScreen #beside { display: none; width: 1fr; height: 1fr; }
    """

    zoomed = True
    beside: Stage | None = None  # the same simulation with the settings at the time of the split

    def __init__(
        self,
        spec: SimSpec,
        *,
        title: str = "experiment.title",
        start_point: StartPoint | None = None,
        simulation: Simulation | None = None,
    ) -> None:
        """Open a simulation.

        Args:
            spec: the simulation; its controls become knobs where they can be turned.
            title: key of the title.
            start_point: where the run opens.
            simulation: replaces the simulation named by `spec`.
        """
        super().__init__()
        stage = opening.alone(spec, simulation)
        if start_point is not None:
            stage = opening.at(stage, start_point)
        self.page_state = ScreenPageState(stage=stage, focus=STAGE, started=monotonic())
        self._title = title

    @classmethod
    def of(cls, link: Link, lang: str) -> ExperimentScreen:
        """Return the screen of a link, at the view that the link is about.

        Args:
            link: the link.
            lang: the learner's language.

        Raises:
            Failure: the link's simulation cannot be opened.
        """
        screen = cls(spec_of(link, lang))
        screen.page_state.stage = opening.seen_from(link, screen.stage)
        return screen

    def after_open(self) -> None:
        super().after_open()
        release_later(self.app)
        self.staying()
        self._drive(self.stage)

    def stay_page(self) -> PageKey | None:
        return "", f"sim:{self.stage.spec.use}"

    def panels(self) -> tuple[Widget, ...]:
        both = RowsView(id="beside", surface="stage"), RowsView(id="stage", surface="stage")
        return (Container(*both, id="panels"),)

    @property
    def panel_margin(self) -> int:
        return super().panel_margin if self.beside is None else MARGIN

    def make_room(self) -> None:
        super().make_room()
        other = self.rows("beside")
        other.display = self.beside is not None
        self.set_class(
            self.beside is not None and self.size.width >= 2 * SMALLEST[0], "-beside-wide"
        )

    def set_stage(self, new: Stage, *, all_of_it: bool = True, shown: bool = True) -> None:
        if self.beside is not None:
            transport = self.beside.transport.to(new.transport.position)
            self.beside = replace(self.beside, transport=transport, view=new.view, unit=new.unit)
        super().set_stage(new, all_of_it=all_of_it, shown=shown)

    def paint_stage(self) -> None:
        super().paint_stage()
        if self.beside is None:
            return
        panel = self.rows("beside")
        cells = panel.size.width - 2 * panel.margin
        if cells >= 20 and panel.size.height:
            rows = stage_rows(self.beside, self.words, cells, panel.size.height)
            panel.show(rows, top=0)

    def do_compare(self, key: str) -> None:
        """Keep the current settings in a second panel with the same cursor, or close that panel."""
        self.beside = None if self.beside is not None else self.stage
        self.rearrange()

    def headline(self) -> tuple[Row, Row]:
        return (Span(self.words(self._title), strong=True),), ()

    def own_commands(self) -> tuple[KeyCommand, ...]:
        return stage_commands.zoomed(self.page_state, lab=True)

    def do_out(self, key: str) -> None:
        """Close the screen."""
        self.leave()
        self.app.post_message(CloseScreen())
