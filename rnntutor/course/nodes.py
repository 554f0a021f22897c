"""Facts about a node of the Markdown tree: its line, its source, its language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.tree import SyntaxTreeNode as Node

    Nodes = Sequence[Node]


def line_of(node: Node) -> int:
    """The 1-based line of the file at which the node begins."""
    return (node.map[0] if node.map else 0) + 1


def content(node: Node) -> str:
    """The source of a paragraph, heading or cell."""
    return node.children[0].content if node.children else node.content


def is_fence(node: Node, language: str) -> bool:
    """Whether the node is a ```language block."""
    return node.type == "fence" and node.info.strip().split(" ")[0] == language
