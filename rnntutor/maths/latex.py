"""LaTeX formulas to a small tree. What it does not know is an error, never a guess."""

from __future__ import annotations

import re

from rnntutor.maths import symbols
from rnntutor.maths.nodes import (
    Accent,
    Array,
    Atom,
    Fence,
    Fraction,
    Group,
    Node,
    Nodes,
    Root,
    Script,
)

MATRICES = symbols.words("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array")
LINES = symbols.words("aligned align align* split gathered gather gather* equation equation*")
_TOKEN = re.compile(
    r"\{\{[^{}]*\}\}|\\begin\s*\{([A-Za-z]+\*?)\}|\\end\s*\{([A-Za-z]+\*?)\}|\\[A-Za-z]+|\\.|\s+"
    r"|\d+(?:\.\d+)?|\.\d+|.",
    re.DOTALL,
)
_DEPTH = 60
_LONGEST = 4000  # characters; the longest formula of the course has 200


class MathsError(ValueError):
    """A formula that cannot be drawn. part: the piece of its source that is not understood."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def parse(source: str) -> Nodes:
    """The tree of a formula. Raises MathsError for what is unknown, unbalanced or longer than any
    formula."""
    if len(source) > _LONGEST:
        raise MathsError(f"{source[:20]}…")
    tokens = [match[0] for match in _TOKEN.finditer(source)]
    return _Parser(tokens).all()


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.bars: list[str] = []

    def all(self) -> Nodes:
        nodes = self.until(())
        if self.at < len(self.tokens):
            raise MathsError(self.tokens[self.at])
        return nodes

    def peek(self) -> str:
        """The next token that is no blank; "" at the end."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def next(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def until(self, stops: tuple[str, ...]) -> Nodes:
        """Nodes up to one of the tokens `stops`, which stays, or to the end."""
        nodes: list[Node] = []
        while (token := self.peek()) and token not in stops:
            if token in ("}", "&", "\\\\", "\\right") or token.startswith("\\end"):
                break
            if token in ("_", "^", "'"):
                nodes.append(self.scripts(nodes.pop() if nodes else Group(())))
            else:
                nodes += self.node()
        return tuple(nodes)

    def scripts(self, base: Node) -> Script:
        """The base with every `_`, `^` and prime that follows it."""
        sub: Nodes = ()
        sup: Nodes = ()
        if isinstance(base, Script):
            sub, sup = base.sub, base.sup
            base = base.base
        while (token := self.peek()) in ("_", "^", "'"):
            self.at += 1
            if token == "'":
                sup = (*sup, Atom("′", "sign"))
            elif token == "_":
                if sub:
                    raise MathsError("_")
                sub = self.argument()
            else:
                if any(n != Atom("′", "sign") for n in sup):
                    raise MathsError("^")
                sup = (*sup, *self.argument())
        return Script(base, sub, sup)

    def argument(self) -> Nodes:
        """`{…}`, or the one token that stands for it."""
        token = self.peek()
        if not token or token in ("}", "&", "_", "^"):
            raise MathsError(token or self.tokens[-1])
        if token == "{":
            return self.group()
        if token[0].isdigit() and len(token) > 1:  # x^10 is x¹0 in LaTeX
            self.tokens[self.at : self.at + 1] = [token[0], token[1:]]
        return self.node()

    def group(self) -> Nodes:
        self.deeper(self.next())
        nodes = self.until(())
        self.depth -= 1
        if self.next() != "}":
            raise MathsError("{")
        return nodes

    def node(self) -> Nodes:
        """The next node; none for a command that only changes the style."""
        token = self.next()
        self.deeper(token)
        nodes = self.one(token)
        self.depth -= 1
        return nodes

    def deeper(self, token: str) -> None:
        self.depth += 1
        if self.depth > _DEPTH:
            raise MathsError(token)

    def one(self, token: str) -> Nodes:
        if token.startswith("{{"):
            return (Atom("…", "number"),)
        if token == "{":
            self.at -= 1
            return (Group(self.group()),)
        if token.startswith("\\begin"):
            return (self.array(token),)
        if token[0] == "\\":
            return self.command(token[1:])
        return (self.plain(token),)

    def plain(self, token: str) -> Atom:
        """A sign that stands for itself."""
        if token[0].isdigit() or (token[0] == "." and len(token) > 1):
            return Atom(token, "number")
        if token.isalpha():
            return Atom(token, "letter" if token.isascii() or token.islower() else "sign")
        if token in "+-*−":
            return Atom({"-": "−", "*": "∗"}.get(token, token), "bin")
        if token in "=<>≤≥≠≈→←∈":
            return Atom(token, "rel")
        if token in "×·⊙±":
            return Atom(token, "bin")
        if token in "([":
            return Atom(token, "open")
        if token in ")]!":
            return Atom(token, "close")
        if token in ",;:":
            return Atom(token, "punct")
        if token == "/":
            return Atom("/", "slash")
        if token in ("|", "‖"):
            return self.bar(token)
        if token == "~":
            return Atom(" ", "space")
        if token in '?.%…′∑∏∂σ°"@':
            return Atom(token, "sign")
        raise MathsError(token)

    def bar(self, token: str) -> Atom:
        """`|` opens where none is open, else closes."""
        if self.bars and self.bars[-1] == token:
            self.bars.pop()
            return Atom(token, "close")
        self.bars.append(token)
        return Atom(token, "open")

    def command(self, name: str) -> Nodes:
        for table, kind in (
            (symbols.RELATIONS, "rel"),
            (symbols.OPERATORS, "bin"),
            (symbols.LETTERS, "sign"),
            (symbols.BIG, "big"),
            (symbols.PREFIXES, "prefix"),
            (symbols.OPENING, "open"),
            (symbols.CLOSING, "close"),
        ):
            if name in table:
                return (Atom(table[name], kind),)
        if name in symbols.FUNCTIONS:
            return (Atom(name, "function"),)
        if name in symbols.SPACES:
            return (Atom(" " * symbols.SPACES[name], "space"),)
        if name in symbols.SILENT:
            return ()
        if name == "|":
            return (self.bar("‖"),)
        return self.structure(name)

    def structure(self, name: str) -> Nodes:
        """Commands with arguments."""
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            over = self.argument()
            return (Fraction(over, self.argument()),)
        if name == "sqrt":
            degree: Nodes = ()
            if self.peek() == "[":
                self.next()
                degree = self.until(("]",))
                if self.next() != "]":
                    raise MathsError("[")
            return (Root(self.argument(), degree),)
        if name in symbols.ACCENTS or name in symbols.ARROWS:
            return (self.accent(name),)
        if name in symbols.WORDS:
            return (Atom(self.raw(), "word"),)
        if name in symbols.FACES:
            return self.argument()
        if name in ("mathbb", "mathcal", "mathscr"):
            table = symbols.BLACKBOARD if name == "mathbb" else symbols.SCRIPT_LETTERS
            return tuple(Atom(table.get(c, c), "sign") for c in self.raw())
        if name == "left":
            return (self.fence(),)
        raise MathsError(f"\\{name}")

    def raw(self) -> str:
        """The text in braces, as it is."""
        if self.peek() != "{":
            raise MathsError(self.peek())
        self.next()
        parts: list[str] = []
        while self.at < len(self.tokens) and self.tokens[self.at] != "}":
            token = self.tokens[self.at]
            if token in ("{", "$") or (token[0] == "\\" and token[1:] not in symbols.SPACES):
                raise MathsError(token)
            parts.append(" " if token[0] == "\\" or token.isspace() else token)
            self.at += 1
        if self.next() != "}":
            raise MathsError("{")
        return "".join(parts)

    def accent(self, name: str) -> Accent:
        nodes = self.argument()
        while len(nodes) == 1 and isinstance(nodes[0], Group):
            nodes = nodes[0].nodes
        if len(nodes) != 1 or not isinstance(nodes[0], Atom) or len(nodes[0].text) != 1:
            raise MathsError(f"\\{name}")
        return Accent(symbols.ACCENTS.get(name) or symbols.ARROWS[name], nodes[0])

    def fence(self) -> Fence:
        left = self.delimiter()
        outer, self.bars = self.bars, []
        nodes = self.until(("\\right",))
        self.bars = outer
        if self.next() != "\\right":
            raise MathsError("\\left")
        return Fence(left, nodes, self.delimiter())

    def delimiter(self) -> str:
        token = self.next()
        name = token[1:] if token.startswith("\\") else ""
        known = {**symbols.OPENING, **symbols.CLOSING, "|": "‖"}
        if name in known:
            return known[name]
        if token in tuple("()[]|/<>"):
            return {"<": "⟨", ">": "⟩"}.get(token, token)
        if token == ".":
            return ""
        raise MathsError(f"\\left{token}")

    def array(self, token: str) -> Array:
        name = token[token.index("{") + 1 : -1]
        if name not in MATRICES | LINES | {"cases"}:
            raise MathsError(token)
        if name == "array" and self.peek() == "{":
            self.raw()
        rows: list[tuple[Nodes, ...]] = []
        cells: list[Nodes] = []
        while True:
            cells.append(self.until(()))
            end = self.next()
            if end == "&":
                continue
            rows.append(tuple(cells))
            cells = []
            if end == "\\\\":
                if self.peek().startswith("\\end"):
                    end = self.next()
                else:
                    continue
            if not end.startswith("\\end") or end[end.index("{") + 1 : -1] != name:
                raise MathsError(token)
            return Array(name, tuple(rows))
