"""How long a different first input matters: the distance between two runs over time."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.numbers import DECIMALS, FEW, fixed, full_bar, number
from rnntutor.render.primitives import bars, scale
from rnntutor.render.primitives.columns import NUMBERED, columns, head, inputs, line, tall
from rnntutor.render.views import visibility
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span

SEEN = 0.01  # minimum distance of two runs that still counts
ROOMY = 6  # height from which words may take two rows


def difference(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw ‖h_t − h'_t‖ as bars: the shown run against one with a different first input."""
    cols = columns(trace, context, label=8 if context.width >= 70 else 6)
    apart = np.asarray(trace["diff"])
    full = full_of(trace)
    words = inputs(cols, trace, "x", most=1 + (context.height >= ROOMY))
    rows = max(1, min(8, context.height - 3 - len(words)))

    def cell(row: int, t: int) -> Row:
        known = t == 0 or context.known(t)
        glyph = bars.tall(float(apart[t]) if known else None, full, rows)[row]
        now = t == context.at.t and known
        thick = 1 + bool(known and apart[t] and cols.each >= NUMBERED)
        return (Span(f" {glyph * thick}", "h" if known else "faint", now),)

    def figure(t: int) -> Row:
        known = t == 0 or context.known(t)
        decimals = DECIMALS if cols.each >= NUMBERED else FEW
        text = number(float(apart[t]) if known else None, decimals=decimals, signed=False)
        now = t == context.at.t and known
        return (Span(f" {text}", "" if now else "grey", now),)

    title: Row = (
        *(Span("‖", "grey"), Span("h", "h", True), Span(" − ", "grey"), Span("h'", "h", True)),
        *(Span("‖   ", "grey"), Span(context.words("difference.of"), "grey")),
    )
    return (
        title,
        head(cols, "t", full_bar(full)),
        *words,
        *tall(cols, (), cell, rows),
        line(cols, (Span("‖…‖", "grey"),), figure),
    )


def full_of(trace: Trace, argument: str = "") -> float:
    """Return the value of a full bar: the largest distance between the two runs."""
    return scale.full([np.asarray(trace["diff"])])


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Return whether the two runs still differ at the cursor."""
    t = visibility.step(context)
    if not context.at.t or not context.known(t):
        return ""
    apart = float(trace.at("diff", t))
    key = "caption.apart" if apart >= SEEN else "caption.together"
    return context.words(key, d=fixed(apart), t=t)


VIEWS = (View("difference", difference, describe=describe, full=full_of),)
