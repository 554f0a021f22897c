"""The meaning of LaTeX commands, with and without arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

from rnntutor.maths import symbols
from rnntutor.maths.environments import array, delimiter, fence, substack
from rnntutor.maths.errors import MathsError
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
from rnntutor.maths.reader import MathParser
from rnntutor.maths.tokens import begins

_TABLES: tuple[tuple[Mapping[str, str], str], ...] = (
    (symbols.RELATIONS, "rel"),
    (symbols.OPERATORS, "bin"),
    (symbols.LETTERS, "sign"),
    (symbols.BIG, "big"),
    (symbols.PREFIXES, "prefix"),
    (symbols.OPENING, "open"),
    (symbols.CLOSING, "close"),
)


def command(reader: MathParser, name: str) -> Nodes:
    """Return the nodes of a command, or of an environment that begins.

    Args:
        reader: The parser, after the command.
        name: The command without its backslash, or the token that begins an environment.

    Raises:
        MathsError: The command is unknown (unless parsing is loose) or its arguments are wrong.
    """
    if begins(name):
        return (array(reader, name),)
    for table, kind in _TABLES:
        if name in table:
            return (Atom(table[name], kind),)
    if name in symbols.FUNCTIONS:
        return (Atom(name, "function"),)
    if name in symbols.SPACES:
        return (Atom(" " * symbols.SPACES[name], "space"),)
    if name in symbols.SILENT:
        return ()
    if name in ("|", "Vert", "vert"):
        return (reader.bar("|" if name == "vert" else "‖"),)
    if name in symbols.ACCENTS or name in symbols.ARROWS:
        return (_accent(reader, name),)
    if name == "mathrm" and reader.has_commands():
        return _face(reader.argument())
    if name in symbols.WORDS:
        reader.skip_star()
        return reader.words()
    if name in symbols.FACES:
        return _face(reader.argument())
    if name in symbols.DROPPED:
        return _skip_arguments(reader, symbols.DROPPED[name])
    if name in symbols.KEPT_LAST:
        for _ in range(symbols.KEPT_LAST[name]):
            reader.raw(anything=True)
        return (Group(reader.argument()),)
    if name in _STRUCTURES:
        return _STRUCTURES[name](reader, name)
    if reader.loose and name.isalpha():
        return (Atom(f"\\{name}", "word"),)
    raise MathsError(f"\\{name}")


def _face(nodes: Nodes) -> Nodes:
    """Return letters of another typeface, which are the same letters here.

    If the last one has a script within its braces, they are grouped, so that another may follow.
    """
    return (Group(nodes),) if nodes and isinstance(nodes[-1], Script) else nodes


def _letter_parser(table: Mapping[str, str]) -> Callable[[MathParser, str], Nodes]:
    """Return a parser for letters of a typeface that has Unicode characters."""

    def letter(node: Node) -> Node:
        match node:
            case Atom(text=text, kind="letter" | "number" | "name"):
                return Atom("".join(table.get(c, c) for c in text), "sign")
            case Script(base=base, sub=sub, sup=sup):
                return Script(letter(base), sub, sup)
            case Atom() | Group() | Fraction() | Root() | Accent() | Fence() | MathArray():
                return node
        assert_never(node)

    def read(reader: MathParser, name: str) -> Nodes:
        return _face(tuple(map(letter, reader.argument())))

    return read


def _fraction(reader: MathParser, name: str) -> Nodes:
    over = reader.argument()
    return (Fraction(over, reader.argument()),)


def _root(reader: MathParser, name: str) -> Nodes:
    degree = reader.optional()
    return (Root(reader.argument(), degree),)


def _beside(reader: MathParser, name: str) -> Nodes:
    """Parse a base with a small formula above or below it."""
    beside, base = reader.argument(), reader.argument()
    whole = base[0] if len(base) == 1 else Group(base)
    below = name == "underset"
    return (Script(whole, beside if below else (), () if below else beside),)


def _brace(reader: MathParser, name: str) -> Nodes:
    return (Fence("(", reader.argument(), ")"),)


def _binomial(reader: MathParser, name: str) -> Nodes:
    over = reader.argument()
    return (MathArray("pmatrix", ((over,), (reader.argument(),))),)


def _long_arrow(reader: MathParser, name: str) -> Nodes:
    below = reader.optional()
    sign = "←" if name == "xleftarrow" else "→"
    return (Script(Atom(sign, "rel"), below, reader.argument()),)


def _modulo(reader: MathParser, name: str) -> Nodes:
    return (Fence("(", (Atom("mod", "function"), *reader.argument()), ")"),)


def _negate(reader: MathParser, name: str) -> Nodes:
    nodes = reader.argument()
    if len(nodes) != 1 or not isinstance(nodes[0], Atom) or len(nodes[0].text) != 1:
        raise MathsError("\\not")
    sign = nodes[0]
    return (Atom({"=": "≠", "∈": "∉"}.get(sign.text, f"{sign.text}\u0338"), sign.kind),)


def _accent(reader: MathParser, name: str) -> Node:
    nodes = reader.argument()
    while len(nodes) == 1 and isinstance(nodes[0], Group):
        nodes = nodes[0].nodes
    if len(nodes) == 1 and isinstance(nodes[0], Script) and isinstance(nodes[0].base, Atom):
        inner = nodes[0]  # the accent of an indexed letter is placed on the letter
        return Script(_with_mark(reader, name, (inner.base,)), inner.sub, inner.sup)
    return _with_mark(reader, name, nodes)


def _with_mark(reader: MathParser, name: str, nodes: Nodes) -> Node:
    if len(nodes) != 1 or not isinstance(nodes[0], Atom) or len(nodes[0].text) != 1:
        if not reader.loose or not nodes:
            raise MathsError(f"\\{name}")
        return Group((Atom(name, "function"), Fence("(", nodes, ")")))
    return Accent(symbols.ACCENTS.get(name) or symbols.ARROWS[name], nodes[0])


def _skip_arguments(reader: MathParser, count: int) -> Nodes:
    """Skip the arguments of a command that only sets position, colour or numbering."""
    reader.skip_star()
    for _ in range(count):
        if reader.peek() == "[":
            while reader.next() not in ("]", ""):
                pass
        reader.raw(anything=True)
    return ()


_STRUCTURES: Mapping[str, Callable[[MathParser, str], Nodes]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _fraction),
    "sqrt": _root,
    **dict.fromkeys(("overset", "stackrel", "underset"), _beside),
    **dict.fromkeys(("underbrace", "overbrace"), _brace),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _binomial),
    **dict.fromkeys(("xrightarrow", "xleftarrow"), _long_arrow),
    "substack": lambda reader, name: (substack(reader),),
    "pmod": _modulo,
    "middle": lambda reader, name: (Atom(delimiter(reader) or " ", "rel"),),
    "not": _negate,
    "mathbb": _letter_parser(symbols.BLACKBOARD),
    **dict.fromkeys(("mathcal", "mathscr"), _letter_parser(symbols.SCRIPT_LETTERS)),
    "left": lambda reader, name: (fence(reader),),
}
