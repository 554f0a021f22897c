"""Probabilities over time: a bar for each step, with its number beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rnntutor.render.primitives import bars
from rnntutor.render.primitives.columns import NARROWEST, NUMBERED, Columns, line
from rnntutor.render.primitives.numbers import FEW, number
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span


def chance_rows(
    cols: Columns,
    context: ViewContext,
    p: Callable[[int], float | None],
    rows: int,
    name: str = "",
) -> Rows:
    """p(t) in [0, 1] as bars of `rows` rows; dots at the steps not known yet, nothing where there
    is no p. The number stands beside the foot of the bar, where a column has the room."""

    def cell(row: int, t: int) -> Row:
        there = context.known(t)
        value = p(t)
        if value is None and there:
            return ()
        now = t == cols.cursor and there
        glyph = bars.tall(value if there else None, 1.0, rows)[row]
        bar = Span(f" {glyph}", "y" if there else "faint", now)
        if row < rows - 1 or not there or cols.each < NUMBERED - 1:
            return (bar,)
        text = number(value, decimals=FEW, signed=False)
        return (
            bar,
            Span(f" {text}" if cols.each > NARROWEST else text, "" if now else "grey", now),
        )

    label = (Span(name, "y"),)
    above = [line(cols, (), partial(cell, row)) for row in range(rows - 1)]
    return (*above, line(cols, label, partial(cell, rows - 1)))
