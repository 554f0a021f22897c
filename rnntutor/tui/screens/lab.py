"""The lab: every simulation, with every knob."""

from __future__ import annotations

from rnntutor import sims
from rnntutor.pages.listed import entry
from rnntutor.session.opening import spec
from rnntutor.spans import Row, Rows, Span, pad
from rnntutor.tui.screens.menu import MenuScreen


class LabScreen(MenuScreen):
    """The simulations by name, each with what it shows."""

    def headline(self) -> tuple[Row, Row]:
        return (Span(self.words("lab.title"), strong=True),), ()

    @property
    def count(self) -> int:
        return len(sims.names())

    def listing(self, cells: int) -> tuple[Rows, int]:
        rows: list[Row] = [()]
        lit = 0
        for n, name in enumerate(sims.names()):
            here = n == self.cursor
            lit = len(rows) if here else lit
            about = f"lab.{name}"
            lead = (Span("▸ " if here else "  ", "accent"), Span(pad(name, 14), strong=here))
            said = (Span(self.words(about) if about in self.words else "", "grey"),)
            rows += entry(lead, said, cells, link=f"entry:{n}", lit=here)
        return tuple(rows), lit

    def chosen(self) -> None:
        from rnntutor.tui.screens.experiment import ExperimentScreen

        opened = spec(sims.names()[self.cursor], (), lang=self.words.lang)
        self.app.push_screen(ExperimentScreen(opened, title="lab.title"))
