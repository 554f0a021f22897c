"""Export a stage as an SVG file, with the colours of the dark theme."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from rnntutor.pages.stage import stage_rows
from rnntutor.render.theme import THEMES, Theme, style_of
from rnntutor.session.knobs import command_line
from rnntutor.session.stage import Stage
from rnntutor.spans import fit
from rnntutor.words import Words

WIDTH, HEIGHT, THEME = 100, 34, "dark"


def write_svg(path: Path, stage: Stage, words: Words) -> None:
    """Write the stage, at 100×34 cells and in the dark theme, to an SVG file.

    Raises:
        OSError: the file cannot be written.
    """
    console = Console(file=io.StringIO(), record=True, width=WIDTH, color_system="truecolor")
    surface = THEMES[THEME].stage
    for row in stage_rows(stage, words, WIDTH - 4, HEIGHT):
        line = Text(no_wrap=True, end="\n")
        for span in fit(row, WIDTH - 4):
            line.append(span.text, style_of(THEME, surface, span))
        console.print(line, soft_wrap=True)
    svg = console.export_svg(title=command_line(stage), theme=_terminal(THEMES[THEME]))
    path.write_text(svg, encoding="utf-8")


def _terminal(look: Theme) -> TerminalTheme:
    def rgb(colour: str) -> tuple[int, int, int]:
        return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)

    return TerminalTheme(rgb(look.stage), rgb(look.colours[""]), [rgb(look.colours["grey"])] * 8)
