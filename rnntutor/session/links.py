"""Find links in prose without rendering it."""

from __future__ import annotations

from collections.abc import Sequence

from rnntutor import sims
from rnntutor.course.blocks import Blocks, Link, LinkKind, RunsBlock, Text
from rnntutor.course.runs import first
from rnntutor.course.sim_spec import SimSpec
from rnntutor.course.walk import inlines

_SUMS = {"f": "memory", "i": "memory", "g": "memory", "o": "output", "z": "state", "r": "state"}
"""The view that shows the sum or product containing a gate, by gate."""


def sim_links(blocks: Blocks) -> tuple[Link, ...]:
    """Return every link to a simulation in reading order, then the runs that the text refers to."""
    runs = (first(run) for block in blocks if isinstance(block, RunsBlock) for run in block.runs)
    return tuple(dict.fromkeys((*_links(blocks, "sim"), *runs)))


def step_links(blocks: Blocks) -> tuple[Link, ...]:
    """Return every link to a step, in reading order; its target is "lesson.step"."""
    return _links(blocks, "step")


def term_links(blocks: Blocks) -> tuple[Link, ...]:
    """Return every link to a glossary term, in reading order."""
    return _links(blocks, "term")


def _links(blocks: Blocks, kind: LinkKind) -> tuple[Link, ...]:
    return tuple(
        part.link
        for inline in inlines(blocks)
        for part in inline
        if isinstance(part, Text) and part.link is not None and part.link.kind == kind
    )


def spec_of(link: Link, lang: str) -> SimSpec:
    """Return the simulation that a link opens, with a knob for every setting that the link names.

    Args:
        link: a link to a simulation.
        lang: language of the built-in examples, unless the link sets another.

    Raises:
        NoSimulation: the simulation does not exist.
    """
    named = tuple(name for name, _ in link.settings)
    return SimSpec(link.target, sims.in_language(link.target, link.settings, lang), controls=named)


def view_of(link: Link, views: Sequence[str]) -> str:
    """Return the view that the text before a link refers to.

    This is the view that the link names (`view=probs`); for a clamped gate the view of the sum or
    product containing it; else the first view.
    """
    held = [name for name, _ in link.settings if name.startswith("clamp_")]
    sums = (_SUMS.get(name.removeprefix("clamp_").partition("@")[0], "") for name in held)
    return next((view for view in (link.view, *sums) if view in views), views[0])
