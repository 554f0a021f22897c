"""The gradient of shared weights: each step's term of dU or dW, and their growing sum."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.numbers import DECIMALS, FEW, full_bar, number, within
from rnntutor.render.primitives import bars, scale
from rnntutor.render.primitives.columns import Columns, columns, head, line
from rnntutor.render.primitives.glyphs import subscript
from rnntutor.render.views import arrows
from rnntutor.render.views.backward_visibility import known, standing, time, value
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span

LABEL = 9
TALLEST = 4  # maximum height of the bars in rows
BESIDE = 7  # rows besides the bars and the matrix


def sums(trace: Trace, context: ViewContext, name: str) -> Rows:
    """Draw the entry [u][0] of d`name` ("U", "W_f", …) by factors, and the norm of the matrix.

    u is the context's unit, named if there are several. With enough room, the whole matrix follows.
    """
    letter, _, gate = name.partition("_")
    block = f"_{gate}" if gate else ""
    unit, t = min(context.unit, trace.units - 1), time(trace, context)
    cols = columns(trace, standing(trace, context), label=LABEL, first=1)
    other = "h" if letter == "U" else "x"
    terms, growing = _entry(trace, f"d{name}_terms", unit), _entry(trace, f"d{name}_sum", unit)

    def cell(of: Callable[[int], float | None], phase: str, role: str) -> Callable[[int], Row]:
        def drawn(at: int) -> Row:
            there = of(at) if phase == "" or known(trace, context, at, phase) else None
            lit = at == t and context.now == phase
            ink = role if lit else "" if at == t else "grey"
            return (Span(" " + _short(there, cols.each - 1), ink, lit),)

        return drawn

    def factor(at: int) -> float | None:
        return float(trace.at("h", at - 1)[0] if letter == "U" else trace.at("x", at)[0])

    sizes = _sizes(trace, name)
    full = full_of(trace, name)
    matrix = _matrix(trace, context, name, t)
    room = context.height - BESIDE
    tall = room >= TALLEST + len(matrix) + 1
    high = TALLEST if tall else max(1, min(room, TALLEST))
    legend = full_bar(full)
    top = head(cols, "t", legend if high == 1 else "")
    rows: list[Row] = [_title(trace, context, name, other, t), top]
    ink, words = "" if context.now == "term" else "grey", context.words
    factors = trace.units if letter == "U" else np.asarray(trace.at("x", t)).size
    label = ("hₜ₋₁" if letter == "U" else "x") + "[0]" * (factors > 1)
    row = f"[{unit}]" * (trace.units > 1)
    da = cell(lambda at: value(trace, context, f"da{block}", at, unit), "slope", "grad")
    term = cell(lambda at: float(terms[at - 1]), "term", "grad")
    so_far = cell(lambda at: float(growing[at - 1]), "term", "grad")
    rows += [
        line(cols, (Span(f"da{block}{row}", "grad"),), da),
        line(cols, (Span(label, other),), cell(factor, "", other)),
        line(cols, (Span(words("sums.term"), ink),), term),
        line(cols, (Span(words("sums.sum"), ink),), so_far),
    ]
    rows += _lengths(trace, context, cols, high, sizes, full)
    rows.append(_norms(trace, context, name, cols))
    return (*rows, (), *matrix) if tall and matrix else tuple(rows)


def _entry(trace: Trace, name: str, unit: int) -> Array:
    """Return row `unit`, column 0 of a matrix over time, (T,)."""
    values = np.asarray(trace[name])
    return np.asarray(values.reshape(trace.steps, trace.units, -1)[:, unit, 0])


def _short(there: float | None, room: int) -> str:
    """Format a number in at most `room` cells."""
    decimals = DECIMALS if room >= 7 else FEW if room >= 5 else 1
    return number(there, decimals=decimals)


def _title(trace: Trace, context: ViewContext, name: str, other: str, t: int) -> Row:
    """Return the formula of the sum, with the step that is added now."""
    letter, _, gate = name.partition("_")
    da = f"da_{gate}" if gate else "da"
    back = subscript(t - 1) if letter == "U" else subscript(t)
    return (
        Span(f"d{name}", "grad", True),
        Span(" += ", "grey"),
        Span(f"{da}{subscript(t)}", "grad"),
        Span("·", "grey"),
        Span(f"{other}{back}ᵀ", other),
        Span(f"   {context.words('sums.shared', name=name, n=trace.steps)}", "grey"),
    )


def _sizes(trace: Trace, name: str) -> Array:
    """Return the norm of each step's term, (T,)."""
    terms = np.asarray(trace[f"d{name}_terms"]).reshape(trace.steps, -1)
    return np.asarray(np.linalg.norm(terms, axis=1))


def full_of(trace: Trace, name: str) -> float:
    """Return the value of a full bar: the largest norm of a term."""
    return scale.full([_sizes(trace, name)])


def _lengths(
    trace: Trace, context: ViewContext, cols: Columns, rows: int, sizes: Array, full: float
) -> Rows:
    """Return the norm of each step's term as bars.

    The value of a full bar is shown above the label if there is a row for it.
    """

    def cell(row: int, t: int) -> Row:
        there = float(sizes[t - 1]) if known(trace, context, t, "term") else None
        glyph = bars.tall(there, full, rows)[row]
        return (Span(f" {glyph * (2 if there else 1)}", "grad" if there else "faint"),)

    labels = ["", "", full_bar(full), context.words("sums.length")][-rows:]
    return tuple(
        line(cols, (Span(label, "grey"),), partial(cell, n)) for n, label in enumerate(labels)
    )


def _norms(trace: Trace, context: ViewContext, name: str, cols: Columns) -> Row:
    """Return the row of the norm of the sum so far."""

    def cell(t: int) -> Row:
        there = known(trace, context, t, "term")
        value = float(trace[f"d{name}_norm[{t}]"]) if there else None
        lit = t == cols.cursor and context.now == "term"
        shown = "·" if value is None else within(value, cols.each - 1)
        return (Span(f" {shown}", "" if t == cols.cursor else "grey", lit),)

    return line(cols, (Span(f"‖d{name}‖", "grad"),), cell)


def _matrix(trace: Trace, context: ViewContext, name: str, t: int) -> Rows:
    """Return the sum so far, row by row; () for a single number."""
    values = np.asarray(trace[f"d{name}_sum"]).reshape(trace.steps, trace.units, -1)
    there = t if known(trace, context, t, "term") else t + 1
    so_far = values[there - 1] if there <= trace.steps else None
    if values[0].size == 1:
        return ()
    rows: list[Row] = []
    for u in range(trace.units):
        label = Span(f"d{name} u{u}".ljust(LABEL), "" if u == context.unit else "grey")
        row = [None] * values.shape[2] if so_far is None else [float(v) for v in so_far[u]]
        rows.append((label, *(Span(f" {number(v)}", "") for v in row)))
    return tuple(rows)


VIEWS = (View("sum", sums, default="U", describe=arrows.describe, unit=True, full=full_of),)
