"""All that stands in blocks, however deep, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from rnntutor.course.blocks import (
    Blocks,
    Code,
    Formula,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Runs,
    Table,
)


def inlines(blocks: Blocks) -> Iterator[Inline]:
    """Every line of words."""
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
            case Code() | Formula() | Picture() | Rule() | Runs():
                pass
            case _:
                assert_never(block)


def displays(blocks: Blocks) -> Iterator[Formula]:
    """Every display formula."""
    for block in blocks:
        match block:
            case Formula():
                yield block
            case Listing(items=items):
                for item in items:
                    yield from displays(item)
            case Quote(blocks=inner):
                yield from displays(inner)
            case Paragraph() | Heading() | Code() | Table() | Picture() | Rule() | Runs():
                pass
            case _:
                assert_never(block)
