"""Spans into rows of a given width, broken where Korean and English break: at spaces; Chinese and
Japanese also between their letters.

A Korean 어절 stays whole, with its particle and the point behind it; only what is wider than a
whole row is cut. A wide character is never split, and a mark that combines stays with its letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from rnntutor.spans import Row, Rows, Span, width

# A space at which no row breaks; it is drawn as a space.
GLUE = "\u00a0"
_BLANKS = re.compile(r"[ \t\n]+")
# What does not begin a row when a word has to be cut, and what does not end one.
_CLOSING = frozenset(
    ",.!?:;)]}%…·’”'\"、。」』》〉】〕，．！？：；）］｝・ーゝゞヽヾ々〜ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
_OPENING = frozenset("([{‘“「『《〈【〔（［｛")
# Han and Kana: rows break beside each of them. A word with Hangul has its Hanja in it. Ranges, not
# regular expressions: such large classes take longer to compile than a page to wrap.
_IDEOGRAPHS = (
    ("\u3005", "\u3007"),
    ("\u3041", "\u30ff"),
    ("\u31f0", "\u31ff"),
    ("\u3400", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)
_HANGUL = (("\u1100", "\u11ff"), ("\uac00", "\ud7a3"))

Word = list[Span]


def wrap(spans: Iterable[Span | None], cells: int) -> Rows:
    """Rows of at most `cells` cells (at least 2, so that Hangul fits). None is a forced break.
    Every character but the spaces at which rows break is kept, in order."""
    cells = max(2, cells)
    spans = list(spans)
    dense = any(span is not None and _has_ideograph(span.text) for span in spans)
    rows: list[Row] = []
    for words in _lines(spans):
        rows += _filled(_apart(words) if dense else words, cells)
    return tuple(_merged(row) for row in rows)


def _lines(spans: Iterable[Span | None]) -> Iterator[list[tuple[Span | None, Word]]]:
    """Each forced line as (the space before it, word) pairs."""
    line: list[tuple[Span | None, Word]] = []
    space: Span | None = None
    word: Word = []
    for span in spans:
        if span is None:
            if word:
                line.append((space, word))
            yield line
            line, space, word = [], None, []
            continue
        at = 0
        for blank in _BLANKS.finditer(span.text):
            if blank.start() > at:
                word.append(Span(span.text[at : blank.start()], *style(span)))
            if word:
                line.append((space, word))
                word = []
                space = span
            elif space is None and not line:
                space = span
            at = blank.end()
        if at < len(span.text):
            word.append(Span(span.text[at:], *style(span)) if at else span)
    if word:
        line.append((space, word))
    yield line


def _apart(words: list[tuple[Span | None, Word]]) -> list[tuple[Span | None, Word]]:
    """The words, cut where rows of Chinese and Japanese may break: beside an ideograph or Kana, but
    not before a closing mark or behind an opening one (as UAX 14 has it)."""
    out: list[tuple[Span | None, Word]] = []
    for space, word in words:
        text = "".join(span.text for span in word)
        if not _has_ideograph(text) or any(_within(c, _HANGUL) for c in text):
            out.append((space, word))
            continue
        pieces: list[Word] = []
        last = GLUE
        for letter in _letters(word):
            beside = _has_ideograph(last) or _has_ideograph(letter.text)
            kept = letter.text in _CLOSING or last in _OPENING or GLUE in (last, letter.text)
            if pieces and (kept or not beside):
                pieces[-1].append(letter)
            else:
                pieces.append([letter])
            last = letter.text
        out += [(None if n else space, piece) for n, piece in enumerate(pieces)]
    return out


def _has_ideograph(text: str) -> bool:
    if text.isascii():
        return False
    # Syllables of Hangul, of which a Korean page is full, are between two of the ranges.
    return any(
        c >= "\u3005" and not "\ua000" <= c <= "\uf8ff" and _within(c, _IDEOGRAPHS) for c in text
    )


def _within(char: str, ranges: tuple[tuple[str, str], ...]) -> bool:
    return any(first <= char <= last for first, last in ranges)


def _letters(word: Word) -> list[Span]:
    return [Span(c, *style(span)) for span in word for c in clusters(span.text)]


def _filled(words: list[tuple[Span | None, Word]], cells: int) -> Iterator[Row]:
    """The words in as few rows as they need."""
    row: list[Span] = []
    left = cells
    for space, word in words:
        size = width(word)
        gap = 1 if row and space is not None else 0
        if row and size + gap > left:
            yield tuple(row)
            row, left, gap = [], cells, 0
        if gap and space is not None:
            row.append(_between(row[-1], space, word[0]))
            left -= 1
        if size > left:
            *full, word = _cut(word, cells)
            yield from (tuple(piece) for piece in full)
            size = width(word)
        row += word
        left -= size
    if row:
        yield tuple(row)


def _between(before: Span, space: Span, after: Span) -> Span:
    """The space inside a link or an emphasis belongs to it; else it is plain."""
    look = style(before)
    return Span(" ", *look) if look == style(after) else Span(" ", back=space.back)


def clusters(text: str) -> list[str]:
    """The text's letters, each with the marks that combine with it."""
    out: list[str] = []
    for char in text:
        joins = unicodedata.combining(char) or char in "\u200d\ufe0f" or out[-1:] == ["\u200d"]
        if out and (joins or out[-1].endswith("\u200d")):
            out[-1] += char
        else:
            out.append(char)
    return out


def _cut(word: Word, cells: int) -> list[Word]:
    """A word wider than a row in pieces, none of which begins with a closing mark if the letter
    before it can come along; a path is cut behind a slash where the rest fits."""
    pieces: list[Word] = [[]]
    left = cells
    for letter in _letters(word):
        size = letter.width
        if size > left and pieces[-1]:
            last = pieces[-1]
            carried = [last.pop()] if letter.text in _CLOSING and len(last) > 1 else []
            if carried and carried[0].width + size > cells:
                last.append(carried.pop())
            carried = carried or _behind_slash(last, cells - size)
            pieces.append(carried)
            left = cells - width(carried)
        pieces[-1].append(letter)
        left -= size
    return pieces


def _behind_slash(piece: Word, cells: int) -> Word:
    """What stands behind the last slash of a piece, taken off it; nothing if it is too wide or
    begins with a closing mark."""
    begin = max((n + 1 for n, letter in enumerate(piece) if letter.text == "/"), default=0)
    tail = piece[begin:] if begin else []
    if not tail or width(tail) > cells or tail[0].text in _CLOSING:
        return []
    del piece[begin:]
    return tail


def style(span: Span) -> tuple[str, bool, bool, str, str]:
    """How a span is shown, and where it leads: all but its text."""
    return span.role, span.strong, span.em, span.back, span.link


def _merged(row: Row) -> Row:
    """Neighbours that differ in nothing become one span; glue becomes a space."""
    out: list[Span] = []
    for look, group in groupby(row, style):
        text = "".join(span.text for span in group).replace(GLUE, " ")
        out.append(Span(text, *look))
    if out and not out[-1].back:
        out[-1] = out[-1].with_text(out[-1].text.rstrip(" "))
    return tuple(s for s in out if s.text)
