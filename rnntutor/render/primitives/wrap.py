"""Wrap spans into rows, by the rules of Korean, English, Chinese and Japanese.

Rows break at spaces, and in Chinese and Japanese also between characters.

A Korean 어절 is kept whole with its particle and punctuation, unless it is wider than a row. A wide
character is never split, and a combining mark stays with its letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from rnntutor.spans import Row, Rows, Span, width

# A no-break space; it is drawn as a space.
GLUE = "\u00a0"
_BLANKS = re.compile(r"[ \t\n]+")
# Characters that must not begin a row when a word is cut, and those that must not end one.
_CLOSING = frozenset(
    ",.!?:;)]}%…·’”'\"、。」』》〉】〕，．！？：；）］｝・ーゝゞヽヾ々〜ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
_OPENING = frozenset("([{‘“「『《〈【〔（［｛")
# Han and Kana: rows may break beside each of them, except for Hanja in a word with Hangul. Ranges
# are used because regular expressions with such classes compile slower than a page wraps.
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
    """Return rows of at most `cells` cells (at least 2, the width of a Hangul syllable).

    All characters are kept in order, except the spaces at which rows break.

    Args:
        spans: the spans; None forces a break.
        cells: maximum width.
    """
    cells = max(2, cells)
    spans = list(spans)
    dense = any(span is not None and _has_ideograph(span.text) for span in spans)
    rows: list[Row] = []
    for words in _lines(spans):
        rows += _fill_rows(_apart(words) if dense else words, cells)
    return tuple(_merge(row) for row in rows)


def _lines(spans: Iterable[Span | None]) -> Iterator[list[tuple[Span | None, Word]]]:
    """Yield each forced line as pairs of the preceding space and a word."""
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
    """Return the words, split where Chinese and Japanese may break.

    That is beside an ideograph or Kana, but not before a closing mark or after an opening one (UAX
    14).
    """
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
    # Skip Hangul syllables, which fill Korean pages, before comparing with the ranges.
    return any(
        c >= "\u3005" and not "\ua000" <= c <= "\uf8ff" and _within(c, _IDEOGRAPHS) for c in text
    )


def _within(char: str, ranges: tuple[tuple[str, str], ...]) -> bool:
    return any(first <= char <= last for first, last in ranges)


def _letters(word: Word) -> list[Span]:
    return [Span(c, *style(span)) for span in word for c in clusters(span.text)]


def _fill_rows(words: list[tuple[Span | None, Word]], cells: int) -> Iterator[Row]:
    """Yield the words in as few rows as needed."""
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
    """Return the space between two spans, in their style if both have the same, else plain."""
    look = style(before)
    return Span(" ", *look) if look == style(after) else Span(" ", back=space.back)


def clusters(text: str) -> list[str]:
    """Return the characters of a text, each with its combining marks."""
    out: list[str] = []
    for char in text:
        joins = unicodedata.combining(char) or char in "\u200d\ufe0f" or out[-1:] == ["\u200d"]
        if out and (joins or out[-1].endswith("\u200d")):
            out[-1] += char
        else:
            out.append(char)
    return out


def _cut(word: Word, cells: int) -> list[Word]:
    """Cut a word wider than a row into pieces.

    No piece begins with a closing mark if the character before it can move along. A path is cut
    after a slash if the remainder fits.
    """
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
    """Remove and return the part of a piece after its last slash.

    Nothing is removed if that part is too wide or begins with a closing mark.
    """
    begin = max((n + 1 for n, letter in enumerate(piece) if letter.text == "/"), default=0)
    tail = piece[begin:] if begin else []
    if not tail or width(tail) > cells or tail[0].text in _CLOSING:
        return []
    del piece[begin:]
    return tail


def style(span: Span) -> tuple[str, bool, bool, str, str]:
    """Return everything of a span except its text."""
    return span.role, span.strong, span.em, span.back, span.link


def _merge(row: Row) -> Row:
    """Merge neighbouring spans of the same style, and turn no-break spaces into spaces."""
    out: list[Span] = []
    for look, group in groupby(row, style):
        text = "".join(span.text for span in group).replace(GLUE, " ")
        out.append(Span(text, *look))
    if out and not out[-1].back:
        out[-1] = out[-1].with_text(out[-1].text.rstrip(" "))
    return tuple(s for s in out if s.text)
