"""The tree of a formula."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Atom:
    """One sign. kind: "letter", "number", "sign" (any other that is like a letter), "name"
    (several letters that are one), "word", "function", "big", "prefix" (∂), "bin", "rel",
    "open", "close", "punct", "slash" or "space" (text: that many spaces)."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Group:
    nodes: Nodes


@dataclass(frozen=True, slots=True)
class Script:
    base: Node
    sub: Nodes = ()
    sup: Nodes = ()


@dataclass(frozen=True, slots=True)
class Fraction:
    over: Nodes
    under: Nodes


@dataclass(frozen=True, slots=True)
class Root:
    nodes: Nodes
    degree: Nodes = ()


@dataclass(frozen=True, slots=True)
class Accent:
    """mark: a combining mark, or an arrow that stands before the letter."""

    mark: str
    letter: Atom


@dataclass(frozen=True, slots=True)
class Fence:
    """\\left … \\right."""

    left: str
    nodes: Nodes
    right: str


@dataclass(frozen=True, slots=True)
class MathArray:
    """An environment: rows of cells."""

    name: str
    rows: tuple[tuple[Nodes, ...], ...]


Node = Atom | Group | Script | Fraction | Root | Accent | Fence | MathArray
Nodes = tuple[Node, ...]
