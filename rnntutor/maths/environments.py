r"""Parse environments and stretching brackets: `\begin{…} … \end{…}`, `\left … \right`."""

from __future__ import annotations

from rnntutor.maths import symbols
from rnntutor.maths.errors import MathsError
from rnntutor.maths.nodes import Fence, MathArray, Nodes
from rnntutor.maths.reader import MathParser
from rnntutor.maths.tokens import NEXT_ROW, ends, environment

MATRICES = symbols.words("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array")
LINES = symbols.words(
    "aligned align align* split gathered gather gather* equation equation* eqnarray eqnarray* "
    "multline multline* flalign flalign* alignat alignat* alignedat displaymath math subarray"
)
_CASES = symbols.words("cases dcases rcases")
_WITH_ARGUMENT = symbols.words("array alignat alignat* alignedat subarray")
_BARS = {"|": "‖", "Vert": "‖", "vert": "|", "lt": "<", "gt": ">", "backslash": "\\"}


def array(reader: MathParser, token: str) -> MathArray:
    """Parse the rows and cells of the environment that `token` begins."""
    name = environment(token)
    if name not in MATRICES | LINES | _CASES:
        raise MathsError(token)
    if name in _WITH_ARGUMENT and reader.peek() == "{":
        reader.raw(anything=True)
    rows: list[tuple[Nodes, ...]] = []
    cells: list[Nodes] = []
    while True:
        cells.append(reader.until(()))
        end = reader.next()
        if end == "&":
            continue
        rows.append(tuple(cells))
        cells = []
        if end == NEXT_ROW:
            if ends(reader.peek()):
                end = reader.next()
            else:
                continue
        if not ends(end) or environment(end) != name:
            raise MathsError(token)
        return MathArray("cases" if name in _CASES else name, tuple(rows))


def substack(reader: MathParser) -> MathArray:
    r"""Parse the lines of a \substack, as below a sum."""
    if reader.next() != "{":
        raise MathsError("\\substack")
    rows = [(reader.until(()),)]
    while reader.peek() == NEXT_ROW:
        reader.next()
        rows.append((reader.until(()),))
    if reader.next() != "}":
        raise MathsError("{")
    return MathArray("gathered", tuple(rows))


def fence(reader: MathParser) -> Fence:
    r"""Parse the content between \left and \right."""
    left = delimiter(reader)
    outer, reader.bars = reader.bars, []
    nodes = reader.until(("\\right",))
    reader.bars = outer
    if reader.next() != "\\right":
        raise MathsError("\\left")
    return Fence(left, nodes, delimiter(reader))


def delimiter(reader: MathParser) -> str:
    """Parse a delimiter; return "" for an invisible one."""
    token = reader.next()
    name = token[1:] if token.startswith("\\") else ""
    known = {**symbols.OPENING, **symbols.CLOSING, **_BARS}
    if name in known:
        return known[name]
    if token in tuple("()[]|/<>"):
        return {"<": "⟨", ">": "⟩"}.get(token, token)
    if token == ".":
        return ""
    raise MathsError(f"\\left{token}")
