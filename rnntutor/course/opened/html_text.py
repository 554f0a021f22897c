"""Rewrite HTML as Markdown: the text is kept where it is, other markup is removed."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote, unquote

from rnntutor.course.html import TolerantParser
from rnntutor.course.opened.sections import leads_elsewhere
from rnntutor.maths.symbols import SUBSCRIPT, SUPERSCRIPT

_BLOCK = re.compile(
    r"<(?P<tag>table|ul|ol|dl|pre|svg|script|style|math|iframe|video|audio|form|figure)\b",
    re.IGNORECASE,
)
_RAISED = re.compile(r"<(su[pb])\b[^<>]*>([^<>\n]{0,200})</\1\s*>", re.IGNORECASE)
# Ruby annotations (readings of characters) are moved behind the annotated text.
_RUBY = re.compile(r"<rt>([^<>\n]{0,100})</rt>|<rp>[^<>\n]{0,10}</rp>|</?ruby>", re.IGNORECASE)
_APART = re.compile(
    r"[ \t]*</?(?:div|p|center|section|article|header|footer|nav|main|aside|details|blockquote|"
    r"address|figcaption|colgroup|hr|body|html)\b[^<>]*>[ \t]*",
    re.IGNORECASE,
)
# Tags that are indented as far as a Markdown code block.
_SET_IN = re.compile(
    r"^(?: {4,}|[ ]*\t[ \t]*)(?=<(?:img|a|picture|source)\b)", re.MULTILINE | re.IGNORECASE
)
_SUMMARY = re.compile(r"<summary\b[^<>]*>(.*?)</summary\s*>", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(
    r"<a\b[^<>]*?\bhref\s*=\s*[\"']?(https?://[^\"'\s<>]+)[^<>]*>([^<>\[\]\n]{1,400})</a\s*>",
    re.IGNORECASE,
)
_HEADING = re.compile(r"<h([1-6])\b[^<>]*>(.*?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_FACE = re.compile(r"<(b|strong|i|em|code|kbd|del|s|mark)\b[^<>]*>([^<>`*\n]{1,400})</\1\s*>", re.I)
_FACES = {
    "b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "kbd": "`", "del": "~~",
    "s": "~~", "mark": "**",
}  # fmt: skip
_UNCLOSED = 20  # unclosed elements after which the search stops
_SILENT = frozenset({"script", "style", "svg", "math", "iframe", "head", "template"})


def exponent_text(tag: str, text: str) -> str:
    """Return the text of a `sup` or `sub` element.

    It is written in superscript or subscript characters if all of them exist, else as `^(…)` or
    `_(…)`.
    """
    text = unescape(text).strip()
    table, mark = (SUPERSCRIPT, "^") if tag.lower() == "sup" else (SUBSCRIPT, "_")
    signs = "".join(table.get(c, "\0") for c in text.replace("−", "-") if c != " ")
    if "\0" not in signs:
        return signs
    return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"


def rewritten(text: str) -> str:
    """Rewrite the HTML in a piece of Markdown outside code."""
    if "<" not in text:
        return text
    text = _RAISED.sub(lambda m: exponent_text(m[1], m[2]), text)
    text = _RUBY.sub(lambda m: f"({m[1].strip()})" if m[1] else "", text)
    text = _blocks(text)
    text = _HEADING.sub(_heading, text)
    text = _SUMMARY.sub(lambda m: f"\n\n**{' '.join(m[1].split())}**\n\n", text)
    text = _LINK.sub(lambda m: f"[{m[2].strip()}]({m[1]})", text)
    text = _FACE.sub(_face, text)
    return _SET_IN.sub("   ", _APART.sub("\n\n", text))


def _heading(found: re.Match[str]) -> str:
    mark = "" if leads_elsewhere(found[2]) else f"{'#' * int(found[1])} "
    return f"\n\n{mark}{' '.join(found[2].split())}\n\n"


def _face(found: re.Match[str]) -> str:
    mark, inside = _FACES[found[1].lower()], found[2]
    if not inside.strip():
        return inside
    return f"{mark}{unescape(inside.strip()) if mark == '`' else inside.strip()}{mark}"


def _blocks(text: str) -> str:
    """Rewrite tables, lists and `pre` elements; remove drawings, scripts and the like."""
    out: list[str] = []
    at = unclosed = 0
    while unclosed < _UNCLOSED and (found := _BLOCK.search(text, at)) is not None:
        tag = found["tag"].lower()
        end = _end(text, found.start(), tag)
        if end < 0:
            out.append(text[at : found.end()])
            at = found.end()
            unclosed += 1
            continue
        out.append(text[at : found.start()])
        reader = _HtmlReader()
        reader.feed(text[found.start() : end])
        reader.close()
        out.append(f"\n\n{reader.markdown()}\n\n")
        at = end
    return "".join((*out, text[at:]))


def _end(text: str, start: int, tag: str) -> int:
    """Return the offset after the end tag of the element that begins at `start`, or -1."""
    depth = 0
    for found in re.finditer(rf"<(/?){tag}\b[^<>]*>", text[start:], re.IGNORECASE):
        depth += -1 if found[1] else 1
        if depth == 0:
            return start + found.end()
    return -1


class _HtmlReader(TolerantParser):
    """Converts one element to lines of Markdown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.rows: list[list[str]] | None = None
        self.lists: list[int | None] = []
        self.silent = 0
        self.pre = False
        self.raising = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "img" and not self.silent:
            found = dict(attrs)
            alt = " ".join((found.get("alt") or "").split()).replace("[", "(").replace("]", ")")
            self.line += f"![{alt}]({quote(unquote(found.get('src') or ''), safe='/:.%')})"
        elif tag == "table" and self.rows is None:
            self.flush()
            self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
            self.line = ""
        elif tag in ("td", "th") and self.rows is not None:
            if not self.rows:
                self.rows.append([])
            self.line = ""
        elif tag in ("ul", "ol") and self.rows is None:
            self.flush()
            self.lists.append(1 if tag == "ol" else None)
        elif tag == "li" and self.rows is None:
            self.flush()
            depth = max(0, len(self.lists) - 1)
            number = self.lists[-1] if self.lists else None
            self.line = "    " * depth + ("- " if number is None else f"{number}. ")
            if self.lists and number is not None:
                self.lists[-1] = number + 1
        elif tag == "pre":
            self.flush()
            self.pre = True
            self.lines.append("```")
        elif tag == "dt":
            self.flush()
            self.lines.append("")
        elif tag == "dd":
            self.flush()
            self.line = "- "
        elif tag in ("sup", "sub"):
            self.raising = tag
        elif tag == "br":
            self.line += "\n" if self.pre else " " if self.rows is not None else "<br>"

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append(" ".join(self.line.split()).replace("|", "\\|"))
            self.line = ""
        elif tag == "table" and self.rows is not None:
            self.lines += _table(self.rows)
            self.rows = None
        elif tag in ("ul", "ol"):
            self.flush()
            if self.lists:
                self.lists.pop()
        elif tag == "pre" and self.pre:
            self.lines += self.line.strip("\n").split("\n")
            self.line, self.pre = "", False
            self.lines.append("```")
        elif tag in ("p", "div", "li", "dt", "dd", "figcaption", "caption"):
            self.flush()
        elif tag in ("sup", "sub"):
            self.raising = ""

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.pre:
            self.line += data
        elif self.raising:
            self.line += exponent_text(self.raising, data)
        else:
            blank = " " if data[:1].isspace() and self.line[-1:] not in ("", " ") else ""
            said = " ".join(data.split())
            end = " " if data[-1:].isspace() and said else ""
            self.line += blank + said + end

    def flush(self) -> None:
        """End the current line, unless inside a table."""
        if self.rows is None and not self.pre and self.line.strip():
            self.lines.append(self.line.rstrip())
            self.line = ""

    def markdown(self) -> str:
        """Return the Markdown of everything that was read."""
        self.flush()
        if self.rows:
            self.lines += _table(self.rows)
        if self.pre:
            self.lines += [*self.line.strip("\n").split("\n"), "```"]
        return "\n".join(self.lines)


def _table(rows: list[list[str]]) -> list[str]:
    rows = [row for row in rows if row]
    if not rows:
        return []
    wide = max(map(len, rows))
    full = [row + [""] * (wide - len(row)) for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in full]
    return ["", lines[0], "|" + "---|" * wide, *lines[1:], ""]
