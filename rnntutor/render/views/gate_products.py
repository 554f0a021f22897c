"""An expanded row of a gate's arithmetic: the products inside W·x or U·h."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.numbers import FEW, number
from rnntutor.render.primitives import bars, scale
from rnntutor.render.primitives.glyphs import subscript
from rnntutor.render.views import visibility
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width


def _all_products(trace: Trace, matrix: str, vector: str) -> Array:
    """Return bounds of all products W[u][j]·x[j] (or U[u][j]·h[j]), for a fixed scale."""
    weights: Array = np.abs(np.asarray(trace[matrix])).max(axis=0)
    read: Array = np.abs(np.asarray(trace[vector])).reshape(-1, len(weights)).max(axis=0)
    return weights * read


def products(trace: Trace, context: ViewContext, gate: str) -> Rows:
    """Draw the products inside W·x or U·h, one for each entry of the vector, and their sum."""
    t, unit = visibility.step(context), visibility.unit(trace, context)
    tail = visibility.tail_of(trace, gate)
    matrix, vector, at = ("W", "x", t) if context.open[0] == "w" else ("U", "h", t - 1)
    weights = np.asarray(trace[f"{matrix}{tail}"])[unit]
    known = visibility.value(trace, context, context.open, t, unit)
    if matrix == "U" and visibility.block_of(trace, gate).reads != "h_prev":
        vector, at = visibility.block_of(trace, gate).reads, t
    entries = trace.at(vector, at)
    name = f"{matrix}{tail}·{vector}{subscript(at)}"
    head: Row = (
        Span(name, "", True),
        Span("  ="),
        Span(f"  Σ {matrix}{tail}[{unit}][j] × {vector}{subscript(at)}[j]", "grey"),
    )
    largest = scale.full([_all_products(trace, f"{matrix}{tail}", vector)])
    whole = len("[00] ") * (len(entries) > 10) + len("[0] ") * (len(entries) <= 10)
    cells, full = 2 * (FEW + 3) + 3, FEW + 3 + 3
    rows = max(1, context.height - 2)
    across = -(-len(entries) // rows)
    with_results = across * (whole + cells + full + 3) <= context.width + 3
    each = whole + cells + (full if with_results else 0) + 3
    across = min(across, max(1, (context.width + 3) // each))
    shown = min(len(entries), across * rows)
    rows = min(rows, -(-shown // across))
    if known is None:
        weights, entries = weights[:0], entries[:0]
        shown = 0
    made: list[Row] = []
    for row in range(rows if shown else 0):
        spans: list[Span] = []
        for j in range(row, shown, rows):
            w, v = float(weights[j]), float(entries[j])
            spans += (
                Span(pad(f"[{j}]", whole), "grey"),
                Span(number(w, decimals=FEW)),
                Span(" × ", "grey"),
                Span(number(v, decimals=FEW), vector),
            )
            if with_results:
                spans += (Span(" = ", "grey"), Span(number(w * v, decimals=FEW)))
            if across == 1:
                room = min(24, context.width - width(spans) - 2)
                spans += (Span("  "), *bars.bar(w * v, largest, room, role=gate))
            spans.append(Span("   "))
        made.append(tuple(spans[:-1]))
    rest = float(np.sum(weights[shown:] * entries[shown:]))
    more = (
        (
            Span(context.words("gate.more", n=len(entries) - shown), "grey"),
            Span(f" {number(rest)}   "),
        )
        if len(entries) > shown
        else ()
    )
    end = (*more, Span(context.words("gate.sum"), "grey"), Span(f"  {number(known)}", "", True))
    return (head, *made, end)
