"""Render blocks of a lesson as HTML. All text is escaped and there are no scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import assert_never

from rnntutor.course.blocks import (
    Block,
    Blocks,
    Break,
    CodeBlock,
    GapMark,
    Heading,
    Inline,
    InlinePart,
    Listing,
    MathBlock,
    Maths,
    Paragraph,
    Picture,
    Placeholder,
    Quote,
    Rule,
    RunsBlock,
    Table,
    Text,
)
from rnntutor.render.links import apart, label
from rnntutor.words import Words


def _no_gap(index: int) -> str:
    return f"[{index + 1}] ____"


@dataclass(frozen=True, slots=True)
class Html:
    """Renders HTML.

    Attributes:
        words: Words in the language of the export.
        terms: Headwords by glossary id.
        steps: Returns the title of a step for the target of a link.
        gap: Returns the text at the gap with a given index of a cloze.
    """

    words: Words
    terms: Mapping[str, str]
    steps: Callable[[str], str]
    gap: Callable[[int], str] = _no_gap

    def blocks(self, blocks: Blocks) -> str:
        """Render the blocks."""
        return "".join(self._block(block) for block in blocks)

    def inline(self, inline: Inline) -> str:
        """Render inline content."""
        return "".join(self._part(part) for part in apart(inline))

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(inline=inline):
                return f"<p>{self.inline(inline)}</p>"
            case Heading(level=level, inline=inline):
                return f"<h{level}>{self.inline(inline)}</h{level}>"
            case Listing(items=items, start=start):
                inside = "".join(f"<li>{self._item(item)}</li>" for item in items)
                if start is None:
                    return f"<ul>{inside}</ul>"
                return f'<ol start="{start}">{inside}</ol>'
            case Quote(blocks=blocks):
                return f"<blockquote>{self.blocks(blocks)}</blockquote>"
            case CodeBlock(text=text):
                return f"<pre><code>{escape(text)}</code></pre>"
            case Table():
                return self._table(block)
            case MathBlock(source=source):
                return f"<p>\\[{escape(source.strip(), quote=False)}\\]</p>"
            case Picture(caption=caption):
                return f"<p><em>{escape(caption)}</em></p>"
            case Rule():
                return "<hr>"
            case RunsBlock():
                return ""  # of interest only for checking the course
        assert_never(block)

    def _item(self, item: Blocks) -> str:
        """Render a list item; a single paragraph without the space around it."""
        match item:
            case (Paragraph(inline=inline),):
                return self.inline(inline)
            case _:
                return self.blocks(item)

    def _table(self, table: Table) -> str:
        def row(cells: tuple[Inline, ...], tag: str) -> str:
            inside = "".join(
                f'<{tag} style="text-align: {align}">{self.inline(cell)}</{tag}>'
                for cell, align in zip(cells, table.align, strict=False)
            )
            return f"<tr>{inside}</tr>"

        head = row(table.head, "th")
        return f"<table>{head}{''.join(row(cells, 'td') for cells in table.rows)}</table>"

    def _part(self, part: InlinePart) -> str:
        match part:
            case Text():
                return self._text(part)
            case Maths(source=source):
                return f"\\({escape(source, quote=False)}\\)"
            case Placeholder(path=path):
                return escape(path)
            case GapMark(index=index):
                return self.gap(index)
            case Break():
                return "<br>"
        assert_never(part)

    def _text(self, part: Text) -> str:
        link, text = part.link, part.text
        if not text and link is not None:
            text = label(link, self.terms, self.steps, self.words)
        out = escape(text, quote=False)
        if part.code:
            out = f"<code>{out}</code>"
        if part.em:
            out = f"<em>{out}</em>"
        if part.strong:
            out = f"<strong>{out}</strong>"
        if link is not None and link.kind == "url":
            out = f'<a href="{escape(link.target)}">{out}</a>'
        return out
