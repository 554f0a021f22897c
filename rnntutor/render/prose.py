"""Lay out the blocks of a lesson: paragraphs, lists, tables, formulas, code, quotes, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, assert_never

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
from rnntutor.maths.errors import MathsError
from rnntutor.render.code_rows import WRAPPED, code_rows
from rnntutor.render.links import apart, label, target
from rnntutor.render.primitives.glyphs import written_out
from rnntutor.render.primitives.table_layout import grid
from rnntutor.render.primitives.wrap import GLUE, wrap
from rnntutor.render.views.runs import run_rows
from rnntutor.spans import Row, Rows, Span, width
from rnntutor.words import Words

# Maximum width in cells of a formula that is never broken within a line.
WHOLE = 24
INDENT = 4
BULLETS = "•–·"
# A sequence of inputs: "1 −1 0 2".
_NUMBERS = re.compile(r"(?<![\w.,])[−-]?\d+(?:\.\d+)?(?: [−-]?\d+(?:\.\d+)?){2,}(?![\w])")
# Width in cells below which nothing is indented.
NARROW = 8


def _blank(index: int) -> Span:
    """Return an empty gap."""
    return Span(f"[{GLUE * 6}]", "accent")


@dataclass(frozen=True, slots=True)
class Context:
    """Everything besides the blocks that rendering prose depends on.

    Attributes:
        words: words of the interface.
        terms: headwords by glossary id, for links without a text.
        roles: role of the quantity that a term names, by glossary id, for the colour of its links.
        steps: returns the title of a step link's target ("cell.forget", or "forget" within its
            lesson).
        gap: returns the span of a cloze gap, by its index from 0.
        slots: numbers by path, for `{{ path }}` placeholders that are not filled yet.
        code_from: first visible cell of long lines of code, or WRAPPED, or WHOLE.
    """

    words: Words
    terms: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    steps: Callable[[str], str] = str
    gap: Callable[[int], Span] = _blank
    slots: Mapping[str, str] = field(default_factory=dict)
    code_from: int = WRAPPED


def lay_out(blocks: Blocks, cells: int, context: Context) -> Rows:
    """Return the blocks in rows of at most `cells` cells, separated by blank rows.

    A RunsBlock follows the block before it without a blank row.
    """
    rows: list[Row] = []
    for block in blocks:
        drawn = _block(block, cells, context, 0)
        if rows and drawn and not isinstance(block, RunsBlock):
            rows.append(())
        rows += drawn
    return tuple(rows)


def lay_out_inline(inline: Inline, cells: int, context: Context) -> Rows:
    """Return inline content in rows of at most `cells` cells; no rows for empty content."""
    return wrap([s for part in apart(inline) for s in _part_spans(part, context)], cells)


def _block(block: Block, cells: int, context: Context, depth: int) -> Rows:
    match block:
        case Paragraph(inline=inline):
            return lay_out_inline(inline, cells, context)
        case Heading(inline=inline):
            rows = lay_out_inline(inline, cells, context)
            return tuple(tuple(s._replace(strong=True) for s in r) for r in rows)
        case Listing():
            return _list(block, cells, context, depth)
        case Quote(blocks=blocks):
            return _quote(blocks, cells, context, depth)
        case CodeBlock(text=text, language=language):
            return code_rows(text, language, cells, context.code_from)
        case Table():
            head = [_cell(c, context) for c in block.head]
            rows_ = [[_cell(c, context) for c in r] for r in block.rows]
            return grid(head, rows_, block.align, cells)
        case MathBlock(source=source):
            rows = formula(source, cells)
            return tuple(map(written_out, rows)) if context.words.ascii_only else rows
        case Picture():
            return _hanging("▨ ", "faint", wrap(_picture(block), max(2, cells - 2)))
        case Rule():
            return ((Span("─" * max(1, min(cells, 24)), "line"),),)
        case RunsBlock():
            return run_rows(block, cells, context.words)
    assert_never(block)


def _picture(picture: Picture) -> Sequence[Span]:
    """Return the caption of a picture; if its file exists, with its size and a link to it."""
    file = picture.file
    if file is None:
        return (Span(picture.caption, "grey"),)
    pixels = "×".join(map(str, file.pixels)) if all(file.pixels) else ""
    size = f"({', '.join(filter(None, (pixels, _bytes(file.size))))})".replace(" ", GLUE)
    link = f"picture:{file.path}"
    return (Span(picture.caption, "accent", link=link), Span(f" {size}", "grey"))


def _bytes(count: int) -> str:
    if count < 1000:
        return f"{count} B"
    if count < 10_000:
        return f"{count / 1000:.1f} kB"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1e6:.1f} MB"


# ---- inline parts ------------------------------------------------------------------------------


def _part_spans(part: InlinePart, context: Context) -> Sequence[Span | None]:
    """Return the spans of a part of a line; in ASCII, superscripts follow a "^"."""
    spans = _part(part, context)
    if not context.words.ascii_only:
        return spans
    return [None if span is None else written_out((span,))[0] for span in spans]


def _part(part: InlinePart, context: Context) -> Sequence[Span | None]:
    match part:
        case Text():
            return (_text(part, context),)
        case Maths(source=source, strong=strong):
            return _maths(source, strong)
        case Placeholder(path=path):
            number = context.slots.get(path)
            return (Span(path, "code") if number is None else Span(number),)
        case GapMark(index=index):
            span = context.gap(index)
            return (span.with_text(span.text.replace(" ", GLUE)),)
        case Break():
            return (None,)
    assert_never(part)


def _text(part: Text, context: Context) -> Span:
    if part.link is None:
        if part.struck:
            return Span(f"~{part.text}~", "grey", part.strong, part.em)
        text = _NUMBERS.sub(_together, part.text)
        return Span(text, "code" if part.code else "", part.strong, part.em)
    role = context.roles.get(part.link.target, "") if part.link.kind == "term" else ""
    words = part.text or label(part.link, context.terms, context.steps, context.words)
    words = words.replace(" = ", f"{GLUE}={GLUE}")
    return Span(words, role or "accent", part.strong, part.em, link=target(part.link))


def _together(found: re.Match[str]) -> str:
    """Keep a sequence of numbers in one row if it is short."""
    return found[0].replace(" ", GLUE) if len(found[0]) <= WHOLE else found[0]


def _maths(source: str, strong: bool) -> tuple[Span, ...]:
    """Return an inline formula; unknown commands are shown verbatim.

    A formula that cannot be rendered is shown as source code.
    """
    from rnntutor.maths.inline import glued_spans  # most texts have no formula

    try:
        spans = _either(glued_spans, source)
    except MathsError:
        return (Span(" ".join(source.split()), "code", strong),)
    whole = width(spans) <= WHOLE
    return tuple(
        s._replace(text=s.text.replace(" ", GLUE) if whole else s.text, strong=strong)
        for s in spans
    )


class _FormulaRenderer(Protocol):
    def __call__(self, source: str, *, loose: bool = False) -> tuple[Any, ...]: ...


def _either(draw: _FormulaRenderer, source: str) -> tuple[Any, ...]:
    """Render a formula, with unknown commands verbatim if there are any.

    Raises:
        MathsError: the formula cannot be rendered.
    """
    try:
        return draw(source)
    except MathsError:
        return draw(source, loose=True)


# ---- blocks --------------------------------------------------------------------------------


def _nested_rows(blocks: Blocks, cells: int, context: Context, depth: int) -> Rows:
    """Return blocks inside an item or a quote, separated by blank rows except before a list."""
    rows: list[Row] = []
    for block in blocks:
        drawn = _block(block, max(2, cells), context, depth)
        if rows and drawn and not isinstance(block, Listing):
            rows.append(())
        rows += drawn
    return tuple(rows)


def _quote(blocks: Blocks, cells: int, context: Context, depth: int) -> Rows:
    if cells < NARROW:
        return _nested_rows(blocks, cells, context, depth)
    rows = _nested_rows(blocks, cells - 2, context, depth)
    return tuple((Span("│ " if row else "│", "line"), *row) for row in rows)


def _list(block: Listing, cells: int, context: Context, depth: int) -> Rows:
    """Return items behind their bullet or number, with further rows indented.

    Items are separated by blank rows if one of them has several blocks.
    """
    start = block.start
    indent = 2 if start is None else len(str(start + len(block.items) - 1)) + 2
    airy = any(sum(not isinstance(b, Listing) for b in item) > 1 for item in block.items)
    rows: list[Row] = []
    for n, item in enumerate(block.items):
        if rows and airy:
            rows.append(())
        if cells - indent < NARROW // 2:
            rows += _nested_rows(item, cells, context, depth)
            continue
        bullet = BULLETS[min(depth, 2)] if start is None else f"{start + n}."
        drawn = _nested_rows(item, cells - indent, context, depth + (start is None))
        rows += _hanging(bullet.rjust(indent - 1) + " ", "grey", drawn)
    return tuple(rows)


def _hanging(lead: str, role: str, rows: Rows) -> Rows:
    """Return rows behind `lead`; further rows are indented to its width."""
    first = rows[0] if rows else ()
    out: list[Row] = [(Span(lead if first else lead.rstrip(), role), *first)]
    out += ((Span(" " * width([Span(lead)])), *row) if row else () for row in rows[1:])
    return tuple(out)


def formula(source: str, cells: int) -> Rows:
    """Return a display formula, indented by four cells.

    If it is too wide, equations side by side get a row each, and a single one becomes a line that
    breaks at its operators. A formula that cannot be rendered is shown as source code.
    """
    from rnntutor.maths.display import display_rows
    from rnntutor.maths.inline import glued_spans

    try:
        rows = _either(display_rows, source)
        widest = max((width(r) for r in rows), default=0)
        indent = max(0, min(INDENT, cells - widest))
        if widest > cells:
            parts = re.split(r"\\q?quad(?![a-zA-Z])", source)
            if len(parts) > 1 and all(_closed(part) for part in parts):
                # An equation on a row of its own needs no comma after it.
                parts = [*(part.rstrip().removesuffix(",") for part in parts[:-1]), parts[-1]]
                return tuple(row for part in parts for row in formula(part, cells))
            indent = min(INDENT, max(0, cells - 20))
            rows = wrap(_either(glued_spans, source), cells - indent)
    except MathsError:
        indent = min(INDENT, max(0, cells - 20))
        rows = wrap([Span(source, "code")], cells - indent)
    if not any(width(row) for row in rows):
        return ()  # definitions alone render nothing
    return tuple((Span(" " * indent), *r) if indent else r for r in rows)


def _closed(source: str) -> bool:
    """Return whether a part of a formula is complete, so that no group or environment is split."""
    return source.count("{") == source.count("}") and r"\begin" not in source


def _cell(inline: Inline, context: Context) -> tuple[Span | None, ...]:
    return tuple(s for part in inline for s in _part_spans(part, context))
