"""A sentence read word by word, with the network's judgement if it ended after each word."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.columns import head, line
from rnntutor.render.views.chances import chance_rows
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.render.views.wordrow import ROOMY, shorten, unread, word_columns, word_rows
from rnntutor.spans import Row, Rows, Span
from rnntutor.subjects.toys import Judgement

GOOD, EVEN = 1, 0.5
TALLEST = 6
UNDECIDED = 0.2  # a P this close to EVEN is no judgement
TURNED = 0.3  # change of P that counts as a change of judgement


def draw(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the words, P(good) as bars and numbers, and the judgements.

    Only the judgement after the last word is the output.
    """
    cols = word_columns(trace, context)
    read = word_rows(cols, trace.labels, np.asarray(trace["known"]), 1 + (context.height >= ROOMY))
    rows = max(1, min(TALLEST, context.height - 2 - len(read)))
    p = np.asarray(trace["p"])[:, GOOD]

    def judgement(t: int) -> Row:
        if not context.known(t):
            return ()
        last = t == trace.steps
        if not last and abs(p[t - 1] - EVEN) < UNDECIDED:
            return (Span(" ·", "grey"),)
        word = context.words("types.good" if p[t - 1] > EVEN else "types.bad")
        return (Span(f" {word}", "y" if last else "grey", last),)

    name = (Span(context.words("types.p_good"), "y"),)
    return (
        head(cols, "t"),
        *read,
        *chance_rows(cols, context, lambda t: float(p[t - 1]), rows, name),
        line(cols, (Span("y", "y"),), judgement),
    )


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the effect of the last word on the judgement."""
    t, words = context.at.t, context.words
    if not t:
        return words("types.reading-start")
    new = unread(trace, context)
    if new:
        return new
    p = float(trace.at("p", t)[GOOD])
    word = shorten(trace.labels[t - 1], 12)
    if t == 1:
        return words("types.reading", word=word, p=f"{p:.2f}")
    old = float(trace.at("p", t - 1)[GOOD])
    key = "types.reading-turned" if abs(p - old) >= TURNED else "types.reading-kept"
    return words(key, word=word, p=f"{p:.2f}", old=f"{old:.2f}")


VIEWS = (
    View("toy", draw, describe=describe),
    View("toy", draw, describe=describe, subject=Judgement),
)
