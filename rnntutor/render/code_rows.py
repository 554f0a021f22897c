"""Render code in prose: in full, wrapped, or through a window that scrolls horizontally."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.cells import cell_len

from rnntutor.render.primitives.wrap import GLUE, clusters, style, wrap
from rnntutor.spans import Row, Rows, Span, width

WRAPPED, WHOLE = -1, -2
"""Special values of the first visible cell: wrap long lines, or leave lines at full length."""

COLOURED = 20_000  # most characters of code to highlight; longer code has one colour
NARROW = 12  # width in cells below which code does not scroll
CONTINUED = "↪ "  # prefix of the continuation rows of a line
LEFT, RIGHT = "key:left", "key:right"
"""Links of the signs at the edges where a line continues."""


def code_rows(text: str, language: str, cells: int, start: int = WRAPPED) -> Rows:
    """Return lines of code, highlighted if the language is known.

    Args:
        text: the code.
        language: language of the code block, "" if unknown.
        cells: width of the rows.
        start: first visible cell of lines if one is wider than `cells`, limited to the end of the
            longest line; or WRAPPED, or WHOLE.
    """
    lines = [
        tuple(s.with_text(s.text.replace(" ", GLUE)) for s in line)
        for line in _highlight(text.expandtabs(4), language)
    ]
    if start == WHOLE:
        return tuple(tuple(s.with_text(s.text.replace(GLUE, " ")) for s in line) for line in lines)
    widest = max(map(width, lines), default=0)
    if start == WRAPPED or cells < NARROW or widest <= cells:
        return tuple(row for line in lines for row in _wrap(line, cells))
    first = min(start, widest - cells)
    return tuple(_visible_part(line, first, cells) for line in lines)


def _wrap(line: Row, cells: int) -> Rows:
    """Return a line in as many rows as needed; continuation rows begin with a sign."""
    if width(line) <= cells:
        return wrap(line, cells) or ((),)
    first, *more = wrap(line, cells - cell_len(CONTINUED))
    return (first, *((Span(CONTINUED, "accent"), *row) for row in more))


def goes_on(rows: Rows) -> tuple[bool, bool]:
    """Return whether code continues beyond the left and the right edge."""
    links = {span.link for row in rows for span in row if span.link}
    return LEFT in links, RIGHT in links


def _visible_part(line: Row, start: int, cells: int) -> Row:
    """Return the part of a line in a window of `cells` cells, with signs where it continues."""
    before = "".join(s.text for s in _between(line, 0, start + 1)).strip(GLUE) if start else ""
    beyond = width(line) > start + cells
    inner = cells - bool(before) - beyond
    shown = _between(line, start + bool(before), start + bool(before) + inner)
    row = [Span(s.text.replace(GLUE, " "), *style(s)) for s in shown]
    if before:
        row.insert(0, Span("‹", "accent", link=LEFT))
    if beyond:
        row.append(Span("›", "accent", link=RIGHT))
    return tuple(row)


def _between(line: Row, start: int, end: int) -> Iterator[Span]:
    """Yield a line's cells from `start` to `end`, with blanks for halves of wide characters."""
    at = 0
    letters = ((letter, style(span)) for span in line for letter in clusters(span.text))
    kept: list[tuple[str, tuple[str, bool, bool, str, str]]] = []
    for letter, look in letters:
        size = cell_len(letter)
        overlap = min(at + size, end) - max(at, start)
        if overlap > 0 or (size == 0 and start < at <= end):
            kept.append((letter if overlap >= size else GLUE * overlap, look))
        at += size
    for look, group in groupby(kept, lambda pair: pair[1]):
        yield Span("".join(text for text, _ in group), *look)


def _highlight(text: str, language: str) -> Iterator[Row]:
    """Return the lines of code with comments and strings dimmed and keywords highlighted."""
    name = language.split()[0].strip("{}.").lower() if language.split() else ""
    plain = tuple((Span(line.rstrip(), "code"),) for line in text.split("\n"))
    if not name or len(text) > COLOURED:
        return iter(plain)
    from rnntutor.render.source import highlight_source

    return iter(highlight_source(text, name) or plain)
