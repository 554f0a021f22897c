"""Convert reStructuredText to Markdown: headings, lists, code, formulas, notes, pictures, links."""

from __future__ import annotations

import re

_RULE = re.compile(r"^([=\-`:'\"~^_*+#<>.])\1{2,}[ \t]*$")
_DIRECTIVE = re.compile(r"^([ \t]*)\.\. (?:\|[^|]+\|[ ]+)?([\w:-]+)::[ \t]*(.*)$")
_COMMENT = re.compile(r"^([ \t]*)\.\.(?:[ \t\u240c]|$)")
_OPTION = re.compile(r"^[ \t]*:[\w-]+:")
_ROLE = re.compile(r":([\w:+.-]+):`([^`]+)`")
_LITERAL = re.compile(r"(``[^`\n]+(?:`[^`\n]+)*``)")
_LINK = re.compile(r"`([^`<>]+?)\s*<([^<>`\s]+)>`__?")
_BARE = re.compile(r"(?<![:\w`\\])`([^`\n]+)`(?![_`\w])")
_NAMED = re.compile(r"`([^`\n]+)`__?(?!\w)|\b([A-Za-z][\w.-]*)_(?=[\s.,;:)/?!]|$)")
_DEFINED = re.compile(r"^[ \t]*\.\. \|([^|]+)\| (unicode|replace):: (.*?)(?: \.\. .*)?$")
_INSERTED = re.compile(r"\|(?! )([^|\n]+)(?<! )\|_{0,2}")
_CODEPOINT = re.compile(r"(?:U\+|0x|\\x|\\u)([0-9A-Fa-f]{2,6})\b[ ]?")
_TARGET = re.compile(r"^\.\. _`?([^:`]+)`?:[ \t]*(\S*)[ \t]*$")
_ANONYMOUS = re.compile(r"^(?:\.\. __:|__)[ \t]+\S+[ \t]*$")
_NOTE = re.compile(r"^\.\. \[([#*]?[\w-]*)\][ \t]+(.*)$")
_NOTED = re.compile(r"\[([#*]?[\w-]*)\]_(?!\w)")
_FIELD = re.compile(r"^:([\w`][^:\n]{0,60}):(?:[ \t]+(.*))?$")
_HEADER = re.compile(r"^([A-Z][\w-]*):[ \t]+(.*)$")
_TERM = re.compile(r"\w|``?[^`]|\*{1,2}\w")
_TABLE = re.compile(r"^[ \t]*(?:=+(?:[ \t]+=+)+|\+(?:[-=]+\+)+)[ \t]*$")
_CODE = ("code-block", "code", "sourcecode", "parsed-literal", "highlight", "doctest", "prompt")
_UNSEEN = (
    "toctree", "contents", "index", "meta", "highlightlang", "currentmodule", "module", "role",
    "default-role", "include", "raw", "only", "sectnum", "automodule", "autosummary", "footer",
    "header", "unicode", "replace",
)  # fmt: skip
_SEEN_THROUGH = ("class", "container", "compound", "rst-class")  # affect only the appearance


def markdown(text: str) -> str:
    """Convert a reStructuredText document to Markdown."""
    rows = text.expandtabs(8).split("\n")
    addresses = {m[1].lower(): m[2] for row in rows if (m := _TARGET.match(row)) and m[2]}
    inserted = {m[1]: _replacement(m[2], m[3]) for row in rows if (m := _DEFINED.match(row))}
    return "\n".join(_RstReader(addresses, inserted).block(rows))


def _replacement(directive: str, said: str) -> str:
    """Return the replacement of a name between bars."""
    if directive == "replace":
        return said
    return _CODEPOINT.sub(lambda m: chr(min(int(m[1], 16), 0x10FFFF)), said)


