"""How much the states at each word depend on the last word of the sentence.

This is measured as their distance from the states of the same sentence with another last word.
"""

from __future__ import annotations

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.numbers import FEW, full_bar, number
from rnntutor.render.primitives import scale
from rnntutor.render.primitives.columns import Columns, every_second, head
from rnntutor.render.views.chances import chance_rows
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.render.views.wordrow import (
    UNREAD,
    WIDEST,
    shorten,
    word_columns,
    word_rows,
)
from rnntutor.spans import Row, Rows, Span
from rnntutor.subjects.toys import Tagging

AHEAD, BACK = "diff", "diff_back"  # arrays of the distances in each direction
DIRECTIONS = {AHEAD: "→", BACK: "←"}
TALLEST = 4
LEAST = 5  # rows without the bars, with the words in two rows


def later(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the words, the replacement of the last word below it, and bars for each direction.

    All bars have the same scale.
    """
    cols = word_columns(trace, context)
    there = _there(trace)
    legend = (Span(f"‖h − h'‖   {full_bar(full_of(trace))}", "grey"),)
    roomy = context.height >= LEAST + len(there)
    read = word_rows(cols, trace.labels, np.asarray(trace["known"]), 1 + roomy)
    top = (
        head(cols, "t"),
        *read,
        _other(trace, cols),
    )
    rows = max(1, min(TALLEST, (context.height - len(top) - 1) // len(there)))
    blocks = (row for name in there for row in _block(trace, context, cols, name, rows))
    return (*top, *blocks, legend)


def full_of(trace: Trace, argument: str = "") -> float:
    """Return the value of a full bar: the largest distance in either direction."""
    return scale.full([np.asarray(trace[name]) for name in _there(trace)])


def _there(trace: Trace) -> tuple[str, ...]:
    """Return the distance arrays of the directions in which the network reads."""
    return (AHEAD, BACK) if trace.of(Tagging).both_ways else (AHEAD,)


def _other(trace: Trace, cols: Columns) -> Row:
    """Return the row of the replacement word, below the word that it replaces.

    It is marked with a question mark if unknown. Alone in its row, it has the width of two columns.
    """
    mark = "" if np.asarray(trace["last_known"]).all() else UNREAD
    texts = {trace.steps: shorten(trace.names["last"][0], WIDEST) + mark}
    return every_second(cols, "x'", texts, max(0, trace.steps - cols.first), "accent")


def _block(trace: Trace, context: ViewContext, cols: Columns, name: str, rows: int) -> Rows:
    """Return the distances of one direction as bars with their numbers."""
    apart, label = np.asarray(trace[name]), (Span(f"h{DIRECTIONS[name]}", "h", True),)

    def distance(t: int) -> float:
        return float(apart[t - 1])

    return chance_rows(cols, context, distance, rows, label, full=full_of(trace), role="h")


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe which direction knows the last word at the cursor."""
    t, words = context.at.t, context.words
    if not t or not context.known(t):
        return words("later.start", word=trace.names["last"][0])
    if t == trace.steps:
        return words("later.end")
    if not trace.of(Tagging).both_ways:
        return words("later.ahead")
    apart = number(float(trace.at(BACK, t)), decimals=FEW, signed=False)
    return words("later.both", d=apart)


VIEWS = (View("later", later, describe=describe, full=full_of),)
