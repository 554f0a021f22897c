"""Strip of a backward run: the gradient of every unit at every step, filled from the right."""

from __future__ import annotations

from functools import partial

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.numbers import FEW, full_bar, number
from rnntutor.render.primitives import bars, scale
from rnntutor.render.primitives.columns import NUMBERED, columns, head, inputs, line, tall
from rnntutor.render.views.backward_visibility import PHASES, asked, known, standing, value
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span

TALL = 3  # minimum height of a bar in rows


def backstrip(trace: Trace, context: ViewContext, quantity: str = "dh") -> Rows:
    """Draw a gradient ("dh", "dc") or the state ("h") over time as bars and numbers.

    Steps with a loss are marked.
    """
    gradient = bool(trace.first(quantity))
    full = full_of(trace, quantity)
    label = 8 if context.width >= 70 else 6
    cols = columns(trace, standing(trace, context), label=label, first=int(gradient))
    role = "grad" if gradient else quantity
    above = [head(cols, "t", full_bar(full)), *inputs(cols, trace, "x")]
    if context.height >= 3 + trace.units:
        name = Span(context.words("backstrip.loss"), "grey")
        above.append(line(cols, (name,), partial(_loss, trace, context)))
    room = max(1, context.height - len(above))
    rows = min(bars.height(room, TALL), max(1, room // trace.units))

    def cell(unit: int, row: int, t: int) -> Row:
        there = value(trace, context, quantity, t, unit)
        glyph = bars.tall(there, full, rows)[row]
        now = t == cols.cursor and context.now == PHASES.get(quantity)
        drawn = [Span(f" {glyph}", role if there else "faint", now)]
        if row < rows - 1:
            return tuple(drawn)
        if cols.each >= NUMBERED and there is not None:
            gap = " " * (cols.each > NUMBERED)
            drawn.append(Span(gap + number(there, decimals=FEW), "" if now else "grey", now))
        elif there is not None and there < 0:
            drawn.append(Span("−", "grey"))
        return tuple(drawn)

    drawn: list[Row] = []
    for unit in range(min(trace.units, room)):
        chosen = unit == min(context.unit, trace.units - 1)
        names = (
            Span(quantity.ljust(3) if unit == 0 else "   ", role),
            Span(f"u{unit}{_more(trace, unit, room)}", "" if chosen else "grey"),
        )
        drawn += tall(cols, names, partial(cell, unit), rows)
    return (*above, *drawn)[: context.height]


def _more(trace: Trace, unit: int, room: int) -> str:
    """Return "…" for the last visible unit if there are more units below."""
    return "…" if unit == room - 1 < trace.units - 1 else ""


def _loss(trace: Trace, context: ViewContext, t: int) -> Row:
    """Return the mark of a step with a loss, coloured once its gradient has been computed."""
    if not t or not asked(trace, t):
        return ()
    there = known(trace, context, t, "loss")
    return (Span(" ↓", "grad" if there else "grey"),)


def full_of(trace: Trace, quantity: str) -> float:
    """Return the value of a full bar: the largest gradient, or at least 1 for a state."""
    gradient = bool(trace.first(quantity))
    return scale.full([np.asarray(trace[quantity])], least=0.0 if gradient else 1.0)
