"""Render blocks of a lesson as Markdown with `$…$` formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from rnntutor.course.opened.code_parts import fence_code
from rnntutor.render.links import apart, label
from rnntutor.words import Words


@dataclass(frozen=True, slots=True)
class Markdown:
    """Renders Markdown.

    Attributes:
        words: Words in the language of the export.
        terms: Headwords by glossary id.
        steps: Returns the title of a step for the target of a link.
        gaps: Texts at the gaps of a cloze.
    """

    words: Words
    terms: Mapping[str, str]
    steps: Callable[[str], str]
    gaps: tuple[str, ...] = ()

    def blocks(self, blocks: Blocks) -> str:
        """Render the blocks, separated by empty lines."""
        return "\n\n".join(text for block in blocks if (text := self._block(block)))

    def inline(self, inline: Inline) -> str:
        """Render inline content."""
        return "".join(self._part(part) for part in apart(inline))

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(inline=inline):
                return self.inline(inline)
            case Heading(level=level, inline=inline):
                return f"{'#' * level} {self.inline(inline)}"
            case Listing(items=items, start=start):
                signs = ["-" if start is None else f"{start + n}." for n in range(len(items))]
                texts = [self.blocks(item) for item in items]
                return "\n".join(
                    f"{sign} {text.replace(chr(10), chr(10) + ' ' * (len(sign) + 1))}"
                    for sign, text in zip(signs, texts, strict=True)
                )
            case Quote(blocks=blocks):
                return quote(self.blocks(blocks))
            case CodeBlock(text=text, language=language):
                return fence_code(text, language)
            case Table():
                return self._table(block)
            case MathBlock(source=source):
                return f"$$\n{source.strip()}\n$$"
            case Picture(caption=caption, source=source):
                return f"![{caption}]({source})"
            case Rule():
                return "---"
            case RunsBlock():
                return ""  # of interest only for checking the course
        assert_never(block)

    def _table(self, table: Table) -> str:
        signs = {"right": "--:", "center": ":-:"}
        rows = [table.head, *table.rows]
        lines = [" | ".join(self.inline(cell).replace("|", "\\|") for cell in row) for row in rows]
        lines.insert(1, " | ".join(signs.get(align, "---") for align in table.align))
        return "\n".join(f"| {line} |" for line in lines)

    def _part(self, part: InlinePart) -> str:
        match part:
            case Text():
                return self._text(part)
            case Maths(source=source):
                return f"${source}$"
            case Placeholder(path=path):
                return path
            case GapMark(index=index):
                return self.gaps[index] if index < len(self.gaps) else "____"
            case Break():
                return "  \n"
        assert_never(part)

    def _text(self, part: Text) -> str:
        link, text = part.link, part.text
        if not text and link is not None:
            text = label(link, self.terms, self.steps, self.words)
        if part.code:
            text = f"`{text}`"
        if part.em:
            text = f"*{text}*"
        if part.strong:
            text = f"**{text}**"
        if link is not None and link.kind == "url":
            text = f"[{text}]({link.target})"
        return text


def quote(text: str) -> str:
    """Return the text as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
