"""Write blocks as the Markdown of lessons."""

from __future__ import annotations

import re
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
from rnntutor.course.sim_spec import SimSpec
from rnntutor.maths.errors import MathsError
from rnntutor.maths.latex import parse

_MEANS = re.compile(r"([\\`*_\[\]{}<>$|#~])")
_NUMBER = re.compile(r"^(\d+)([.)])")


def markdown(blocks: Blocks) -> str:
    """Return the blocks as Markdown, separated by blank lines."""
    return "\n\n".join(filter(None, (_block(block) for block in blocks)))


def line(inline: Inline, *, number: bool = False) -> str:
    """Return inline content as Markdown.

    Args:
        inline: The content.
        number: Whether it may begin with a number and a dot, which would start a list item.
    """
    out = "".join(map(_part, inline)).strip()
    out = f"\\{out}" if out[:1] in ("-", "+", "=", "✎") else out
    return out if number else _NUMBER.sub(r"\1\\\2", out)


def _part(part: InlinePart) -> str:
    match part:
        case Maths(source=source):
            return f"${source}$" if _drawn(source) and "\n" not in source else f"`{source}`"
        case Break():
            return " "
        case Text(text=text, code=True):
            return f"`{text}`" if "`" not in text else _MEANS.sub(r"\\\1", text)
        case Text(text=text) if not text.strip():
            return text
        case Text(text=text, link=link):
            words = _MEANS.sub(r"\\\1", text)
            if part.strong and text == text.strip():
                words = f"**{words}**"
            if link is None or link.kind not in ("url", "term"):
                return words
            return f"[{words}]({'term:' if link.kind == 'term' else ''}{link.target})"
        case Placeholder() | GapMark():
            return ""  # opened files contain neither
    assert_never(part)


def _drawn(source: str) -> bool:
    try:
        parse(source)
    except MathsError:
        return False
    return True


def _block(block: Block) -> str:
    match block:
        case Paragraph(inline=inline):
            return line(inline)
        case Heading(inline=inline):
            return f"**{line(inline).replace('**', '')}**"
        case Listing(items=items, start=start):
            marks = ("-" if start is None else f"{start + n}." for n in range(len(items)))
            return "\n".join(_item(m, item) for m, item in zip(marks, items, strict=False))
        case Quote(blocks=blocks):
            return "\n".join(f"> {row}".rstrip() for row in markdown(blocks).split("\n"))
        case CodeBlock(text=text, language=language):
            word = language.split()[0] if language.split() else ""
            word = word if word not in ("sim", "variant") else ""
            return f"```{word}\n{text.replace('```', '` ``')}\n```"
        case MathBlock(source=source):
            rows = "\n".join(row for row in source.split("\n") if row.strip())
            return f"$$\n{rows}\n$$" if _drawn(source) else f"```\n{rows}\n```"
        case Picture(caption=caption):
            return _caption(caption)
        case Table(head=head, rows=rows_):
            lines = [head, *rows_]
            cells = ["| " + " | ".join(line(c) or " " for c in row) + " |" for row in lines]
            return "\n".join((cells[0], "|" + "---|" * len(head), *cells[1:]))
        case Rule() | RunsBlock():
            return ""
    assert_never(block)


def _caption(caption: str) -> str:
    return f"▨ {_MEANS.sub(lambda m: chr(92) + m[1], caption)}"


def _item(mark: str, blocks: Blocks) -> str:
    indent = " " * (len(mark) + 1)
    rows: list[str] = []
    for n, block in enumerate(blocks):
        if n and not isinstance(block, Listing):
            rows.append("")
        rows += _block(block).split("\n")
    text = "\n".join(f"{indent}{row}".rstrip() for row in rows)
    return f"{mark} {text[len(indent) :]}" if text.strip() else f"{mark} …"


def sim_block(spec: SimSpec) -> str:
    """Return a ```sim block without its tasks and predictions."""
    rows = [f'use = "{spec.use}"', *(f"{name} = {_value(v)}" for name, v in spec.settings)]
    for name in ("controls", "views", "focus"):
        if values := getattr(spec, name):
            rows.append(f"{name} = {_value(values)}")
    if spec.cursor:
        rows.append(f"cursor = {spec.cursor}")
    inside = "\n".join(rows)
    return f"```sim\n{inside}\n```"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return str(value)
