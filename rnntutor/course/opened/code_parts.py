"""Separate code from the rest of a Markdown text, so that code is never rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rnntutor.course.opened.sections import fence_end

_FENCE = re.compile(r"^[ \t]*(?:(?:>|[-*+]|\d+[.)])[ \t]+)*(`{3,}(?=[^`\n]*$)|~{3,})(.*)$", re.M)
_TICKS = re.compile(r"(?<![\\`])`+")
_AWAY = re.compile("\0(\\d+)\0")
# Prefix of a pattern that must not match inside code spans: it matches them as the group `code`.
CODE_SPAN = (
    r"(?P<code>(?<!`)(?P<quotes>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S]){1,2000}?(?<!`)(?P=quotes)(?!`))|"
)

Rewrite = Callable[[str], str]


def fence_code(text: str, language: str = "") -> str:
    """Return the text as a fenced code block; its fence is longer than any in the text."""
    marks = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    code = text.rstrip("\n")
    return f"{marks}{language}\n{code}\n{marks}"


def pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Split a text at its fenced code blocks.

    Yields:
        Whether the piece is a fenced block, and its text, in order.
    """
    at = 0
    while (mark := _FENCE.search(text, at)) is not None:
        if mark.start() > at:
            yield False, text[at : mark.start()]
        end = _end(text, mark)
        yield True, text[mark.start() : end]
        at = end
    if at < len(text):
        yield False, text[at:]


def _end(text: str, mark: re.Match[str]) -> int:
    lead = text[mark.start() : mark.start(1)]
    if len(lead) <= 3 and not lead.strip():
        return fence_end(text, mark.end(), mark[1])
    close = re.compile(rf"^[ \t>]*{re.escape(mark[1][0])}{{{len(mark[1])},}}[ \t]*$", re.M)
    found = close.search(text, mark.end())
    return found.end() if found is not None else len(text)


def outside_fences(text: str, rewrite: Rewrite) -> str:
    """Rewrite a text except for its fenced code blocks."""
    return "".join(piece if code else rewrite(piece) for code, piece in pieces(text))


def fences_away(text: str) -> tuple[str, Rewrite]:
    """Replace each fenced block by a placeholder.

    Returns:
        The text with placeholders, and a function that puts the fenced blocks back.
    """
    fences: list[str] = []
    bare = ""
    for code, piece in pieces(text):
        bare += f"\0{len(fences)}\0" if code else piece
        fences += [piece] if code else []
    return bare, lambda piece: _AWAY.sub(lambda m: fences[int(m[1])], piece)


def outside_code(text: str, rewrite: Rewrite) -> str:
    """Rewrite a text without fenced blocks, except for its code spans."""
    runs = [(m.start(), m.end()) for m in _TICKS.finditer(text)]
    following: dict[int, int] = {}
    closes: dict[int, int] = {}
    for n in range(len(runs) - 1, -1, -1):
        size = runs[n][1] - runs[n][0]
        if size in following:
            closes[n] = following[size]
        following[size] = n
    out: list[str] = []
    at = n = 0
    while n < len(runs):
        if n in closes:
            begin, end = runs[n][0], runs[closes[n]][1]
            if "\n\n" not in text[begin:end]:
                out += [rewrite(text[at:begin]), text[begin:end]]
                at, n = end, closes[n] + 1
                continue
        n += 1
    out.append(rewrite(text[at:]))
    return "".join(out)
