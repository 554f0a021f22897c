"""Render display formulas: in one row if possible, else laid out by TeXicode.

TeXicode places fractions, matrices and limits; their content is rendered by inline.py, so that a
formula looks the same inline and displayed, with its colour roles. Each cell of such content is
given to TeXicode as one placeholder letter that occurs in no formula, and replaced afterwards.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import assert_never

from rich.cells import cell_len
from texicode.pipeline import render_tex_rows

from rnntutor.maths.environments import LINES
from rnntutor.maths.errors import MathsError
from rnntutor.maths.inline import GLUE, line, root_degree, spans
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
from rnntutor.spans import Row, Rows, row, width

# Placeholder letters for cells: Yi syllables, of which 1165 are consecutive.
_FIRST, _LAST = 0xA000, 0xA48C
# Placeholder letters for whole constructions while a line is spaced.
_TALL = 0xE000
_DELIMITERS = {
    "": ".", "{": r"\{", "}": r"\}", "‖": r"\|", "⌊": r"\lfloor", "⌋": r"\rfloor",
    "⌈": r"\lceil", "⌉": r"\rceil", "(": "(", ")": ")", "[": "[", "]": "]", "|": "|",
}  # fmt: skip
_MATRICES = {"smallmatrix": "bmatrix", "array": "matrix"}


@lru_cache(maxsize=512)
def display_rows(source: str, *, loose: bool = False) -> Rows:
    """Return the rows of a display formula, without margins.

    Args:
        source: LaTeX source.
        loose: Whether unknown commands are shown as they are instead of raising an error.

    Raises:
        MathsError: Part of the formula cannot be rendered.
    """
    nodes = parse(source, loose=loose)
    if len(nodes) == 1 and isinstance(nodes[0], MathArray) and nodes[0].name in LINES:
        return _lines(nodes[0])
    return _rows(nodes)


def _rows(nodes: Nodes) -> Rows:
    if any(map(_tall, nodes)):
        try:
            return _Art().rows(nodes)
        except MathsError:
            # A formula that cannot be laid out is still correct in one row.
            pass
    return (row(*(s.with_text(s.text.replace(GLUE, " ")) for s in spans(line(nodes)))),)


def _lines(array: MathArray) -> Rows:
    """Return lines below each other, aligned at the first &."""
    parts: list[tuple[Rows, Rows]] = []
    for cells in array.rows:
        if not any(cells):
            continue
        rest = tuple(n for cell in cells[1:] for n in cell)
        if any(_tall(n) for n in (*cells[0], *rest)) or not rest:
            parts.append(((), _rows((*cells[0], *rest))))
        else:
            parts.append((_rows(cells[0]) if cells[0] else ((),), _rows(rest)))
    indent = max((width(left[0]) for left, _ in parts if left), default=0)
    out: list[Row] = []
    for left, right in parts:
        if not left:
            out += right
            continue
        gap = " " if indent and right[0] else ""
        out.append(row(" " * (indent - width(left[0])), *left[0], gap, *right[0]))
    return tuple(tuple(s for s in r if s.text) for r in out)


def _tall(node: Node) -> bool:
    """Return whether a node takes more than one row."""
    match node:
        case Fraction() | MathArray():
            return True
        case Script(base=base, sub=sub, sup=sup):
            return _limits(node) or _tall(base) or any(map(_tall, (*sub, *sup)))
        case Group(nodes=nodes) | Root(nodes=nodes) | Fence(nodes=nodes):
            return any(map(_tall, nodes))
        case Atom() | Accent():
            return False
    assert_never(node)


class _Art:
    """The layout of one formula by TeXicode."""

    def __init__(self) -> None:
        self.cells: list[tuple[str, str]] = []
        self.tall: list[str] = []
        self.depth = 0

    def rows(self, nodes: Nodes) -> Rows:
        """Render nodes as rows.

        Raises:
            MathsError: TeXicode cannot render them.
        """
        source = self.source(nodes)
        try:
            drawn = render_tex_rows(source, False)
        except (ValueError, LookupError, TypeError) as error:
            raise MathsError(str(error)) from error
        if drawn and drawn[0].startswith("TeXicode:"):
            raise MathsError(drawn[0])
        if strange := next((c for text in drawn for c in text if self.strange(c)), ""):
            raise MathsError(strange)
        return _trim([[self.cell(c) for c in text] for text in drawn])

    def strange(self, char: str) -> bool:
        """Return whether TeXicode has written a letter that was not in its input."""
        given = 0 <= ord(char) - _FIRST < len(self.cells)
        return not given and (char.isalnum() or char in "?\\")

    def cell(self, char: str) -> tuple[str, str]:
        """Return the text and role of the placeholder `char`, or `char` itself without a role."""
        index = ord(char) - _FIRST
        return self.cells[index] if 0 <= index < len(self.cells) else (char, "")

    def source(self, nodes: Nodes) -> str:
        """Return LaTeX that contains only constructions and placeholder letters."""
        self.depth += 1
        flat: list[Node] = []
        for node in nodes:
            # TeXicode has no limits inside a fraction: there they remain scripts.
            if _tall(node) and (self.depth == 1 or not _limits(node)):
                node = Atom(self.keep(self.construction(node)), _kind(node))
            flat.append(node)
        self.depth -= 1
        return self.text_of(line(tuple(flat)))

    def text_of(self, parts: Iterable[tuple[str, str]]) -> str:
        """Return text as placeholders, one for each character."""
        out: list[str] = []
        for text, role in parts:
            for cluster in _clusters(text.replace(GLUE, " ")):
                index = ord(cluster[0]) - _TALL
                out.append(self.tall[index] if 0 <= index < 0x1000 else self.letters(cluster, role))
        return "".join(out)

    def limit(self, nodes: Nodes) -> str:
        """Return the limit above or below a sum, without spaces."""
        parts = [(t.replace(" ", "").replace(GLUE, ""), role) for t, role in line(nodes)]
        return self.text_of(parts) or self.letters(" ", "")

    def keep(self, tex: str) -> str:
        """Return a placeholder for a piece of LaTeX."""
        self.tall.append(tex)
        return chr(_TALL + len(self.tall) - 1)

    def letters(self, cluster: str, role: str) -> str:
        """Return one placeholder letter for each cell that the cluster takes."""
        out = ""
        for n in range(max(1, cell_len(cluster))):
            if _FIRST + len(self.cells) > _LAST:
                raise MathsError(cluster)
            out += chr(_FIRST + len(self.cells))
            self.cells.append((cluster if n == 0 else "", role))
        return out

    def construction(self, node: Node) -> str:
        """Return the LaTeX of a node that may be higher than a row."""
        match node:
            case Fraction(over=over, under=under):
                return rf"\frac{{{self.source(over)}}}{{{self.source(under)}}}"
            case Root(nodes=nodes, degree=degree):
                return rf"{self.text_of([(root_degree(degree), '')])}\sqrt{{{self.source(nodes)}}}"
            case Group(nodes=nodes):
                return f"{{{self.source(nodes)}}}"
            case Fence(left=left, nodes=nodes, right=right):
                if left not in _DELIMITERS or right not in _DELIMITERS:
                    raise MathsError(rf"\left{left}")
                inside = self.source(nodes)
                return rf"\left{_DELIMITERS[left]}{inside}\right{_DELIMITERS[right]}"
            case MathArray(name=name, rows=array):
                env = "matrix" if name in LINES else _MATRICES.get(name, name)
                # TeXicode would join the end of a row and a command after it to one command.
                body = "\\\\ ".join(
                    "&".join(self.source(cell) for cell in cells) for cells in array
                )
                return rf"\begin{{{env}}}{body}\end{{{env}}}"
            case Script(base=Atom(kind="big") as sign, sub=sub, sup=sup):
                top, bottom = self.limit(sup), self.limit(sub)
                middle = self.source((sign,))
                return rf"\begin{{matrix}}{top}\\ {middle}\\ {bottom}\end{{matrix}}"
            case Script(base=base, sub=sub, sup=sup):
                out = f"{{{self.source((base,))}}}"
                if sub:
                    out += f"_{{{self.source(sub)}}}"
                return out + (f"^{{{self.source(sup)}}}" if sup else "")
            case Atom() | Accent():
                return self.source((node,))
        assert_never(node)


def _limits(node: Node) -> bool:
    return isinstance(node, Script) and isinstance(node.base, Atom) and node.base.kind == "big"


def _kind(node: Node) -> str:
    """Return the kind that determines the spaces around a construction."""
    if isinstance(node, Script):
        return node.base.kind if isinstance(node.base, Atom) else "unit"
    return "fence" if isinstance(node, Fence | MathArray) else "unit"


def _clusters(text: str) -> list[str]:
    """Return letters with their combining marks."""
    out: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        if out and unicodedata.combining(char):
            out[-1] += char
        else:
            out.append(char)
    return out


def _trim(drawn: Sequence[Sequence[tuple[str, str]]]) -> Rows:
    """Return rows of cells as spans, without the common margin."""
    filled = [r for r in drawn if any(text.strip() for text, _ in r)]
    margin = min(
        (next(n for n, (text, _) in enumerate(r) if text.strip()) for r in filled), default=0
    )
    out = []
    for cells in filled:
        last = max(n for n, (text, _) in enumerate(cells) if text.strip())
        out.append(spans(cells[margin : last + 1]))
    return tuple(out)
