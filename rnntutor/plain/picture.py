"""A stage printed once: its views with captions, and the command that opens it."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.pages.stage import context as view_context
from rnntutor.render.views.caption import caption
from rnntutor.render.views.registry import heading, view
from rnntutor.session import knobs
from rnntutor.session.stage import Stage
from rnntutor.spans import plain
from rnntutor.words import Words

WIDTH, HEIGHT = 76, 24


def print_stage(stage: Stage, words: Words, *, one: bool = False) -> None:
    """Print a stage as text.

    Args:
        one: whether to print only the current view.
    """
    print("\n".join(lines(stage, words, one=one)))


def lines(stage: Stage, words: Words, *, one: bool = False) -> list[str]:
    """Return the lines that `print_stage` prints."""
    out = [knobs.command_line(stage), ""]
    for n, spec in enumerate(stage.views):
        if one and n != stage.view:
            continue
        here = replace(stage, view=n)
        context = view_context(here, words, WIDTH, HEIGHT)
        out.append(f"[{heading(spec, words, here.trace)}]")
        out += [plain(row).rstrip() for row in view(spec, here.trace, context)]
        out += [plain(row).rstrip() for row in caption(here.trace, context, spec)]
        out.append("")
    return out[:-1]
