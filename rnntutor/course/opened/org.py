"""Convert Org to Markdown: headings, lists, code, quotes, tables, links and emphasis."""

from __future__ import annotations

import re

from rnntutor.course.opened.code_parts import outside_code, outside_fences

_HEADING = re.compile(
    r"^(\*+)[ \t]+(?:(?:TODO|DONE)[ \t]+)?(?:\[#\w\][ \t]+)?(.*?)(?:[ \t]+:[\w@:]+:)?[ \t]*$"
)
_BEGIN = re.compile(r"^[ \t]*#\+begin_(\w+)(?:[ \t]+(\S+))?.*$", re.IGNORECASE)
_KEYWORD = re.compile(r"^[ \t]*#\+(\w+)(?:\[[^\]]*\])?:[ \t]*(.*)$")
_DRAWER = re.compile(r"^[ \t]*:(?:PROPERTIES|LOGBOOK):[ \t]*$", re.IGNORECASE)
# Planning lines and clock entries, which Org's own export omits too.
_PLANNED = re.compile(r"^[ \t]*(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):[ \t]*[<\[]")
_COMMENT = re.compile(r"^[ \t]*# ")
_LINK = re.compile(r"\[\[([^\[\]]+)\](?:\[([^\[\]]*)\])?\]")
_CODE = re.compile(r"(?<![\w~=])([=~])(?=\S)([^\n]*?\S)\1(?![\w~=])")
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_SLANTED = re.compile(r"(?<![\w/:])/(?=\S)([^/\n]+?)(?<=\S)/(?![\w/])")
_STRUCK = re.compile(r"(?<![\w+])\+(?=\S)([^+\n]+?)(?<=\S)\+(?![\w+])")
_RULE = re.compile(r"^[ \t]*\|[-+]+\|[ \t]*$")


def markdown(text: str) -> str:
    """Convert an Org text to Markdown."""
    about: dict[str, str] = {}
    rows = text.split("\n")
    out: list[str] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        at += 1
        if begin := _BEGIN.match(row):
            end = next((n for n in range(at, len(rows)) if _ends(rows[n], begin[1])), len(rows))
            out += _block(begin[1].lower(), begin[2] or "", rows[at:end])
            at = end + 1
        elif _DRAWER.match(row):
            while at < len(rows) and rows[at].strip().upper() != ":END:":
                at += 1
            at += 1
        elif keyword := _KEYWORD.match(row):
            about.setdefault(keyword[1].lower(), keyword[2].strip())
        elif heading := _HEADING.match(row):
            out += ["", f"{'#' * min(6, len(heading[1]))} {heading[2]}", ""]
        elif not _COMMENT.match(row) and not _PLANNED.match(row):
            if row.lstrip().startswith("|") and out and not out[-1].lstrip().startswith("|"):
                out.append("")  # a table begins
            out.append(_RULE.sub(lambda m: m[0].replace("+", "|"), row))
    head = [f"{key}: {about[key]}" for key in ("title", "author", "date") if about.get(key)]
    front = "\n".join(("---", *head, "---", "")) if head else ""
    return front + outside_fences("\n".join(out), lambda piece: outside_code(piece, _inline))


def _ends(row: str, name: str) -> bool:
    return row.strip().lower() == f"#+end_{name.lower()}"


def _block(name: str, argument: str, rows: list[str]) -> list[str]:
    if name in ("src", "example"):
        return ["", f"```{argument if name == 'src' else ''}", *rows, "```", ""]
    if name in ("quote", "verse"):
        return ["", *(f"> {row}".rstrip() for row in rows), ""]
    return [] if name in ("comment", "export") else rows


def _inline(text: str) -> str:
    text = _CODE.sub(lambda m: f"`{m[2]}`", text)
    return outside_code(text, _faces)


def _faces(text: str) -> str:
    text = _BOLD.sub(r"**\1**", text)
    text = _SLANTED.sub(r"*\1*", text)
    text = _STRUCK.sub(r"~~\1~~", text)
    return _LINK.sub(_link, text)


def _link(found: re.Match[str]) -> str:
    target, said = found[1].strip(), (found[2] or "").strip()
    if re.search(r"\.(?:png|jpe?g|gif|svg|webp)$", target, re.IGNORECASE):
        return f"![{said}](<{target.removeprefix('file:')}>)"
    if target.startswith(("http://", "https://")):
        return f"[{said or target}](<{target}>)"
    return said or target.removeprefix("file:").lstrip("*#")
