"""The grammar of LaTeX formulas: groups, scripts and single symbols, without the commands."""

from __future__ import annotations

import re
from collections.abc import Callable

from rnntutor.maths import symbols
from rnntutor.maths.errors import MathsError
from rnntutor.maths.nodes import Atom, Fraction, Group, MathArray, Node, Nodes, Script
from rnntutor.maths.tokens import NEXT_ROW, begins, ends

_DEPTH = 60
_ESCAPED = tuple("_%#&${}")
# A name is pronounceable: a product of three quantities seldom contains a vowel.
_NAME = re.compile(
    r"(?=.*[aeiou])[A-Za-z][a-z]{2,}(?:[A-Z][a-z]{2,})*|[A-Za-z]+(?:_[A-Za-z]+)+", re.ASCII
)
_LONGEST = 30  # letters of a name
_PRIME = Atom("′", "sign")
# Infix commands between an upper and a lower part, and the environment for the result.
_INFIX = {
    "\\over": "", "\\atop": "gathered", "\\choose": "pmatrix", "\\brace": "Bmatrix",
    "\\brack": "bmatrix",
}  # fmt: skip
_KINDS = {
    "bin": "+-*−×·⊙±",
    "rel": "=<>≤≥≠≈→←∈",
    "open": "([",
    "close": ")]!",
    "punct": ",;:",
    "slash": "/",
}
_SIGNS = {sign: kind for kind, signs in _KINDS.items() for sign in signs}


