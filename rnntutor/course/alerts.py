"""`> [!HINT]` and `> [!WHY]`: what follows the body of a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.tree import SyntaxTreeNode as Node

from rnntutor.course.blocks import Blocks
from rnntutor.course.reader import Reader, content, line_of

_MARK = re.compile(r"\s*\[!(\w+)\][ \t]*\n?")
_MERGED = re.compile(r"^\s*\[!\w+\]", re.MULTILINE)


def kind(node: Node) -> str:
    """ "HINT" or whatever else stands in `> [!HINT]`; "" for what is no alert."""
    if node.type != "blockquote" or not node.children or node.children[0].type != "paragraph":
        return ""
    match = _MARK.match(content(node.children[0]))
    return match[1].upper() if match else ""


@dataclass(frozen=True)
class Alerts:
    """hints: a ladder, the first is shown first. why: the explanation."""

    hints: tuple[Blocks, ...] = ()
    why: Blocks = ()


def read_alerts(nodes: Sequence[Node], reader: Reader) -> Alerts:
    """The alerts of a question; `nodes` begin with its first alert."""
    hints: list[Blocks] = []
    why: Blocks = ()
    for node in nodes:
        name = kind(node)
        if not name:
            reader.report.say(line_of(node), "after_alert")
            continue
        blocks = read(node, reader)
        if name == "HINT":
            if why:
                reader.report.say(line_of(node), "hint_after_why")
            hints.append(blocks)
        elif name == "WHY":
            if why:
                reader.report.say(line_of(node), "why_twice")
            why = (*why, *blocks)
        else:
            reader.report.say(line_of(node), "alert_kind", kind=name)
    return Alerts(tuple(hints), why)


def read(node: Node, reader: Reader) -> Blocks:
    """What an alert says, without its mark."""
    at = line_of(node)
    first, rest = node.children[0], node.children[1:]
    source = content(first)
    mark = _MARK.match(source)
    assert mark is not None
    body = source[mark.end() :]
    for paragraph in [body, *(content(n) for n in rest if n.type == "paragraph")]:
        if _MERGED.search(paragraph):
            reader.report.say(at, "alerts_merged")
    lead = reader.paragraphs(body, line_of(first) + mark[0].count("\n")) if body.strip() else ()
    blocks = (*lead, *reader.blocks(rest))
    if not blocks:
        reader.report.say(at, "alert_empty")
    return blocks
