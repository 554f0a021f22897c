"""Iterate over the content of blocks, nested ones included, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from rnntutor.course.blocks import (
    Blocks,
    CodeBlock,
    Heading,
    Inline,
    Listing,
    MathBlock,
    Paragraph,
    Picture,
    Quote,
    Rule,
    RunsBlock,
    Table,
)


def inlines(blocks: Blocks) -> Iterator[Inline]:
    """Yield all inline content."""
    for block in blocks:
        match block:
            case Paragraph(inline=inline) | Heading(inline=inline):
                yield inline
            case Listing(items=items):
                for item in items:
                    yield from inlines(item)
            case Quote(blocks=inner):
                yield from inlines(inner)
            case Table(head=head, rows=rows):
                yield from head
                for row in rows:
                    yield from row
            case CodeBlock() | MathBlock() | Picture() | Rule() | RunsBlock():
                pass
            case _:
                assert_never(block)


def displays(blocks: Blocks) -> Iterator[MathBlock]:
    """Yield every display formula."""
    for block in blocks:
        match block:
            case MathBlock():
                yield block
            case Listing(items=items):
                for item in items:
                    yield from displays(item)
            case Quote(blocks=inner):
                yield from displays(inner)
            case Paragraph() | Heading() | CodeBlock() | Table() | Picture() | Rule() | RunsBlock():
                pass
            case _:
                assert_never(block)
