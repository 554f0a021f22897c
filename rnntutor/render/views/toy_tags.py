"""Tags of words with two meanings, from a network that reads in one direction or in both.

A network that reads in both directions has no output before the last word has been read.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.columns import Columns, blank, head, line
from rnntutor.render.views.chances import chance_rows
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.render.views.wordrow import ROOMY, shorten, unread, word_columns, word_rows
from rnntutor.spans import Row, Rows, Span, width
from rnntutor.subjects.toys import Tagging

SURE = 0.9  # probability from which the network counts as sure
TALLEST = 4


def draw(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the words, the likeliest tag of each and its P.

    A network that reads in both directions is shown beside one that only reads forwards.
    """
    cols = word_columns(trace, context)
    read = word_rows(cols, trace.labels, np.asarray(trace["known"]), 1 + (context.height >= ROOMY))
    pair = trace.of(Tagging).both_ways
    # Both answers are always shown; if space is short, the step numbers are left out first.
    top = (*((head(cols, "t"),) if context.height > len(read) + 1 + pair else ()), *read)
    room = context.height - len(top)
    p = np.asarray(trace["p"])
    if not pair:
        rows = max(0, min(TALLEST, room - 1))
        return (*top, *_block(trace, cols, context, p, p, context.words("types.tag"), rows))
    rows = max(0, min(TALLEST, (room - 3) // 2 if room > 4 else (room - 2) // 2))
    gap = (blank(cols),) if 2 * rows + 3 <= room else ()
    one, said = np.asarray(trace["p_forward"]), context.known(trace.steps)
    both = context if said else replace(context, at=Cursor(0, 0))
    return (
        *top,
        *_block(trace, cols, both, p, p, context.words("types.both_ways"), rows),
        *gap,
        *_block(
            trace, cols, context, one, p if said else one, context.words("types.one_way"), rows
        ),
    )


def _block(
    trace: Trace, cols: Columns, context: ViewContext, p: Array, other: Array, name: str, rows: int
) -> Rows:
    """Return the tags of one network with their probabilities.

    A tag is red where the other network has a different one.
    """
    tags, best, rival = trace.names["classes"], p.argmax(1), other.argmax(1)

    def tag(t: int) -> Row:
        if not context.known(t):
            return (Span(" ·", "faint"),)
        k = int(best[t - 1])
        ink = "wrong" if k != rival[t - 1] else "y" if k else "grey"
        said = shorten(tags[k], cols.each)
        said = f" {said}" if width((Span(said),)) < cols.each else said
        return (Span(said, ink, bool(k) and t == cols.cursor),)

    def chance(t: int) -> float | None:
        return float(p[t - 1].max()) if best[t - 1] or rival[t - 1] else None

    sure = chance_rows(cols, context, chance, rows, (Span("P", "y"),)) if rows else ()
    return (line(cols, (Span(name, "y"),), tag), *sure)


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the network's tag for the word at the cursor, and its probability."""
    t, words = context.at.t, context.words
    both = trace.of(Tagging).both_ways
    if not t:
        return words("types.tags-both" if both else "types.tags-start")
    new = unread(trace, context)
    if new:
        return new
    p = trace.at("p", t)
    one = trace.at("p_forward", t) if both else p
    word = shorten(trace.labels[t - 1], 12)
    if not (p.argmax() or one.argmax()):
        return words("types.tags-plain", word=word)
    tags = trace.names["classes"]
    tag, other = tags[int(p.argmax())], tags[int(one.argmax())]
    values = {"word": word, "tag": tag, "p": f"{p.max():.2f}"}
    if both and not context.known(trace.steps):
        return words("types.tags-waits", word=word, other=other, q=f"{one.max():.2f}")
    if both:
        key = "types.tags-same" if tag == other else "types.tags-apart"
        return words(key, other=other, q=f"{one.max():.2f}", **values)
    return words("types.tags-sure" if p.max() >= SURE else "types.tags-unsure", **values)


VIEWS = (View("toy", draw, describe=describe, subject=Tagging),)
