"""Links in prose, found without drawing it."""

from __future__ import annotations

from rnntutor.course.blocks import (
    Block,
    Blocks,
    Heading,
    Inline,
    Link,
    Listing,
    Paragraph,
    Quote,
    Runs,
    SimSpec,
    Table,
    Text,
)
from rnntutor.course.runs import first


def sim_links(blocks: Blocks) -> tuple[Link, ...]:
    """Every link to a simulation, in reading order; then the runs that the text speaks of."""
    runs = (first(run) for block in blocks if isinstance(block, Runs) for run in block.runs)
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
        for inline in lines(blocks)
        for part in inline
        if isinstance(part, Text) and part.link is not None and part.link.kind == kind
    )


def spec_of(link: Link) -> SimSpec:
    """The simulation that a link opens, with every knob and every view it has."""
    return SimSpec(link.target, link.settings)


def lines(blocks: Blocks) -> list[Inline]:
    """Every line of words in the blocks, in reading order."""
    return [inline for block in blocks for inline in _of(block)]


def _of(block: Block) -> list[Inline]:
    match block:
        case Paragraph(inline=inline) | Heading(inline=inline):
            return [inline]
        case Listing(items=items):
            return [inline for item in items for inline in lines(item)]
        case Quote(blocks=inner):
            return lines(inner)
        case Table(head=head, rows=rows):
            return [*head, *(cell for row in rows for cell in row)]
    return []