class _RstReader:
    """Converts rows of a document to Markdown.

    Attributes:
        addresses: Addresses of the document's link targets, by name in lower case.
        inserted: Replacements of names between bars.
    """

    def __init__(self, addresses: dict[str, str], inserted: dict[str, str]) -> None:
        self.addresses = addresses
        self.inserted = inserted
        self.marks: list[str] = []
        self.notes = self.noted = 0  # automatically numbered footnotes, and references to them
        self.role = ""  # default role of text in backquotes

    def block(self, rows: list[str], depth: int = 0) -> list[str]:
        """Convert the lines of a block to Markdown."""
        out: list[str] = []
        at = 0
        while at < len(rows):
            row = rows[at]
            if _TARGET.match(row) or _ANONYMOUS.match(row):
                at += 1
            elif found := _FIELD.match(row) or self.header(rows, at, depth):
                more, at = _indented_rows(rows, at + 1, 0)
                name = self.line(found[1])
                said = self.line(" ".join((found[2] or "", *more)).strip())
                first = not out or not out[-1].startswith("- **")
                out += ["", f"- **{name}:** {said}"] if first else [f"- **{name}:** {said}"]
                if at < len(rows) and rows[at].strip() and not _FIELD.match(rows[at]):
                    out += [""] if not self.header(rows, at, depth) else []
            elif found := _NOTE.match(row):
                more, at = _indented_rows(rows, at + 1, 0)
                said = self.line(" ".join((found[2], *more)))
                self.notes += found[1] in ("#", "*")
                out += ["", f"[{found[1].lstrip('#*') or self.notes}] {said}", ""]
            elif row.lstrip().startswith(">>> "):
                end = next((n for n in range(at, len(rows)) if not rows[n].strip()), len(rows))
                out += ["", "```python", *rows[at:end], "```", ""]
                at = end
            elif (end := self.meaning(rows, at)) > at:
                body, at = _indented_rows(rows, at + 1, 0)
                out += ["", self.line(row), f": {self.line(' '.join(body))}", ""]
            elif (found := _DIRECTIVE.match(row)) and depth < 20:
                body, at = _indented_rows(rows, at + 1, len(found[1]))
                lead = found[1] if len(found[1]) <= 3 else ""  # keeps it in its list item
                drawn = self.directive(found[2], found[3].strip(), body, depth)
                out += [f"{lead}{row}" if row else row for row in drawn]
            elif found := _COMMENT.match(row):
                _, at = _indented_rows(rows, at + 1, len(found[1]))
            elif _TABLE.match(row):
                end = at + 1
                while end < len(rows) and rows[end].strip():
                    end += 1
                out += ["", "```", *rows[at:end], "```", ""]
                at = end
            elif (level := self.heading(rows, at)) is not None:
                over = bool(_RULE.match(row)) and at + 2 < len(rows)
                out += ["", f"{'#' * level} {self.line(rows[at + over].strip())}", ""]
                at += 2 + over
            elif _RULE.match(row):
                out += ["", "---", ""]
                at += 1
            elif row.rstrip().endswith("::"):
                said = row.rstrip()[:-2].rstrip()
                if said:
                    out.append(self.line(said + ":"))
                body, at = _indented_rows(rows, at + 1, len(row) - len(row.lstrip()))
                out += ["", "```", *body, "```", ""]
            else:
                at += 1
                while _goes_on(row) and at < len(rows) and rows[at].strip():
                    row = f"{row.rstrip()} {rows[at].strip()}"
                    at += 1
                out.append(self.line(re.sub(r"^([ \t]*)(?:#\.|\|)(?=\s)", _item, row)))
        return out

    def header(self, rows: list[str], at: int, depth: int) -> re.Match[str] | None:
        """Match a header line at the top of a PEP."""
        top = next((n for n, row in enumerate(rows) if row.strip()), 0)
        if depth or not rows[top].startswith("PEP:") or not all(map(str.strip, rows[top:at])):
            return None
        return _HEADER.match(rows[at])

    def meaning(self, rows: list[str], at: int) -> int:
        """Return `at + 2` if row `at` is a term with a definition below it, else `at`."""
        row = rows[at]
        before = rows[at - 1] if at else ""
        below = rows[at + 1] if at + 1 < len(rows) else ""
        plain = _TERM.match(row) and not before.strip() and not row.rstrip().endswith(":")
        if not plain or not below.startswith((" ", "\t")) or not below.strip():
            return at
        return at if _DIRECTIVE.match(below) or _COMMENT.match(below) else at + 2

    def heading(self, rows: list[str], at: int) -> int | None:
        """Return the level of the heading that begins at row `at`, or None."""
        row = rows[at]
        after = rows[at + 1] if at + 1 < len(rows) else ""
        if (over := _RULE.match(row)) and at + 2 < len(rows):
            under = _RULE.match(rows[at + 2])
            if under is None or under[1] != over[1] or not after.strip():
                return None
            mark = over[1] * 2
        elif row.strip() and row[0] not in " \t" and (under := _RULE.match(after)):
            if len(after.rstrip()) < min(len(row.rstrip()), 3):
                return None
            mark = under[1]
        else:
            return None
        if mark not in self.marks:
            self.marks.append(mark)
        return min(6, self.marks.index(mark) + 1)

    def directive(self, name: str, said: str, body: list[str], depth: int) -> list[str]:
        """Convert a directive to Markdown.

        Args:
            name: Its name.
            said: The text after its colons.
            body: Its indented lines.
            depth: How deeply it is nested.
        """
        while body and _OPTION.match(body[0]):
            body.pop(0)
        if name == "default-role":
            self.role = said
        if name in _SEEN_THROUGH:
            return ["", *self.block(body, depth + 1), ""]
        if name in ("list-table", "table"):
            return [
                "",
                f"**{self.line(said)}**" if said else "",
                "",
                *self.block(body, depth + 1),
                "",
            ]
        if name in _CODE:
            return ["", f"```{said}", *_bare(body), "```", ""]
        if name == "math":
            return ["", "```math", said, *_bare(body), "```", ""]
        if name in ("image", "figure"):
            caption = " ".join(" ".join(body).split())
            return ["", f"![{caption}](<{said}>)", ""]
        if name in _UNSEEN or name.startswith("auto"):
            return []
        kind = name.rpartition(":")[2].replace("-", " ").capitalize()
        head = f"**{kind}: {said}**" if said else f"**{kind}**"
        inside = self.block(body, depth + 1)
        return ["", *(f"> {row}".rstrip() for row in (head, "", *inside)), ""]

    def line(self, row: str) -> str:
        """Convert the inline markup of a line."""
        parts = _LITERAL.split(row)
        return "".join(f"`{p[2:-2]}`" if n % 2 else self.words(p) for n, p in enumerate(parts))

    def words(self, text: str) -> str:
        """Convert the inline markup of text outside literals."""
        text = _INSERTED.sub(lambda m: self.inserted.get(m[1], m[0]), text)
        if self.role:
            text = _BARE.sub(rf":{self.role}:`\1`", text)
        text = _NOTED.sub(self.note, _ROLE.sub(_role, text))
        text = _LINK.sub(lambda m: f"[{m[1]}]({m[2]})" if ":" in m[2] else m[1], text)
        return _NAMED.sub(self.named, text)

    def note(self, found: re.Match[str]) -> str:
        """Return the mark of a footnote; notes without a number are counted."""
        self.noted += found[1] in ("#", "*")
        return f"[{found[1].lstrip('#*') or self.noted}]"

    def named(self, found: re.Match[str]) -> str:
        """Return a named reference as a link, or as its name if the address is unknown."""
        name = (found[1] or found[2]).rstrip("_")
        address = self.addresses.get(name.lower())
        return f"[{name}]({address})" if address else name


