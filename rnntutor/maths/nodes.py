"""The nodes of the tree of a formula."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Atom:
    """One symbol.

    Attributes:
        text: The symbol; for a space that many spaces.
        kind: "letter", "number", "sign" (spaced like a letter), "name" (several letters that form
            one name), "word", "function", "big", "prefix" (∂), "bin", "rel", "open", "close",
            "punct", "slash" or "space".
    """

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes in braces, which form one unit."""

    nodes: Nodes


@dataclass(frozen=True, slots=True)
class Script:
    """A base with a sub- or superscript."""

    base: Node
    sub: Nodes = ()
    sup: Nodes = ()


@dataclass(frozen=True, slots=True)
class Fraction:
    """A fraction."""

    over: Nodes
    under: Nodes


@dataclass(frozen=True, slots=True)
class Root:
    """A root; `degree` is empty for a square root."""

    nodes: Nodes
    degree: Nodes = ()


@dataclass(frozen=True, slots=True)
class Accent:
    """A letter with an accent; `mark` is a combining mark, or an arrow before the letter."""

    mark: str
    letter: Atom


@dataclass(frozen=True, slots=True)
class Fence:
    r"""A formula between \left and \right."""

    left: str
    nodes: Nodes
    right: str


@dataclass(frozen=True, slots=True)
class MathArray:
    """An environment with rows of cells."""

    name: str
    rows: tuple[tuple[Nodes, ...], ...]


Node = Atom | Group | Script | Fraction | Root | Accent | Fence | MathArray
Nodes = tuple[Node, ...]