class MathParser:
    """Parses tokens from left to right.

    Attributes:
        loose: Whether unknown commands are kept as they are instead of raising an error.
        tokens: The tokens.
        at: Index of the next token.
        bars: Bars that are open.
    """

    def __init__(
        self, tokens: list[str], command: Callable[[MathParser, str], Nodes], *, loose: bool = False
    ) -> None:
        self.loose = loose
        self.tokens = tokens
        self.at = 0
        self.bars: list[str] = []
        self._command = command
        self._depth = 0

    def all(self) -> Nodes:
        """Parse the whole formula; if loose, rows and columns outside environments become lines."""
        rows: list[list[Nodes]] = [[self.until(())]]
        while self.loose and self.peek() in ("&", NEXT_ROW):
            if self.next() == "&":
                rows[-1].append(self.until(()))
            else:
                rows.append([self.until(())])
        if self.at < len(self.tokens):
            raise MathsError(self.tokens[self.at])
        if len(rows) == 1 and len(rows[0]) == 1:
            return rows[0][0]
        return (MathArray("aligned", tuple(tuple(row) for row in rows)),)

    # ---- tokens -----------------------------------------------------------------------------

    def peek(self) -> str:
        """Return the next token that is not a blank, or "" at the end."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def next(self) -> str:
        """Consume and return the next token."""
        token = self.peek()
        self.at += 1
        return token

    def skip_star(self) -> None:
        """Skip the star of a command that has the same meaning without it."""
        if self.peek() == "*":
            self.next()

    def optional(self) -> Nodes:
        """Parse an optional argument in square brackets; return () if there is none."""
        if self.peek() != "[":
            return ()
        self.next()
        nodes = self.until(("]",))
        if self.next() != "]":
            raise MathsError("[")
        return nodes

    # ---- nodes ------------------------------------------------------------------------------

    def until(self, stops: tuple[str, ...]) -> Nodes:
        """Parse nodes up to one of the tokens `stops` (which is not consumed) or the end."""
        nodes: list[Node] = []
        while (token := self.peek()) and token not in stops:
            if token in ("}", "&", NEXT_ROW, "\\right") or ends(token):
                break
            if token in ("_", "^", "'"):
                nodes.append(self._scripts(nodes.pop() if nodes else Group(())))
            elif token in _INFIX:
                self.at += 1
                self._deeper(token)
                below = self.until(stops)
                self._depth -= 1
                if token == "\\over":
                    return (Fraction(tuple(nodes), below),)
                return (MathArray(_INFIX[token], ((tuple(nodes),), (below,))),)
            elif name := self._name():
                nodes.append(Atom(name, "name"))
            else:
                nodes += self.node()
        return tuple(nodes)

    def _name(self) -> str:
        r"""Return the next letters if they form one name (Var, var\_weights) and not a product."""
        if self.at and self.tokens[self.at - 1].isalpha():
            return ""
        end = self.at
        for token in self.tokens[self.at : self.at + _LONGEST]:
            if not (token.isalpha() or token == "\\_"):
                break
            end += 1
        name = "".join(self.tokens[self.at : end]).replace("\\", "")
        if not _NAME.fullmatch(name):
            return ""
        self.at = end
        return name

    def _scripts(self, base: Node) -> Script:
        """Return the base with every `_`, `^` and prime after it."""
        sub: Nodes = ()
        sup: Nodes = ()
        if isinstance(base, Script):
            sub, sup = base.sub, base.sup
            base = base.base
        while (token := self.peek()) in ("_", "^", "'"):
            self.at += 1
            if token == "'":
                sup = (*sup, _PRIME)
            elif token == "_":
                if sub:
                    raise MathsError("_")
                sub = self.argument()
            else:
                if any(n != _PRIME for n in sup):
                    raise MathsError("^")
                sup = (*sup, *self.argument())
        return Script(base, sub, sup)

    def argument(self) -> Nodes:
        """Parse an argument: `{…}` or a single token."""
        token = self.peek()
        if not token or token in ("}", "&", "_", "^"):
            raise MathsError(token or self.tokens[-1])
        if token == "{":
            return self._group()
        if token[0].isdigit() and len(token) > 1:  # x^10 is x¹0 in LaTeX
            self.tokens[self.at : self.at + 1] = [token[0], token[1:]]
        return self.node()

    def _group(self) -> Nodes:
        self._deeper(self.next())
        nodes = self.until(())
        while self.loose and self.peek() in ("&", NEXT_ROW):
            apart = Atom(";", "punct") if self.next() == NEXT_ROW else Atom(" ", "space")
            nodes = (*nodes, apart, *self.until(()))
        self._depth -= 1
        if self.next() != "}":
            raise MathsError("{")
        return nodes

    def node(self) -> Nodes:
        """Parse the next node; return () for a command that only changes the style."""
        token = self.next()
        self._deeper(token)
        nodes = self._one(token)
        self._depth -= 1
        return nodes

    def _deeper(self, token: str) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            raise MathsError(token)

    def _one(self, token: str) -> Nodes:
        if token.startswith("{{ "):
            return (Atom("…", "number"),)
        if token == "{":
            self.at -= 1
            return (Group(self._group()),)
        if begins(token):
            return self._command(self, token)
        if token[0] == "\\":
            return self._command(self, token[1:])
        return (self._plain(token),)

    def _plain(self, token: str) -> Atom:
        """Return the atom of a token that is not a command."""
        if token[0].isdigit() or (token[0] == "." and len(token) > 1):
            return Atom(token.replace("{,}", ","), "number")
        if token.isalpha():
            return Atom(token, "letter" if token.isascii() or token.islower() else "sign")
        if token in _SIGNS:
            return Atom({"-": "−", "*": "∗"}.get(token, token), _SIGNS[token])
        if token in ("|", "‖"):
            return self.bar(token)
        if token == "~":
            return Atom(" ", "space")
        if token in '?.%…′∑∏∂σ°"@' or (self.loose and token.isprintable()):
            return Atom(token, "sign")
        raise MathsError(token)

    def bar(self, token: str) -> Atom:
        """Return a bar that closes the last open one of its kind, or else opens."""
        if self.bars and self.bars[-1] == token:
            self.bars.pop()
            return Atom(token, "close")
        self.bars.append(token)
        return Atom(token, "open")

    # ---- text -------------------------------------------------------------------------------

    def has_commands(self) -> bool:
        """Return whether the next argument is a formula with commands and not a word."""
        depth = 0
        for token in self.tokens[self.at :]:
            depth += {"{": 1, "}": -1}.get(token, 0)
            if depth <= 0:
                return False
            word = token[1:] in symbols.WORDS or token[1:] in symbols.SPACES
            if token[0] == "\\" and token[1:].isalpha() and not word:
                return True
        return False

    def words(self) -> Nodes:
        """Parse text in braces, with formulas between dollars, or a single letter."""
        if self.peek() != "{":
            return (Atom(self.raw(), "word"),)
        parts = self._read_braces(anything=False)
        if "$" not in parts:
            return (Atom("".join(parts), "word"),)
        out: list[Node] = []
        for n, piece in enumerate(_split(parts)):
            text = "".join(piece)
            if n % 2:
                inside = MathParser(piece, self._command, loose=self.loose)
                inside._depth = self._depth
                out.append(Group(inside.all()))
            elif text.strip():
                kind = "punct" if text.lstrip()[0] in ",;:." else "word"
                out.append(Atom(text.strip(), kind))
        return tuple(out)

    def raw(self, *, anything: bool = False) -> str:
        """Parse text in braces, or a single letter; the dollars of formulas are dropped.

        Args:
            anything: Whether the text may contain unknown commands.
        """
        if self.peek() == "{":
            return "".join(part for part in self._read_braces(anything=anything) if part != "$")
        token = self.next()
        if not token or not token[0].isalnum():
            raise MathsError(token)
        if len(token) > 1:
            self.tokens.insert(self.at, token[1:])
        return token[0]

    def _read_braces(self, *, anything: bool) -> list[str]:
        """Return the tokens of a text in braces, including the dollars of formulas."""
        self.next()
        parts: list[str] = []
        depth = 0
        maths = False
        while self.at < len(self.tokens) and (depth or self.tokens[self.at] != "}"):
            token = self.tokens[self.at]
            self.at += 1
            depth += {"{": 1, "}": -1}.get(token, 0)
            if token == "$":
                maths = not maths
                parts.append(token)
            elif maths:
                parts.append(token)
            elif token.isspace() or token[1:] in symbols.SPACES:
                parts.append(" ")
            elif token[0] == "\\" and token[1:] in _ESCAPED:
                parts.append(token[1:])
            elif token[0] == "\\" and len(token) > 1 and token[1:] in symbols.WORDS:
                continue  # a typeface command within another
            elif token[0] == "\\" and not (anything or self.loose):
                raise MathsError(token)
            elif token not in ("{", "}"):
                parts.append(token)
        if maths and not (anything or self.loose):
            raise MathsError("$")
        if self.next() != "}":
            raise MathsError("{")
        return parts


def _split(parts: list[str]) -> list[list[str]]:
    """Split the tokens at their dollars."""
    out: list[list[str]] = [[]]
    for part in parts:
        if part == "$":
            out.append([])
        else:
            out[-1].append(part)
    return out
