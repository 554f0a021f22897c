"""The lab: all simulations, with all their knobs."""

from __future__ import annotations

from rnntutor import sims
from rnntutor.spans import Row, Rows, Span, pad
from rnntutor.tui.messages import OpenSimulation
from rnntutor.tui.screens.menu import MenuScreen


class LabScreen(MenuScreen):
    """The simulations by name, each with a short description."""

    def headline(self) -> tuple[Row, Row]:
        return (Span(self.words("lab.title"), strong=True),), ()

    @property
    def count(self) -> int:
        return len(sims.names())

    def listing(self, cells: int) -> tuple[Rows, int]:
        return self.entries(cells, sims.names(), self._entry)

    def _entry(self, name: str, here: bool) -> tuple[Row, Row]:
        about = f"lab.{name}"
        said = Span(self.words(about) if about in self.words else "", "grey")
        return (Span(pad(name, 14), strong=here),), (said,)

    def choose(self) -> None:
        self.app.post_message(OpenSimulation(sims.names()[self.cursor]))
