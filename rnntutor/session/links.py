"""Links in prose, found without drawing it."""

from __future__ import annotations

from collections.abc import Sequence

from rnntutor import sims
from rnntutor.course.blocks import Blocks, Link, RunsBlock, Text
from rnntutor.course.runs import first
from rnntutor.course.sim_spec import SimSpec
from rnntutor.course.walk import inlines

_SUMS = {"f": "memory", "i": "memory", "g": "memory", "o": "output", "z": "state", "r": "state"}
"""The view of the sum or product that a gate is in."""


def sim_links(blocks: Blocks) -> tuple[Link, ...]:
    """Every link to a simulation, in reading order; then the runs that the text speaks of."""
    runs = (first(run) for block in blocks if isinstance(block, RunsBlock) for run in block.runs)
    return tuple(dict.fromkeys((*_links(blocks, "sim"), *runs)))


def step_links(blocks: Blocks) -> tuple[Link, ...]:
    """Every link to a step, in reading order; its target is "lesson.step"."""
    return _links(blocks, "step")


def term_links(blocks: Blocks) -> tuple[Link, ...]:
    """Every link to a term of the glossary, in reading order."""
    return _links(blocks, "term")


def _links(blocks: Blocks, kind: str) -> tuple[Link, ...]:
    return tuple(
        part.link
        for inline in inlines(blocks)
        for part in inline
        if isinstance(part, Text) and part.link is not None and part.link.kind == kind
    )


def spec_of(link: Link, lang: str) -> SimSpec:
    """The simulation that a link opens, with every view it has and a knob for every setting that
    is named. lang: of the examples that it brings along, unless the link names another. Raises
    NoSimulation."""
    named = tuple(name for name, _ in link.settings)
    return SimSpec(link.target, sims.in_language(link.target, link.settings, lang), controls=named)


def view_of(link: Link, views: Sequence[str]) -> str:
    """Which of the views the text before a link speaks of: the one that it names (`view=probs`);
    where it holds a gate, the sum or product that this gate is in; else the first."""
    held = [name for name, _ in link.settings if name.startswith("clamp_")]
    sums = (_SUMS.get(name.removeprefix("clamp_").partition("@")[0], "") for name in held)
    return next((view for view in (link.view, *sums) if view in views), views[0])
