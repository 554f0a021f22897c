"""Properties of a node of the Markdown tree: its line, source and language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.tree import SyntaxTreeNode as Node

    Nodes = Sequence[Node]


def line_of(node: Node) -> int:
    """Return the line of the file, counted from 1, on which the node begins."""
    return (node.map[0] if node.map else 0) + 1


def content(node: Node) -> str:
    """Return the source of a paragraph, heading or table cell."""
    return node.children[0].content if node.children else node.content


def is_fence(node: Node, language: str) -> bool:
    """Return whether the node is a ```language block."""
    return node.type == "fence" and node.info.strip().split(" ")[0] == language
