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
LINES = symbols.words(
    "aligned align align* split gathered gather gather* equation equation* eqnarray eqnarray* "
    "multline multline* flalign flalign* alignat alignat* alignedat displaymath math subarray"
)
_CASES = symbols.words("cases dcases rcases")
_WITH_ARGUMENT = symbols.words("array alignat alignat* alignedat subarray")
_TOKEN = re.compile(
    r"\{\{[^{}]*\}\}|\\begin\s*\{([A-Za-z]+\*?)\}|\\end\s*\{([A-Za-z]+\*?)\}|\\[A-Za-z]+|\\.|\s+"
    r"|\d+(?:\{,\}\d+)*(?:\.\d+)?|\.\d+|.",
    re.DOTALL,
)
_ROW_SPACE = re.compile(r"(\\\\)\*?\s*\[\s*-?[\d.]+\s*(?:[a-z]{2}|\\[a-z]+)\s*\]")
_DEPTH = 60
_LONGEST = 4000  # characters; the longest formula of the course has 200


class MathsError(ValueError):
    """A formula that cannot be drawn. part: the piece of its source that is not understood."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def parse(source: str, *, loose: bool = False) -> Nodes:
    """The tree of a formula. loose: a command that is unknown stands for itself. Raises MathsError
    for what is (otherwise) unknown, unbalanced or longer than any formula."""
    if len(source) > _LONGEST:
        raise MathsError(f"{source[:20]}…")
    tokens = [match[0] for match in _TOKEN.finditer(_ROW_SPACE.sub(r"\1 ", source))]
    return _Parser(["\\\\" if token in _NEXT_ROW else token for token in tokens], loose).all()


def _ends(token: str) -> bool:
    """Whether it closes an environment."""
    return token.startswith("\\end") and token.endswith("}")


_BARS = {"|": "‖", "Vert": "‖", "vert": "|", "lt": "<", "gt": ">", "backslash": "\\"}
_NEXT_ROW = ("\\cr", "\\newline")


_ESCAPED = tuple("_%#&${}")


class _Parser:
    def __init__(self, tokens: list[str], loose: bool = False) -> None:
        self.loose = loose
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.bars: list[str] = []

    def all(self) -> Nodes:
        """The whole formula; read loosely, rows and columns without an environment are lines."""
        rows: list[list[Nodes]] = [[self.until(())]]
        while self.loose and self.peek() in ("&", "\\\\"):
            if self.next() == "&":
                rows[-1].append(self.until(()))
            else:
                rows.append([self.until(())])
        if self.at < len(self.tokens):
            raise MathsError(self.tokens[self.at])
        if len(rows) == 1 and len(rows[0]) == 1:
            return rows[0][0]
        return (Array("aligned", tuple(tuple(row) for row in rows)),)

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
            if token in ("}", "&", "\\\\", "\\right") or _ends(token):
                break
            if token in ("_", "^", "'"):
                nodes.append(self.scripts(nodes.pop() if nodes else Group(())))
            elif token in ("\\over", "\\atop", "\\choose"):
                self.at += 1
                self.deeper(token)
                below = self.until(stops)
                self.depth -= 1
                if token == "\\over":
                    return (Fraction(tuple(nodes), below),)
                name = "pmatrix" if token == "\\choose" else "gathered"
                return (Array(name, ((tuple(nodes),), (below,))),)
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
        if token.startswith("\\begin") and token.endswith("}"):
            return (self.array(token),)
        if token[0] == "\\":
            return self.command(token[1:])
        return (self.plain(token),)

    def plain(self, token: str) -> Atom:
        """A sign that stands for itself."""
        if token[0].isdigit() or (token[0] == "." and len(token) > 1):
            return Atom(token.replace("{,}", ","), "number")
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
        if token in '?.%…′∑∏∂σ°"@' or (self.loose and token.isprintable()):
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
        if name in ("|", "Vert", "vert"):
            return (self.bar("|" if name == "vert" else "‖"),)
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
            if self.peek() == "*":
                self.next()
            return (Atom(self.raw(), "word"),)
        if name in symbols.FACES:
            return self.argument()
        if name in symbols.DROPPED:
            return self.dropped(symbols.DROPPED[name])
        if name in symbols.KEPT_LAST:
            for _ in range(symbols.KEPT_LAST[name]):
                self.raw()
            return (Group(self.argument()),)
        if name in ("overset", "stackrel", "underset"):
            beside, base = self.argument(), self.argument()
            whole = base[0] if len(base) == 1 else Group(base)
            below = name == "underset"
            return (Script(whole, beside if below else (), () if below else beside),)
        if name in ("underbrace", "overbrace"):
            return (Fence("(", self.argument(), ")"),)
        if name in ("binom", "dbinom", "tbinom"):
            over = self.argument()
            return (Array("pmatrix", ((over,), (self.argument(),))),)
        if name in ("xrightarrow", "xleftarrow"):
            return (self.long_arrow("→" if name == "xrightarrow" else "←"),)
        if name == "substack":
            return (self.substack(),)
        if name == "pmod":
            return (Fence("(", (Atom("mod", "function"), *self.argument()), ")"),)
        if name == "middle":
            return (Atom(self.delimiter() or " ", "rel"),)
        if name == "not":
            return self.negated()
        if name in ("mathbb", "mathcal", "mathscr"):
            table = symbols.BLACKBOARD if name == "mathbb" else symbols.SCRIPT_LETTERS
            return tuple(Atom(table.get(c, c), "sign") for c in self.raw())
        if name == "left":
            return (self.fence(),)
        if self.loose and name.isalpha():
            return (Atom(f"\\{name}", "word"),)
        raise MathsError(f"\\{name}")

    def dropped(self, count: int) -> Nodes:
        """Nothing, for a command that only sets place, colour or number, with its arguments."""
        if self.peek() == "*":
            self.next()
        for _ in range(count):
            if self.peek() == "[":
                while self.next() not in ("]", ""):
                    pass
            self.raw(anything=True)
        return ()

    def long_arrow(self, sign: str) -> Script:
        below: Nodes = ()
        if self.peek() == "[":
            self.next()
            below = self.until(("]",))
            if self.next() != "]":
                raise MathsError("[")
        return Script(Atom(sign, "rel"), below, self.argument())

    def substack(self) -> Array:
        if self.next() != "{":
            raise MathsError("\\substack")
        rows = [(self.until(()),)]
        while self.peek() == "\\\\":
            self.next()
            rows.append((self.until(()),))
        if self.next() != "}":
            raise MathsError("{")
        return Array("gathered", tuple(rows))

    def negated(self) -> Nodes:
        nodes = self.argument()
        if len(nodes) != 1 or not isinstance(nodes[0], Atom) or len(nodes[0].text) != 1:
            raise MathsError("\\not")
        sign = nodes[0]
        return (Atom({"=": "≠", "∈": "∉"}.get(sign.text, f"{sign.text}\u0338"), sign.kind),)

    def raw(self, *, anything: bool = False) -> str:
        """The text in braces, as it is, or the one letter that stands for it. anything: whether
        unknown commands may stand in it."""
        if self.peek() != "{":
            token = self.next()
            if not token or not token[0].isalnum():
                raise MathsError(token)
            if len(token) > 1:
                self.tokens.insert(self.at, token[1:])
            return token[0]
        self.next()
        parts: list[str] = []
        depth = 0
        while self.at < len(self.tokens) and (depth or self.tokens[self.at] != "}"):
            token = self.tokens[self.at]
            self.at += 1
            depth += {"{": 1, "}": -1}.get(token, 0)
            if token.isspace() or token[1:] in symbols.SPACES:
                parts.append(" ")
            elif token[0] == "\\" and token[1:] in _ESCAPED:
                parts.append(token[1:])
            elif (token[0] == "\\" and not (anything or self.loose)) or (
                token == "$" and not (anything or self.loose)
            ):
                raise MathsError(token)
            elif token not in ("{", "}", "$"):
                parts.append(token)
        if self.next() != "}":
            raise MathsError("{")
        return "".join(parts)

    def accent(self, name: str) -> Node:
        nodes = self.argument()
        while len(nodes) == 1 and isinstance(nodes[0], Group):
            nodes = nodes[0].nodes
        if len(nodes) != 1 or not isinstance(nodes[0], Atom) or len(nodes[0].text) != 1:
            if not self.loose or not nodes:
                raise MathsError(f"\\{name}")
            return Group((Atom(name, "function"), Fence("(", nodes, ")")))
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
        known = {**symbols.OPENING, **symbols.CLOSING, **_BARS}
        if name in known:
            return known[name]
        if token in tuple("()[]|/<>"):
            return {"<": "⟨", ">": "⟩"}.get(token, token)
        if token == ".":
            return ""
        raise MathsError(f"\\left{token}")

    def array(self, token: str) -> Array:
        name = token[token.index("{") + 1 : -1]
        if name not in MATRICES | LINES | _CASES:
            raise MathsError(token)
        if name in _WITH_ARGUMENT and self.peek() == "{":
            self.raw(anything=True)
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
                if _ends(self.peek()):
                    end = self.next()
                else:
                    continue
            if not _ends(end) or end[end.index("{") + 1 : -1] != name:
                raise MathsError(token)
            return Array("cases" if name in _CASES else name, tuple(rows))
