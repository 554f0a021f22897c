"""The source code that runs on a stage, as text."""

from __future__ import annotations

from rnntutor.failure import Refused
from rnntutor.plain.lines import Lines
from rnntutor.session import code
from rnntutor.session.stage import Stage
from rnntutor.words import Words

MARK, UNMARKED = "> ", "  "


def show(stage: Stage, lines: Lines, words: Words) -> None:
    """Print the functions that compute the current phase, the innermost first, its lines marked.

    Raises:
        Refused: the stage has no source.
    """
    pieces = code.pieces(stage)
    if not pieces:
        raise Refused("plain.no_source")
    lines.say()
    lines.say(f"{words('source.title')}: {words(f'phase.{code.phase_of(stage)}')}", "head")
    for piece in pieces:
        lines.say()
        lines.say(piece.location, "grey")
        for n, text in enumerate(piece.lines):
            lines.block((MARK if n in piece.marked else UNMARKED) + text)
