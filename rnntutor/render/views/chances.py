"""Probabilities or other magnitudes over time: a bar for each step, with its number."""

from __future__ import annotations

from collections.abc import Callable

from rnntutor.numbers import FEW, number
from rnntutor.render.primitives import bars
from rnntutor.render.primitives.columns import NUMBERED, Columns, tall
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span


def chance_rows(
    cols: Columns,
    context: ViewContext,
    p: Callable[[int], float | None],
    rows: int,
    label: Row,
    *,
    full: float = 1.0,
    role: str = "y",
) -> Rows:
    """Draw p(t) from 0 to `full` as bars of `rows` rows.

    Steps not known yet have a dot, steps where p is None are blank. The number is beside the foot
    of the bar if the column is wide enough.
    """

    def cell(row: int, t: int) -> Row:
        there = context.known(t)
        value = p(t)
        if value is None and there:
            return ()
        now = t == cols.cursor and there
        glyph = bars.tall(value if there else None, full, rows)[row]
        bar = Span(f" {glyph}", role if there else "faint", now)
        if row < rows - 1 or not there or cols.each < NUMBERED - 1:
            return (bar,)
        text = number(value, decimals=FEW, signed=False)
        return (bar, Span(f" {text}", "" if now else "grey", now))

    return tall(cols, label, cell, rows)
