"""Split a Markdown text at its headings without parsing it, so that pages can be parsed lazily."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 16_000  # characters of a page; longer sections are split
_MARK = re.compile(
    r"^ {0,3}(?:"
    r"(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*"
    r"|(?P<atx>#{1,6})(?:[ \t]+(?P<title>[^\n]*))?$"
    r"|(?P<tight>#{2,6})(?P<said>[^\s#!][^\n]*)$"
    r"|(?P<note>:{3,})[ \t]*\{\.callout[^\n]*$"
    r"|(?P<under>=+|-+)[ \t]*$"
    r"|(?P<comment><!--)"
    r"|<(?P<raw>pre|script|style)\b"
    r"|<h(?P<html>[1-6])\b[^>\n]{0,400}>"
    r")",
    re.MULTILINE | re.IGNORECASE,
)
# Finds candidate lines for _MARK. The leading newline makes the search fast.
_MAYBE = re.compile(r"\n {0,3}[#`~:=<-]")
_ATTRIBUTES = re.compile(r"[ \t]+\{[ \t]*[#.:-][^{}\n]*\}[ \t]*$")
_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_NO_PARAGRAPH = re.compile(r"\s*(?:$|#{1,6}\s|>|[-*+]\s|\d+[.)]\s|```|~~~|\||<|:::)| {4}|\t")
_TITLE = 200  # characters of an underlined heading


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text up to the next heading.

    Attributes:
        level: Level of the heading, 0 for the text before the first heading.
        title: Source of the heading.
        body: Source of the text.
        line: Line of the heading.
    """

    level: int
    title: str
    body: str
    line: int


def sections(text: str) -> list[Section]:
    """Split a text at every heading outside code and comments.

    The first section is the text before the first heading and may be empty.
    """
    out: list[Section] = []
    level, title, begin, line, counted = 0, "", 0, 1, 0
    for start, end, found_level, found_title in _headings(text):
        out.append(Section(level, title, text[begin:start], line))
        line += text.count("\n", counted, start)
        level, title, begin, counted = found_level, found_title, end, start
    out.append(Section(level, title, text[begin:], line))
    return out


def _headings(text: str) -> Iterator[tuple[int, int, int, str]]:
    """Yield (offset, offset after it, level, source) of each heading."""
    at = 0
    while (mark := _mark(text, at)) is not None:
        at = max(mark.end(), mark.start() + 1)
        if fence := mark["fence"]:
            at = fence_end(text, mark.end(), fence)
        elif mark["comment"]:
            found = text.find("-->", at)
            at = found + 3 if found >= 0 else at
        elif mark["raw"]:
            found = text.lower().find(f"</{mark['raw'].lower()}", at, at + 200_000)
            at = found if found >= 0 else at
        elif note := mark["note"]:
            close = re.compile(rf"^ {{0,3}}{note}[ \t]*$", re.MULTILINE).search(text, at)
            at = close.end() if close is not None else at
        elif mark["tight"]:
            yield mark.start(), mark.end(), len(mark["tight"]), mark["said"].strip()
        elif mark["atx"]:
            title = _CLOSING.sub("", _ATTRIBUTES.sub("", mark["title"] or ""))
            yield mark.start(), mark.end(), len(mark["atx"]), title.strip()
        elif mark["html"]:
            found = text.find(f"</h{mark['html']}>", at, at + 2000)
            if found < 0:
                found = text.find(f"</H{mark['html']}>", at, at + 2000)
            if found >= 0:
                if not leads_elsewhere(text[at:found]):
                    said = " ".join(text[at:found].split())
                    yield mark.start(), found + 5, int(mark["html"]), said
                at = found + 5
        elif (under := _heading_offset(text, mark.start())) is not None:
            level = 1 if mark["under"].startswith("=") else 2
            title = _ATTRIBUTES.sub("", text[under : mark.start()].rstrip("\n"))
            yield under, mark.end(), level, title.strip()


def leads_elsewhere(heading: str) -> bool:
    """Return whether an HTML heading is a row of links."""
    return heading.lower().count("<a ") > 1


def _mark(text: str, at: int) -> re.Match[str] | None:
    """Return the match of the first mark in a line that begins at `at` or later."""
    if at == 0 and (found := _MARK.match(text)) is not None:
        return found
    at = max(0, at - 1)  # a line may begin at this offset
    while (maybe := _MAYBE.search(text, at)) is not None:
        if (found := _MARK.match(text, maybe.start() + 1)) is not None:
            return found
        at = maybe.end() - 1
    return None


def _heading_offset(text: str, start: int) -> int | None:
    """Return the offset of the line of text that a line of = or - makes a heading.

    Args:
        text: The text.
        start: Offset of the underline.

    Returns:
        The offset, or None if there is no text above, or more than one line.
    """
    if start < 2:
        return None
    before = text.rfind("\n", 0, start - 1) + 1
    line = text[before : start - 1]
    if len(line) > _TITLE or _NO_PARAGRAPH.match(line):
        return None
    if before:
        above = text[text.rfind("\n", 0, before - 1) + 1 : before - 1]
        if above.strip() and not _MARK.match(above):
            return None
    return before


def fence_end(text: str, at: int, fence: str) -> int:
    """Return the offset of the end of the code block opened with `fence` before `at`."""
    close = re.compile(rf"^ {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
    found = close.search(text, at)
    return found.end() if found is not None else len(text)


def parts(body: str, most: int = MOST) -> list[str]:
    """Split a long text into parts of about `most` characters, between paragraphs if possible.

    A code block that is split is closed and opened again.
    """
    out: list[str] = []
    at, lead = 0, ""
    while len(body) - at > most * 5 // 4:
        end = at + most
        cut = body.rfind("\n\n", at + most // 2, end)
        cut = cut if cut >= 0 else body.rfind("\n", at + most // 2, end)
        cut = cut if cut >= 0 else body.rfind(" ", at + most // 2, end)
        cut = cut if cut >= 0 else end
        part = lead + body[at:cut]
        lead = _open_fence(part)
        if lead:
            part += f"\n{re.match(r'[`~]+', lead)[0]}"  # type: ignore[index]
        out.append(part)
        at = cut
        while not lead and at < len(body) and body[at] == "\n":
            at += 1
    out.append(lead + body[at:])
    return out


def _open_fence(text: str) -> str:
    """Return the opening line of the code block in which the text ends, or ""."""
    at = 0
    while (mark := _mark(text, at)) is not None:
        at = max(mark.end(), mark.start() + 1)
        if fence := mark["fence"]:
            close = re.compile(rf"^ {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$", re.M)
            found = close.search(text, mark.end())
            if found is None:
                return f"{mark[0].strip()}\n"
            at = found.end()
    return ""
