"""What the states at each word have read of the last one: their distance from those of the same
sentence with another last word."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.subject import Tagging
from rnntutor.nn.trace import Trace
from rnntutor.numbers import FEW, full_bar, number
from rnntutor.render.primitives import scale
from rnntutor.render.primitives.columns import Columns, every_second, head
from rnntutor.render.views.chances import chance_rows
from rnntutor.render.views.view_context import ViewContext
from rnntutor.render.views.wordrow import (
    UNREAD,
    WIDEST,
    shorten,
    word_columns,
    word_rows,
)
from rnntutor.spans import Row, Rows, Span

AHEAD, BACK = "diff", "diff_back"  # the distances of each direction
DIRECTIONS = {AHEAD: "→", BACK: "←"}
TALLEST = 4
LEAST = 5  # rows of the whole but its bars, with the words in two rows


def later(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """The words, the other last word under its place, and a block of bars with their numbers for
    each direction, all on one scale."""
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
    """What a full bar stands for: the largest distance, of either direction."""
    return scale.full([np.asarray(trace[name]) for name in _there(trace)])


def _there(trace: Trace) -> tuple[str, ...]:
    """The distances of each direction in which the net reads."""
    return (AHEAD, BACK) if trace.of(Tagging).both_ways else (AHEAD,)


def _other(trace: Trace, cols: Columns) -> Row:
    """The other word, under the one that it stands for; a question mark behind it as for those. It
    is alone in its row, and has the room of two columns."""
    mark = "" if np.asarray(trace["last_known"]).all() else UNREAD
    texts = {trace.steps: shorten(trace.names["last"][0], WIDEST) + mark}
    return every_second(cols, "x'", texts, max(0, trace.steps - cols.first), "accent")


def _block(trace: Trace, context: ViewContext, cols: Columns, name: str, rows: int) -> Rows:
    """The distances of one direction: bars, and the numbers beside their feet."""
    apart, label = np.asarray(trace[name]), (Span(f"h{DIRECTIONS[name]}", "h", True),)

    def distance(t: int) -> float:
        return float(apart[t - 1])

    return chance_rows(cols, context, distance, rows, label, full=full_of(trace), role="h")


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Which direction knows of the last word at the cursor."""
    t, words = context.at.t, context.words
    if not t or not context.known(t):
        return words("later.start", word=trace.names["last"][0])
    if t == trace.steps:
        return words("later.end")
    if not trace.of(Tagging).both_ways:
        return words("later.ahead")
    apart = number(float(trace.at(BACK, t)), decimals=FEW, signed=False)
    return words("later.both", d=apart)
