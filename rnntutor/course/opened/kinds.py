"""Determine the format of a file by its name or, if that is unknown, by its beginning."""

from __future__ import annotations

import re
from pathlib import PurePath

MARKDOWN, LINES, RST, ORG, NOTEBOOK = "markdown", "lines", "rst", "org", "notebook"
_BY_SUFFIX = {
    **dict.fromkeys(
        (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd", ".livemd", ".mdwn"), MARKDOWN
    ),
    ".rst": RST,
    ".rest": RST,
    ".org": ORG,
    ".ipynb": NOTEBOOK,
    **dict.fromkeys((".txt", ".text", ".log", ".csv", ".tsv", ".asc"), LINES),
}
SUFFIXES = frozenset(suffix for suffix in _BY_SUFFIX if suffix not in (".log", ".csv", ".tsv"))
"""Suffixes of the files that are opened in a directory."""
_LOOKED_AT = 4000  # characters
_HEADING = re.compile(r"^#{1,6} \S|^(?:=|-){3,}$|^```|^\$\$|^[-*] \S|\]\(", re.MULTILINE)


def kind_of(name: str, text: str) -> str:
    """Return the format of a file; without a known suffix, Markdown if it looks like it."""
    known = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    if known is not None:
        return known
    head = text[:_LOOKED_AT]
    if PurePath(name).suffix and not PurePath(name).suffix[1:].isdigit():
        return LINES
    return MARKDOWN if _HEADING.search(head) or head.startswith("---\n") else LINES


def as_markdown(text: str, kind: str) -> str:
    """Convert the text of another format to Markdown."""
    if kind == RST:
        from rnntutor.course.opened.rst import markdown

        return markdown(text)
    if kind == ORG:
        from rnntutor.course.opened.org import markdown

        return markdown(text)
    from rnntutor.course.opened.notebook import markdown

    return markdown(text)
