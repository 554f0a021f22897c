"""The same words in two orders, for a bag of words and for a network that reads in order."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.numbers import FEW, number
from rnntutor.render.primitives.columns import Columns, blank, head, line
from rnntutor.render.views.chances import chance_rows
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.render.views.wordrow import shorten, unread, word_columns, word_row
from rnntutor.spans import Row, Rows, Span

GOOD, EVEN = 1, 0.5
NOTICED = 0.3  # change of P from which the network counts as sensitive to the order
TALLEST = 4


def compare(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the two sums of the bag, then for each order its words and P(good) after each word."""
    cols = word_columns(trace, context)
    room = max(1, min(TALLEST, (context.height - 4) // 2))
    gap: Rows = ((),) if 2 * room + 6 <= context.height else ()
    between = (blank(cols),) if gap else ()
    first, second = np.asarray(trace["p"])[:, GOOD], np.asarray(trace["p_other"])[:, GOOD]
    name = (Span(context.words("types.p_good"), "y"),)
    return (
        _sums(trace, context),
        *gap,
        head(cols, "t"),
        _words(trace, cols, False),
        *chance_rows(cols, context, lambda t: float(first[t - 1]), room, name),
        *between,
        _words(trace, cols, True),
        *chance_rows(cols, context, lambda t: float(second[t - 1]), room, name),
    )


def bag(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw what each word adds to the score in both orders; the sums are equal."""
    cols = word_columns(trace, context)
    gap: Rows = ((),) if context.height >= 8 else ()
    between = (blank(cols),) if gap else ()
    return (
        head(cols, "t"),
        _words(trace, cols, False),
        _adds(cols, context, np.asarray(trace["adds"])),
        *between,
        _words(trace, cols, True),
        _adds(cols, context, np.asarray(trace["adds_other"])),
        *gap,
        _sums(trace, context),
    )


def _words(trace: Trace, cols: Columns, other: bool) -> Row:
    """Return the words of one order, with swapped words emphasised."""
    moved = frozenset(int(n) for n in np.asarray(trace["swapped"]))
    words = trace.names["other"] if other else trace.labels
    known = np.asarray(trace["known_other" if other else "known"])
    return word_row(cols, words, known, moved if len(moved) == 2 else frozenset())


def _adds(cols: Columns, context: ViewContext, adds: Array) -> Row:
    def cell(t: int) -> Row:
        value = float(adds[t - 1]) if context.known(t) else None
        now = t == cols.cursor and value is not None
        shown = number(value, decimals=FEW)
        ink = "faint" if value is None else "grad" if shown.startswith("−") else ""
        return (Span(shown, ink, now),)

    return line(cols, (Span(context.words("order.adds"), "grey"),), cell)


def _sums(trace: Trace, context: ViewContext) -> Row:
    """Return the sums of the two bags, once everything has been read."""
    known = context.known(trace.steps)
    scores = (float(np.asarray(trace[name])) if known else None for name in ("bag", "bag_other"))
    first, second = (number(score, decimals=FEW) for score in scores)
    words = context.words
    return (
        Span(words("order.bag"), "", True),
        Span(f"  {words('order.sum')} ", "grey"),
        Span(first, "y", known),
        Span(f"   {words('order.and')} ", "grey"),
        Span(second, "y", known),
    )


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe whether the network is sensitive to the order."""
    words, t = context.words, context.at.t
    if not t:
        return words("order.start")
    if not context.known(trace.steps):
        return unread(trace, context) or words("order.reading")
    if trace.names["other"] == trace.labels:
        return words("order.equal")
    p, q = (float(trace.at(name, t)[GOOD]) for name in ("p", "p_other"))
    key = "order.noticed" if abs(p - q) >= NOTICED else "order.not_noticed"
    return words(key, p=f"{p:.2f}", q=f"{q:.2f}")


def describe_bag(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Explain that a sum does not depend on the order."""
    words, t = context.words, context.at.t
    if not t:
        return words("order.start")
    if not context.known(trace.steps):
        word = shorten(trace.labels[t - 1], 12)
        added = number(float(trace.at("adds", t)), decimals=FEW).strip()
        return unread(trace, context) or words("order.adding", word=word, v=added)
    key = "order.bag-good" if float(np.asarray(trace["bag"])) > 0 else "order.bag-bad"
    return words(key)


VIEWS = (
    View("compare", compare, describe=describe),
    View("bag", bag, describe=describe_bag),
)
