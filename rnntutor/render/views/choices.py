"""The likeliest next outputs of a network, with their probabilities as bars."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.numbers import FEW, number
from rnntutor.render.primitives import bars
from rnntutor.render.views.view_context import ViewContext
from rnntutor.render.views.wordrow import shorten
from rnntutor.spans import Row, Rows, Span, pad, width

SYMBOL = 10


def symbol(name: str, context: ViewContext) -> str:
    """Return a symbol as displayed, with the space and the end symbol made visible."""
    return {"": context.words("types.end"), " ": "_"}.get(name, name)


def choices(trace: Trace, context: ViewContext, p: Array | None, count: int, cells: int) -> Rows:
    """Draw the `count` likeliest symbols of p (K,) in rows of at most `cells` cells.

    The first one is the output. A dot is drawn while p is unknown.
    """
    if p is None:
        return ((Span("·", "faint"),),)
    names = trace.names["classes"]
    wide = min(SYMBOL, max(width((Span(symbol(n, context)),)) for n in names)) + 1
    room = max(0, min(30, cells - wide - 6))
    rows: list[Row] = []
    for n, k in enumerate(np.argsort(-p, kind="stable")[:count]):
        text, value = shorten(symbol(names[k], context), wide - 1), float(p[k])
        shown = number(value, decimals=FEW, signed=False)
        rows.append(
            (
                Span(pad(text, wide), "y" if n == 0 else "grey", n == 0),
                Span(pad(shown, 6), "" if n == 0 else "grey"),
                *bars.bar(value, 1.0, room, role="y", grey=n > 0),
            )
        )
    return tuple(rows)
