"""The source of the running code: the functions of the current phase, read from their module."""

from __future__ import annotations

from rnntutor.render.source import source_rows
from rnntutor.session import code
from rnntutor.session.code import SourceExcerpt
from rnntutor.session.stage import Stage
from rnntutor.spans import Row, Rows, Span
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.screens.menu import MenuScreen

MARK, UNMARKED = "▌ ", "  "


class SourceScreen(MenuScreen):
    """The source code of a stage: the functions of the current phase first, its lines marked."""

    cells = 100

    def __init__(self, stage: Stage, pieces: tuple[SourceExcerpt, ...] | None = None) -> None:
        """Show the source of a stage.

        Args:
            stage: the stage.
            pieces: code shown instead of the simulation's own.
        """
        super().__init__()
        self.phase = code.phase_of(stage)
        self.pieces = code.pieces(stage) if pieces is None else pieces

    def headline(self) -> tuple[Row, Row]:
        phase = self.words(f"phase.{self.phase}")
        return (Span(self.words("source.title"), strong=True), Span(f"   {phase}", "grey")), ()

    def own_commands(self) -> tuple[KeyCommand, ...]:
        out = KeyCommand("out", ("escape", "backspace", "s"), "key.close")
        return (*self.scrolling(), out)

    def listing(self, cells: int) -> tuple[Rows, int]:
        rows: list[Row] = [()]
        for piece in self.pieces:
            rows.append((Span(UNMARKED + piece.location, "grey"),))
            text = source_rows("\n".join(piece.lines), cells - len(MARK))
            for n, row in enumerate(text):
                mark = Span(MARK, "accent") if n in piece.marked else Span(UNMARKED)
                rows.append((mark, *row))
            rows.append(())
        return tuple(rows), -1
