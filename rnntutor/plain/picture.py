"""A stage printed once: its views, what is said of each, and the line that leads here."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.render.views.caption import caption
from rnntutor.render.views.registry import heading, view
from rnntutor.render.views.view_context import NOTHING, Frame
from rnntutor.session import knobs
from rnntutor.session.stage import Stage
from rnntutor.spans import plain
from rnntutor.words import Words

WIDTH, HEIGHT = 76, 24


def print_stage(stage: Stage, words: Words, *, one: bool = False) -> None:
    """Print all that a stage shows, as lines of text. one: only its present view."""
    print("\n".join(lines(stage, words, one=one)))


def lines(stage: Stage, words: Words, *, one: bool = False) -> list[str]:
    """The same as lines."""
    out = [knobs.command_line(stage), ""]
    for n, spec in enumerate(stage.views):
        if one and n != stage.view:
            continue
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
        words,
        stage.at,
        stage.phases,
        width=WIDTH,
        height=HEIGHT,
        unit=stage.unit,
        history=history,
        ascii=words.ascii_only,
    )