def _goes_on(row: str) -> bool:
    """Return whether text in backquotes continues in the next line."""
    return _LITERAL.sub("", row).count("`") % 2 == 1


def _item(found: re.Match[str]) -> str:
    return found[1] + ("1." if "#" in found[0] else "")


def _role(found: re.Match[str]) -> str:
    name, said = found[1].rpartition(":")[2], found[2]
    if name == "math":
        return f"\\({said}\\)"
    if name in ("code", "func", "class", "meth", "mod", "attr", "data", "file", "exc", "obj"):
        return f"`{said.lstrip('~!')}`"
    return re.sub(r"\s*<[^<>]*>$", "", said)


def _indented_rows(rows: list[str], at: int, indent: int) -> tuple[list[str], int]:
    """Return the rows from `at` that are indented further than `indent`.

    Returns:
        The rows without their common indentation, and the index after them.
    """
    end = at
    while end < len(rows):
        row = rows[end]
        if row.strip() and len(row) - len(row.lstrip()) <= indent:
            break
        end += 1
    found = rows[at:end]
    common = min((len(r) - len(r.lstrip()) for r in found if r.strip()), default=0)
    body = [row[common:] for row in found]
    while body and not body[0].strip():
        body.pop(0)
    while body and not body[-1].strip():
        body.pop()
    return body, end


def _bare(rows: list[str]) -> list[str]:
    while rows and not rows[0].strip():
        rows = rows[1:]
    return rows
