"""Parse the alerts after the body of a question: `[!WRONG]`, `[!HINT]`, `[!WHY]` and `[!RUN]`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.tree import SyntaxTreeNode as Node

from rnntutor.course.attributes import split_attributes
from rnntutor.course.blocks import Blocks
from rnntutor.course.nodes import content, line_of
from rnntutor.course.question import Reason
from rnntutor.course.reader import BlockParser

_MARK = re.compile(r"\s*\[!(\w+)\][ \t]*\n?")
_MERGED = re.compile(r"^\s*\[!\w+\]", re.MULTILINE)


def kind(node: Node) -> str:
    """Return the kind of an alert, "HINT" for `> [!HINT]`, or "" for any other node."""
    if node.type != "blockquote" or not node.children or node.children[0].type != "paragraph":
        return ""
    match = _MARK.match(content(node.children[0]))
    return match[1].upper() if match else ""


@dataclass(frozen=True)
class Alerts:
    """The parsed alerts of a question.

    Attributes:
        hints: The hints, in the order in which they are shown.
        why: The explanation. The runs that the question mentions are at its end, because seeing
            them earlier would give the answer away.
        reasons: Explanations of wrong gaps or pairs, in the order of the gaps or pairs.
        line: Line of the first `[!WRONG]` alert, 0 if there is none.
    """

    hints: tuple[Blocks, ...] = ()
    why: Blocks = ()
    reasons: tuple[Reason, ...] = ()
    line: int = 0


def read_alerts(nodes: Sequence[Node], reader: BlockParser) -> Alerts:
    """Parse the alerts of a question.

    Args:
        nodes: Nodes of the question from its first alert on.
        reader: Parser of the blocks inside the alerts; it also collects the problems.
    """
    hints: list[Blocks] = []
    why: Blocks = ()
    reasons: list[Reason] = []
    line = 0
    runs: Blocks = ()
    for node in nodes:
        name = kind(node)
        if name == "RUN":
            runs = (*runs, *reader.blocks([node]))
            continue
        if not name:
            reader.report.add_problem(line_of(node), "after_alert")
            continue
        if name == "WRONG":
            reasons += _reasons(node, reader)
            line = line or line_of(node)
            continue
        blocks = read(node, reader)
        if name == "HINT":
            if why:
                reader.report.add_problem(line_of(node), "hint_after_why")
            hints.append(blocks)
        elif name == "WHY":
            if why:
                reader.report.add_problem(line_of(node), "why_twice")
            why = (*why, *blocks)
        else:
            reader.report.add_problem(line_of(node), "alert_kind", kind=name)
    return Alerts(tuple(hints), (*why, *runs) if why else (), tuple(reasons), line)


def _reasons(node: Node, reader: BlockParser) -> list[Reason]:
    """Return the items of the numbered list in `> [!WRONG]`; each must be a single paragraph."""
    lists = [child for child in node.children if child.type == "ordered_list"]
    alone = len(node.children) == 2 and len(lists) == 1 and _alone(node.children[0])
    if not alone:
        reader.report.add_problem(line_of(node), "wrong_list")
    out = []
    for item in (item for found in lists for item in found.children):
        if not item.children or item.children[0].type != "paragraph" or len(item.children) > 1:
            reader.report.add_problem(line_of(item), "wrong_list")
            continue
        source, attributes = split_attributes(content(item.children[0]))
        if attributes.id or attributes.flags or any(key != "m" for key, _ in attributes.values):
            reader.report.add_problem(line_of(item), "attribute_misplaced", name="#id")
        out.append(Reason(reader.inline(source, line_of(item)), attributes.get("m")))
    return out


def _alone(paragraph: Node) -> bool:
    """Return whether a paragraph holds nothing but the mark of an alert."""
    source = content(paragraph)
    match = _MARK.match(source)
    return match is not None and not source[match.end() :].strip()


def read(node: Node, reader: BlockParser) -> Blocks:
    """Return the content of an alert without its mark."""
    at = line_of(node)
    first, rest = node.children[0], node.children[1:]
    source = content(first)
    mark = _MARK.match(source)
    assert mark is not None
    body = source[mark.end() :]
    for paragraph in [body, *(content(n) for n in rest if n.type == "paragraph")]:
        if _MERGED.search(paragraph):
            reader.report.add_problem(at, "alerts_merged")
    lead = reader.paragraphs(body, line_of(first) + mark[0].count("\n")) if body.strip() else ()
    blocks = (*lead, *reader.blocks(rest))
    if not blocks:
        reader.report.add_problem(at, "alert_empty")
    return blocks
