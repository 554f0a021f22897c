"""Convert the tokens of the inline parser to text, formulas, slots and gaps."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from rnntutor.course.attributes import settings
from rnntutor.course.blocks import (
    Break,
    GapMark,
    Inline,
    InlinePart,
    Link,
    LinkKind,
    MathBlock,
    Maths,
    Picture,
    Placeholder,
    Text,
)
from rnntutor.course.clean import clean
from rnntutor.course.html import pictures_and_text
from rnntutor.course.pictures import picture
from rnntutor.course.question import Gap
from rnntutor.course.report import Report
from rnntutor.maths.inline import MathsError, glued_spans
from rnntutor.maths.macros import Macro, expand
from rnntutor.spans import plain

InlinePiece = InlinePart | Picture | MathBlock
_KINDS: Mapping[str, LinkKind] = {"term": "term", "step": "step", "sim": "sim"}
_LEFT = re.compile(r"\*\*|\$|\{\{|\}\}|\[\[|\]\]|\{(?:term|step|sim):")

_COMMENT = re.compile(r"(?<!\\)%[^\n]*(?=\n)")
_DOLLARS = re.compile(r"\$([^$\n]+)\$")
_MARKS = re.compile("[\u200e\u200f]")  # direction marks

LONGEST = 20_000  # characters; longer paragraphs are not parsed, as the cost is quadratic


@dataclass
class InlineParser:
    """Parses the inline content of one block after another and tracks the line in the file.

    Attributes:
        md: The Markdown parser.
        env: Its environment, shared by all blocks of the file.
        report: Collects the problems of the file.
        lesson: Whether the syntax and rules of lessons apply; otherwise the source is any Markdown,
            in which nothing is a mistake.
        gaps: Collects the gaps of a cloze; None where gaps are not allowed.
        macros: Commands that the file defines for its formulas.
        home: Id of the lesson that is parsed; links to its own steps may omit it.
    """

    md: MarkdownIt
    env: dict[str, Any]
    report: Report
    lesson: bool = True
    gaps: list[Gap] | None = None
    macros: Mapping[str, Macro] = field(default_factory=dict)
    home: str = ""
    _at: int = field(default=1, init=False)
    _style: Text = field(default=Text(""), init=False)

    def pieces(self, source: str, line: int) -> tuple[InlinePiece, ...]:
        """Parse inline source into text, and the pictures and display formulas within it.

        Source longer than LONGEST is not parsed and remains plain text.

        Args:
            source: The inline source.
            line: Line of the file on which it begins.
        """
        if len(source) > LONGEST:
            if self.lesson:
                self.report.add_problem(line, "long", count=len(source), most=LONGEST)
            return (Text(clean(" ".join(source.split()))),)
        self._at, self._style = line, Text("")
        out: list[InlinePiece] = []
        tokens = self.md.inline.parse(source, self.md, self.env, [])
        for n, token in enumerate(tokens):
            if not self.lesson and token.type == "math_inline_double" and _in_a_line(tokens, n):
                token.type = "math_inline"
            for piece in self._piece(token):
                self._add(out, piece)
        return tuple(out)

    def inline(self, source: str, line: int) -> Inline:
        """Parse inline source where only text is allowed.

        A picture is replaced by its caption; a display formula becomes an inline formula.

        Args:
            source: The inline source.
            line: Line of the file on which it begins.
        """
        out: list[InlinePart] = []
        for piece in self.pieces(source, line):
            if isinstance(piece, Picture):
                out.append(Text(piece.caption))
            elif isinstance(piece, MathBlock):
                if self.lesson:
                    self.report.add_problem(line, "display_here")
                out.append(Maths(piece.source))
            else:
                out.append(piece)
        return tuple(out)

    @staticmethod
    def _add(out: list[InlinePiece], piece: InlinePiece) -> None:
        """Append a piece to `out`, joined to the last one if both are text in the same style."""
        last = out[-1] if out else None
        if isinstance(piece, Text) and isinstance(last, Text):
            if not piece.text and piece.link is None:
                return
            same = replace(last, text=piece.text) == piece
            if same and (piece.link is None or (piece.text and last.text)):
                out[-1] = replace(last, text=last.text + piece.text)
                return
        if piece != Text(""):
            out.append(piece)

    def _piece(self, token: Token) -> tuple[InlinePiece, ...]:
        style = self._style
        match token.type:
            case "text":
                if self.lesson:
                    self._left_over(token.content)
                return (replace(style, text=token.content),)
            case "text_special":
                # Entities can encode characters that cleaning the file could not find.
                # Direction marks are removed.
                return (replace(style, text=clean(_MARKS.sub("", token.content))),)
            case "code_inline":
                return (replace(style, text=token.content, code=True),)
            case "softbreak":
                self._at += 1
                return (replace(style, text=" "),)
            case "hardbreak":
                self._at += 1
                return (Break(),)
            case "strong_open" | "strong_close":
                self._style = replace(style, strong=token.nesting > 0)
            case "em_open" | "em_close":
                self._style = replace(style, em=token.nesting > 0)
            case "link_open":
                self._style = replace(style, link=self._address(str(token.attrs["href"])))
            case "link_close":
                self._style = replace(style, link=None)
            case "s_open":
                self._style = replace(style, struck=True)
            case "s_close":
                self._style = replace(style, struck=False)
            case "math_inline":
                return (Maths(self.maths(token.content), strong=style.strong),)
            case "math_inline_double":
                return (MathBlock(self.maths(token.content)),)
            case "image":
                source = clean(unquote(str(token.attrs["src"])))
                return (picture(self._caption(token.content), source, self.report.words),)
            case "html_inline":
                return self._html(token.content)
            case "slot":
                return (Placeholder(token.content),)
            case "reference":
                return (self._reference(token),)
            case "gap":
                return (self._gap(token),)
            case _:
                pass
        return ()

    def maths(self, source: str) -> str:
        """Return a formula with the macros of the file expanded."""
        if self.lesson:
            return source.strip()
        return expand(_COMMENT.sub("", source), self.macros).strip()

    def _caption(self, source: str) -> str:
        """Return the alternative text of a picture, with its formulas as Unicode."""
        if self.lesson:
            return clean(source)

        def signs(found: re.Match[str]) -> str:
            try:
                return plain(glued_spans(expand(found[1], self.macros)))
            except MathsError:
                return found[1]

        return clean(_MARKS.sub("", unescape(_DOLLARS.sub(signs, source))))

    def _html(self, source: str) -> tuple[InlinePiece, ...]:
        if self.lesson and not source.startswith("<!--"):
            self.report.add_problem(self._at, "html", text=source)
        if re.match(r"<br\b", source, re.IGNORECASE):
            return (Break(),)
        return tuple(
            picture(part.alt, part.source, self.report.words)
            for part in pictures_and_text(source)
            if not isinstance(part, str)
        )

    def _address(self, href: str) -> Link | None:
        """Return the link of a Markdown address, or None if it leads nowhere.

        Only http(s) addresses and, in lessons, those of terms, steps and simulations are links.
        """
        kind, _, target = href.partition(":")
        if kind in ("http", "https"):
            return Link("url", clean(href))
        if self.lesson and kind in _KINDS:
            return self._link(_KINDS[kind], unquote(target))
        if self.lesson:
            self.report.add_problem(self._at, "link_address", text=clean(unquote(href)))
        return None

    def _link(self, kind: LinkKind, target: str) -> Link:
        name, _, rest = target.partition(" ")
        pairs, wrong = settings(rest)
        if wrong or (pairs and kind != "sim"):
            self.report.add_problem(self._at, "link_settings", kind=kind, text=wrong or rest)
        if kind == "step" and self.home and "." not in name:
            name = f"{self.home}.{name}"
        if kind != "sim":
            return Link(kind, name)
        view = str(dict(pairs).get("view", ""))
        return Link(kind, name, tuple(pair for pair in pairs if pair[0] != "view"), view)

    def _reference(self, token: Token) -> Text:
        kind, target, rest = token.meta["groups"]
        if kind not in _KINDS:
            self.report.add_problem(self._at, "link_kind", kind=kind)
            return replace(self._style, text=token.meta["source"])
        return replace(
            self._style, text="", link=self._link(_KINDS[kind], f"{target} {rest.strip()}")
        )

    def _gap(self, token: Token) -> Text | GapMark:
        if self.gaps is None:
            self.report.add_problem(self._at, "gap_here")
            return replace(self._style, text=token.meta["source"])
        gap, problem = read_gap(token.content)
        if problem:
            self.report.add_problem(self._at, problem, text=token.content.strip())
        self.gaps.append(gap)
        return GapMark(len(self.gaps) - 1)

    def _left_over(self, text: str) -> None:
        """Report a mark of the syntax that was not parsed and remained text."""
        if left := _LEFT.search(text):
            at = max(0, left.start() - 8)
            self.report.add_problem(
                self._at, "leftover", mark=left[0], text=text[at : left.end() + 8].strip()
            )


def _in_a_line(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a short formula in double dollars has text next to it on its line.

    Such a formula is inline: some blogs write inline formulas with double dollars.
    """
    if re.search(r"\\\\|\\begin|\n", tokens[index].content):
        return False
    beside = (tokens[n] for n in (index - 1, index + 1) if 0 <= n < len(tokens))
    return any(token.type == "text" and token.content.strip() for token in beside)


def read_gap(content: str) -> tuple[Gap, str]:
    """Parse `type: a / b` or `pick: *a* / b`.

    Returns:
        The gap, and the key of the problem with it ("" if there is none).
    """
    kind, colon, rest = content.partition(":")
    kind = kind.strip()
    parts = tuple(p.strip() for p in rest.split(" / "))
    if not colon or kind not in ("type", "pick"):
        return Gap("type", (content.strip(),)), "gap_kind"
    if not all(parts):
        return Gap("type", tuple(p for p in parts if p) or ("",)), "gap_empty"
    problem = "gap_plain" if "$" in rest else ""
    if kind == "type":
        return Gap("type", parts), problem
    right = tuple(p[1:-1].strip() for p in parts if len(p) > 2 and p[0] == p[-1] == "*")
    choices = tuple(p.strip("*").strip() for p in parts)
    if len(right) != 1 or len(choices) < 2:
        problem = "gap_pick"
    return Gap("pick", right[:1] or choices[:1], choices), problem
