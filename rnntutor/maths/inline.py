r"""Render formulas in one line of Unicode: `c_t=f_t\odot c_{t-1}` becomes "cₜ = fₜ ⊙ cₜ₋₁".

A letter that is a quantity gets its role, together with its subscript; a gradient (∂L/∂hₜ, dU) gets
"grad". A subscript without Unicode characters remains `W_f`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import assert_never

from rnntutor.maths import symbols
from rnntutor.maths.environments import LINES
from rnntutor.maths.errors import MathsError
from rnntutor.maths.latex import parse
from rnntutor.maths.nodes import (
    Accent,
    Atom,
    Fence,
    Fraction,
    Group,
    MathArray,
    Node,
    Nodes,
    Root,
    Script,
)
from rnntutor.spans import Span

__all__ = ["MathsError", "glued_spans", "inline_spans"]

# A space at which a formula must not be broken.
GLUE = "\u00a0"
# Letters that are always quantities, and letters that are quantities only with a subscript or an
# accent (n alone is a number).
_ALWAYS = frozenset("fiogchzrx")
_INDEXED = _ALWAYS | frozenset("nay")
_CANDIDATES = {"c": "g", "h": "n"}
_BRACKETS = {
    "pmatrix": "()", "bmatrix": "[]", "Bmatrix": "{}", "vmatrix": "||", "Vmatrix": "‖‖",
    "smallmatrix": "[]", "matrix": "[]",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MathBox:
    """A part of the line.

    Attributes:
        parts: (text, role) pairs.
        kind: Kind as of Atom, or "unit" for parts that belong together.
        tight: Whether it has no script or accent, so that its neighbours may touch it.
    """

    parts: tuple[tuple[str, str], ...]
    kind: str
    tight: bool = True

    @property
    def text(self) -> str:
        """The text without its roles."""
        return "".join(text for text, _ in self.parts)

    @property
    def grad(self) -> bool:
        """Whether every part has the colour of a gradient."""
        return bool(self.parts) and all(role == "grad" for text, role in self.parts)

    def with_role(self, role: str) -> MathBox:
        """Return the box with one role for all of its parts."""
        return replace(self, parts=tuple((text, role) for text, _ in self.parts))


@lru_cache(maxsize=4096)
def inline_spans(source: str) -> tuple[Span, ...]:
    """Render a formula in one line.

    Raises:
        MathsError: Part of the formula is not understood.
    """
    return tuple(s.with_text(s.text.replace(GLUE, " ")) for s in glued_spans(source))


@lru_cache(maxsize=4096)
def glued_spans(source: str, *, loose: bool = False) -> tuple[Span, ...]:
    """Render a formula in one line with no-break spaces.

    Breaking spaces are only around relations and operators and after commas.

    Args:
        source: LaTeX source.
        loose: Whether unknown commands are shown as they are instead of raising an error.

    Raises:
        MathsError: Part of the formula is not understood.
    """
    return spans(line(parse(source, loose=loose)))


def spans(parts: Iterable[tuple[str, str]]) -> tuple[Span, ...]:
    """Return (text, role) pairs as spans; neighbours with the same role are joined."""
    out: list[Span] = []
    for text, role in parts:
        if not text:
            continue
        if out and (out[-1].role == role):
            out[-1] = out[-1].with_text(out[-1].text + text)
        else:
            out.append(Span(text, role))
    return tuple(s.with_text(unicodedata.normalize("NFC", s.text)) for s in out)


def line(nodes: Nodes) -> tuple[tuple[str, str], ...]:
    """Return the nodes as (text, role) pairs in one line, with spaces."""
    out: list[tuple[str, str]] = []
    before: MathBox | None = None
    wanted = 0
    pieces = _gradients(_pieces(nodes))
    for n, piece in enumerate(pieces):
        if piece.kind == "space":
            wanted = max(wanted, len(piece.text))
            continue
        if piece.kind == "bin" and _is_sign(before):
            piece = replace(piece, kind="minus")
        space = _space(before, piece, pieces[n + 1] if n + 1 < len(pieces) else None)
        if before is not None:
            out.append((space if len(space) >= wanted else GLUE * (wanted - 1) + " ", ""))
        out += piece.parts
        before, wanted = piece, 0
    return tuple(out)


# Cached, because nested nodes are requested more than once: otherwise the time for nested
# fractions would double with each level.
@lru_cache(maxsize=512)
def _pieces(nodes: Nodes) -> tuple[MathBox, ...]:
    out: list[MathBox] = []
    for node in nodes:
        pieces = _piece(node)
        if isinstance(node, Fraction) and out and out[-1].kind == "function":
            # "tanh a/2" would be read as (tanh a)/2.
            pieces = tuple(replace(_in_brackets(piece), kind="fence") for piece in pieces)
        out += pieces
    return tuple(out)


def _piece(node: Node) -> tuple[MathBox, ...]:
    match node:
        case Atom(text=text, kind=kind):
            role = text if kind == "letter" and text in _ALWAYS else ""
            return (MathBox(((text, role),), kind),)
        case Group(nodes=nodes):
            return (MathBox(line(nodes), "unit"),) if nodes else ()
        case Script():
            return (_script(node),)
        case Accent(mark=mark, letter=letter):
            return (_accent(mark, letter),)
        case Fraction(over=over, under=under):
            return (_fraction(over, under),)
        case Root(nodes=nodes, degree=degree):
            return (MathBox(((f"{root_degree(degree)}√", ""), *_bracket(nodes)), "unit"),)
        case Fence(left=left, nodes=nodes, right=right):
            parts = ((left, ""), *line(nodes), (right, ""))
            return (MathBox(parts, "fence"),)
        case MathArray():
            return (_array(node),)
    assert_never(node)


def _script(node: Script) -> MathBox:
    base = _piece(node.base)
    bare = node.base.nodes if isinstance(node.base, Group) else (node.base,)
    role = ""
    parts: tuple[tuple[str, str], ...] = ()
    kind = "unit"
    if base:
        (first,) = base
        if isinstance(node.base, Fraction):  # in a/b² only b would be squared
            first = _in_brackets(first)
        role = first.parts[-1][1] if first.parts else ""
        if len(bare) == 1 and isinstance(bare[0], Atom) and bare[0].kind == "letter":
            role = bare[0].text if bare[0].text in _INDEXED and node.sub else role
            first = first.with_role(role)
        parts, kind = first.parts, first.kind
    for nodes, table, mark in (
        (node.sub, symbols.SUBSCRIPT, "_"),
        (node.sup, symbols.SUPERSCRIPT, "^"),
    ):
        if nodes:
            # The f of W_f is an index without a role; only superscripts keep their own roles.
            index = _index(nodes, table, mark)
            parts += tuple((text, role or (own if mark == "^" else "")) for text, own in index)
    return MathBox(parts, kind, tight=False)


def _index(nodes: Nodes, table: dict[str, str], mark: str) -> tuple[tuple[str, str], ...]:
    """Return a sub- or superscript in Unicode characters, else as `_f` or `_(T−1)`."""
    inside = line(nodes)
    text = "".join(t for t, _ in inside).replace(" ", "").replace(GLUE, "")
    signs = "".join(table.get(c, "\0") for c in text.replace("−", "-").replace("∗", "*"))
    if "\0" not in signs:
        return ((signs, ""),)
    parts = tuple((t.replace(" ", "").replace(GLUE, ""), role) for t, role in inside)
    if text.replace(".", "").isalnum():
        return ((mark, ""), *parts)
    return ((mark + "(", ""), *parts, (")", ""))


def root_degree(nodes: Nodes) -> str:
    """Return the degree of a root, as far as possible in superscript characters."""
    text = "".join(t for t, _ in line(nodes)).replace("−", "-")
    return "".join(symbols.SUPERSCRIPT.get(c, c) for c in text if c not in (" ", GLUE))


def _accent(mark: str, letter: Atom) -> MathBox:
    text = letter.text
    if mark == symbols.ACCENTS["tilde"] and text in _CANDIDATES:
        role = _CANDIDATES[text]
    else:
        role = text if text in _INDEXED else ""
    combined = text + mark if unicodedata.combining(mark) else mark + text
    return MathBox(((combined, role),), "letter", tight=False)


def _in_brackets(piece: MathBox) -> MathBox:
    return replace(piece, parts=(("(", ""), *piece.parts, (")", "")))


def _fraction(over: Nodes, under: Nodes) -> MathBox:
    top, bottom = _bracket(over), _bracket(under, factor=True)
    grad = all(role == "grad" for text, role in (*top, *bottom) if text)
    return MathBox((*top, ("/", "grad" if grad else ""), *bottom), "unit", tight=False)


def _bracket(nodes: Nodes, *, factor: bool = False) -> tuple[tuple[str, str], ...]:
    """Return the nodes in one line, in brackets if they are a sum (with `factor`: or a product)."""
    while len(nodes) == 1 and isinstance(nodes[0], Group):
        nodes = nodes[0].nodes
    inside = line(nodes)
    pieces = [p for p in _gradients(_pieces(nodes)) if p.kind != "space"]
    loose = any(p.kind in ("bin", "rel", "punct") for p in pieces) or any(
        "/" in text for text, _ in inside
    )
    several = len(pieces) > 1 and not all(p.grad for p in pieces)
    if loose or (factor and several and not _enclosed(pieces)):
        return (("(", ""), *inside, (")", ""))
    return inside


def _enclosed(pieces: list[MathBox]) -> bool:
    """Return whether the pieces form a closed unit like `tanh(…)` or `‖…‖`."""
    closed = pieces[-1].kind in ("close", "fence")
    return closed and pieces[0].kind in ("open", "function", "word", "fence")


def _array(node: MathArray) -> MathBox:
    """Return a matrix as [a b; c d], lines separated by semicolons."""
    join = {"cases": ", "}.get(node.name, "" if node.name in LINES else "  ")
    parts: list[tuple[str, str]] = []
    for n, row in enumerate(node.rows):
        if n:
            parts.append(("; ", ""))
        if node.name in LINES:
            parts += line(tuple(x for cell in row for x in cell))
            continue
        for k, cell in enumerate(row):
            if k:
                parts.append((join.replace("  ", " "), ""))
            parts += line(cell)
    left, right = ("{", "") if node.name == "cases" else ("", "")
    if node.name in _BRACKETS:
        left, right = _BRACKETS[node.name][0], _BRACKETS[node.name][1]
    return MathBox(((left, ""), *parts, (right, "")), "fence", tight=False)


# ---- gradients and spaces ------------------------------------------------------------------


def _gradients(pieces: tuple[MathBox, ...]) -> tuple[MathBox, ...]:
    """Assign the role "grad" in ∂L/∂hₜ and dU: to the operator, its letter and the slash."""
    out = list(pieces)
    for n, piece in enumerate(out[:-1]):
        following = out[n + 1]
        letter = following.kind in ("letter", "sign", "name") and following.text[:1].isalpha()
        differential = piece.parts == (("d", ""),) and piece.kind == "letter"
        if differential and n and out[n - 1].kind == "letter" and out[n - 1].tight:
            differential = out[n - 1].grad
        if letter and (piece.kind == "prefix" or differential):
            out[n] = replace(piece.with_role("grad"), kind="prefix")
            out[n + 1] = following.with_role("grad")
    for n in range(1, len(out) - 1):
        if out[n].kind == "slash" and out[n - 1].grad and out[n + 1].grad:
            out[n] = out[n].with_role("grad")
    return tuple(out)


def _is_sign(before: MathBox | None) -> bool:
    """Return whether a − at this position is the sign of a negative number."""
    return before is None or before.kind in (
        "bin", "rel", "open", "punct", "function", "big", "minus", "slash",
    )  # fmt: skip


_LIKE_LETTERS = frozenset({"letter", "sign", "number", "name", "word", "unit", "prefix", "fence"})


def _space(before: MathBox | None, piece: MathBox, after: MathBox | None) -> str:
    """Return the space between two pieces: " " if the line may break there, GLUE if not, or ""."""
    if before is None:
        return ""
    left, right = before.kind, piece.kind
    if right == "bin" and after is None:
        return ""
    if left in ("bin", "rel") or right in ("bin", "rel"):
        return " "
    if "_" in (before.text, piece.text):
        return ""
    if left == "punct":
        return "" if right == "punct" else " "
    if left in ("open", "minus", "prefix", "slash") or right in ("close", "punct", "slash"):
        return ""
    if left == "function":
        return "" if right in ("open", "fence") and piece.text[0] in "([{" else GLUE
    if left == "big":
        return GLUE
    if right in ("function", "big"):
        return "" if left == "open" else GLUE
    if right == "open":
        return GLUE if left == "close" and before.text in "|‖⟩" else ""
    if left == "close":
        return GLUE if right in _LIKE_LETTERS and piece.text not in "′" else ""
    if left == "fence":
        return GLUE
    if "name" in (left, right) and {left, right} <= {"name", "letter", "number"}:
        return GLUE
    if "number" in (left, right) or right == "fence":
        return GLUE if right == "number" else ""
    if right == "prefix" or "word" in (left, right):
        return GLUE
    if not before.tight or not piece.tight:
        return GLUE
    apart = before.text.isupper() and piece.text.islower() and before.text != "Δ"
    return GLUE if apart else ""
