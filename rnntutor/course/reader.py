"""Convert Markdown nodes to the blocks of a lesson."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markdown_it.tree import SyntaxTreeNode as Node

from rnntutor.course.blocks import (
    Block,
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
    Text,
)
from rnntutor.course.html import pictures_and_text
from rnntutor.course.inline import InlineParser, InlinePiece
from rnntutor.course.nodes import content, is_fence, line_of
from rnntutor.course.pictures import picture
from rnntutor.course.report import Report
from rnntutor.course.runs import is_runs, read_runs
from rnntutor.deadline import tick

_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*\|", re.MULTILINE)


@dataclass
class BlockParser:
    """Converts Markdown nodes to blocks.

    Attributes:
        line: Parser of inline content.
        report: Collects the problems of the file.
        source: Lines of the file, for details that the tree does not keep.
    """

    line: InlineParser
    report: Report
    source: Sequence[str]

    @property
    def lesson(self) -> bool:
        """Whether a lesson is parsed, not a learner's own file."""
        return self.line.lesson

    def blocks(self, nodes: Iterable[Node]) -> Blocks:
        """Convert nodes to blocks."""
        return tuple(b for node in nodes for b in self._block(node))

    def inline(self, source: str, line: int) -> Inline:
        """Parse the inline Markdown of a line."""
        return self.line.inline(source, line)

    def paragraphs(self, source: str, line: int) -> Blocks:
        """Parse a paragraph, split at each picture and display formula."""
        out: list[Block] = []
        pieces = self.line.pieces(source, line)
        for apart, group in groupby(pieces, key=lambda p: isinstance(p, Picture | MathBlock)):
            if apart:
                out += [p for p in group if isinstance(p, Picture | MathBlock)]
            elif inline := _trim(tuple(group)):
                out.append(Paragraph(inline))
        return tuple(out)

    def _block(self, node: Node) -> Blocks:
        tick()
        at = line_of(node)
        match node.type:
            case "paragraph":
                if self.lesson and _TABLE_RULE.search(content(node)):
                    self.report.add_problem(at, "table_broken")
                return self.paragraphs(content(node), at)
            case "heading":
                level = int(node.tag[1])
                return (Heading(level, self.inline(content(node), at)),)
            case "bullet_list" | "ordered_list":
                return (self._list(node),)
            case "blockquote" if self.lesson and (runs := self._runs(node)) is not None:
                return (runs,)
            case "blockquote":
                return (Quote(self.blocks(node.children)),)
            case "fence" if not self.lesson and is_fence(node, "math"):
                return (MathBlock(self.line.maths(node.content)),)
            case "dl":
                return self._definitions(node)
            case "fence" | "code_block":
                return (CodeBlock(node.content.removesuffix("\n"), node.info.strip()),)
            case "math_block":
                return (MathBlock(self.line.maths(node.content)),)
            case "hr":
                return (Rule(),)
            case "table":
                return (self.table(node),)
            case "html_block":
                return self._html(node)
            case _:
                return ()

    def _runs(self, node: Node) -> RunsBlock | None:
        """Parse a quote that begins with [!RUN]; return None for any other quote."""
        first = node.children[0] if node.children else None
        if first is None or first.type != "paragraph" or not is_runs(content(first)):
            return None
        for other in node.children[1:]:
            self.report.add_problem(
                line_of(other), "run_form", text=self.source[line_of(other) - 1]
            )
        return read_runs(content(first), line_of(first), self.report)

    def _list(self, node: Node) -> Listing:
        start = int(str(node.attrs.get("start", 1))) if node.type == "ordered_list" else None
        return Listing(tuple(self.blocks(item.children) for item in node.children), start)

    def _definitions(self, node: Node) -> Blocks:
        """Convert a definition list: each term becomes a paragraph, its meaning a list below it."""
        out: list[Block] = []
        for child in node.children:
            if child.type == "dt":
                out += self.paragraphs(content(child), line_of(child))
            else:
                out.append(Listing((self.blocks(child.children),)))
        return tuple(out)

    def table(self, node: Node) -> Table:
        """Convert a table; in a lesson every row must have as many cells as the header row."""
        rows = [row for part in node.children for row in part.children]
        head, body = rows[0], rows[1:]
        if self.lesson:
            for row in body:
                at = line_of(row)
                found = _cells(self.source[at - 1])
                if found != len(head.children):
                    self.report.add_problem(at, "table_cells", found=found, head=len(head.children))
        read = [tuple(self._cell(cell, line_of(row)) for cell in row.children) for row in rows]
        align = tuple(_align(cell) for cell in head.children)
        return Table(read[0], tuple(read[1:]), align)

    def _cell(self, cell: Node, line: int) -> Inline:
        gaps, self.line.gaps = self.line.gaps, None
        out = self.inline(content(cell).strip(), line)
        self.line.gaps = gaps
        return out

    def _html(self, node: Node) -> Blocks:
        source = node.content.strip()
        if self.lesson:
            if not source.startswith("<!--"):
                self.report.add_problem(line_of(node), "html", text=source.splitlines()[0])
            return ()
        out: list[Block] = []
        for part in pictures_and_text(source):
            if isinstance(part, str):
                out.append(Paragraph((Text(part),)))
            else:
                out.append(picture(part.alt, part.source, self.report.words))
        return tuple(out)


def _trim(pieces: tuple[InlinePiece, ...]) -> Inline:
    """Return inline content without spaces at its ends; () if nothing is left."""
    inline = [p for p in pieces if not isinstance(p, Picture | MathBlock)]
    while inline and isinstance(inline[0], Text) and inline[0].link is None:
        text = inline[0].text.lstrip()
        if text:
            inline[0] = replace(inline[0], text=text)
            break
        del inline[0]
    while inline and isinstance(inline[-1], Text) and inline[-1].link is None:
        text = inline[-1].text.rstrip()
        if text:
            inline[-1] = replace(inline[-1], text=text)
            break
        del inline[-1]
    return tuple(inline)


def _align(cell: Node) -> str:
    style = str(cell.attrs.get("style", ""))
    return style.partition("text-align:")[2] or "left"


def _cells(line: str) -> int:
    """Return the number of cells in the source of a table row."""
    inside = re.sub(r"^[\s>]*\|?|(?<!\\)\|?\s*$", "", line)
    return len(re.split(r"(?<!\\)\|", inside))
