"""A stage printed once: every view, what is said of it, and where its knobs stand."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.draw.caption import caption
from rnntutor.draw.frame import NOTHING, Frame
from rnntutor.draw.views import heading, view
from rnntutor.session import knobs
from rnntutor.session.stage import Stage
from rnntutor.spans import plain
from rnntutor.words import Words

WIDTH, HEIGHT = 76, 24


def print_stage(stage: Stage, words: Words) -> None:
    """Print all that a stage shows, as lines of text."""
    print("\n".join(lines(stage, words)))


def lines(stage: Stage, words: Words) -> list[str]:
    """The same as lines."""
    out = [knobs.command_line(stage), ""]
    for n, spec in enumerate(stage.views):
        here = replace(stage, view=n)
        frame = _frame(here, words)
        out.append(f"[{heading(spec, words, here.trace)}]")
        out += [plain(row).rstrip() for row in view(spec, here.trace, frame)]
        out += [plain(row).rstrip() for row in caption(here.trace, frame, spec)]
        out.append("")
    return out[:-1]


def _frame(stage: Stage, words: Words) -> Frame:
    history = stage.training.history if stage.training is not None else NOTHING
    return Frame(
        words, stage.at, stage.phases, width=WIDTH, height=HEIGHT, unit=stage.unit, history=history
    )
