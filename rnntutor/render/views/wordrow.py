"""The words that a network reads, aligned with the columns of time, and marks of unknown words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.columns import Columns, columns, cut, every_second, line
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, width

LABEL = 8  # width of a row's name in cells
WIDEST = 16  # maximum width of a column of words
UNREAD = "?"
ROOMY = 8  # height of a picture from which its words may take two rows


def word_columns(trace: Trace, context: ViewContext) -> Columns:
    """Return columns for the words, as wide as the longest one if all fit."""
    cols = columns(trace, context, label=LABEL, first=1)
    longest = max(width((Span(word),)) for word in trace.labels)
    needed = min(WIDEST, longest + 1 + (not np.asarray(trace["known"]).all()))
    if needed > cols.each and LABEL + needed * trace.steps < context.width:
        return replace(cols, each=needed, first=1, last=trace.steps)
    return cols


def word_row(
    cols: Columns, words: tuple[str, ...], known: Array, moved: frozenset[int] = frozenset()
) -> Row:
    """Return the words; those that no training run has read are followed by a question mark.

    Args:
        moved: steps of emphasised words.
    """

    def cell(t: int) -> Row:
        there = bool(known[t - 1])
        text = shorten(words[t - 1], cols.each - 1 - (not there))
        ink = "accent" if t in moved else "" if t == cols.cursor else "grey"
        mark = () if there else (Span(UNREAD, "wrong", True),)
        return (Span(" " + text, ink, t in moved), *mark)

    return line(cols, (Span("x", "x"),), cell)


def word_rows(cols: Columns, words: tuple[str, ...], known: Array, most: int) -> Rows:
    """Return the words in one row, or alternating between two rows.

    Two rows are used if `most` allows and a word is wider than its column.
    """
    texts = {t: words[t - 1] + UNREAD * (not known[t - 1]) for t in cols.steps}
    if most < 2 or all(width((Span(text),)) < cols.each for text in texts.values()):
        return (word_row(cols, words, known),)
    return tuple(every_second(cols, "x" * (not n), texts, n) for n in range(2))


def unread(trace: Trace, context: ViewContext) -> str:
    """Return a note on the word at the cursor if no training run has read it, else ""."""
    t = context.at.t
    if not 0 < t <= len(trace.labels) or float(trace.at("known", t)):
        return ""
    return context.words("types.unread", word=shorten(trace.labels[t - 1], 16))


def shorten(text: str, cells: int) -> str:
    """Cut a text to at most `cells` cells."""
    return text if width((Span(text),)) <= cells else cut(text, cells).rstrip()
