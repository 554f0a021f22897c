"""The unrolled run: time from left to right, a row for each unit."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.subject import Reading
from rnntutor.nn.trace import Trace
from rnntutor.numbers import FEW, full_bar, minus, number
from rnntutor.render.primitives import bars, scale
from rnntutor.render.primitives.columns import (
    NUMBERED,
    Columns,
    blank,
    columns,
    head,
    inputs,
    line,
    tall,
)
from rnntutor.render.views import backward_strip, visibility
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, fit, width

ALONE, SEVERAL = 4, 2  # minimum height in rows of the bar of a single unit, and of several
ROOMY = 6  # height from which words may take two rows
BROAD = 10  # column width from which a bar is two cells wide


def strip(trace: Trace, context: ViewContext, quantity: str = "h") -> Rows:
    """Draw every unit at every step as bars, with numbers if columns are wide enough."""
    if trace.backward:
        return backward_strip.backstrip(trace, context, quantity)
    told = isinstance(trace.subject, Reading) and trace.subject.wanted
    wanted = told and quantity == visibility.memory_of(trace.cell)
    cols = columns(trace, context, label=8 if context.width >= 70 else 6)
    whole = full_of(trace, quantity)
    words = inputs(cols, trace, "x", most=1 + (context.height >= ROOMY))
    rows = [head(cols, "t", full_bar(whole)), *words]
    below: list[Row] = []
    if wanted:
        below.append(_target_row(trace, cols, context))
    if context.shared:
        below.append(_shared_row(cols, trace, context))
    room = max(1, context.height - len(rows) - len(below))
    tallest = bars.height(room, SEVERAL if trace.units > 1 else ALONE)
    each = min(tallest, max(1, room // trace.units))
    if each > SEVERAL and (each + 1) * trace.units > room:
        each -= 1  # make room for a blank row between the units
    gap: Rows = (blank(cols),) if (each + 1) * trace.units <= room else ()
    units = _units(trace, context, room)
    for unit in units:
        rows += (
            *gap,
            *_unit(trace, context, cols, quantity, unit, each, _more(units, unit, trace)),
        )
    return (*rows, *below)[: context.height]


def _units(trace: Trace, context: ViewContext, room: int) -> range:
    """Return the visible units: all, or as many as fit, including the selected one."""
    if trace.units <= room:
        return range(trace.units)
    first = visibility.unit(trace, context) // room * room
    return range(min(first, trace.units - room), min(first, trace.units - room) + room)


def _more(units: range, unit: int, trace: Trace) -> str:
    """Return "…" for the first or last visible unit if there are more beyond it."""
    above, below = units[0] > 0, units[-1] < trace.units - 1
    return "…" if (unit == units[0] and above) or (unit == units[-1] and below) else ""


def _unit(
    trace: Trace,
    context: ViewContext,
    cols: Columns,
    quantity: str,
    unit: int,
    rows: int,
    more: str = "",
) -> Rows:
    """Return the bar of one unit in `rows` rows, with its number.

    Args:
        more: suffix of the unit's name.
    """
    full = full_of(trace, quantity)
    chosen = unit == visibility.unit(trace, context)
    dim = bool(visibility.focus(context)) and quantity not in visibility.focus(context)
    moved = visibility.lit(trace, context, quantity)
    first = trace.first(quantity)

    def cell(row: int, t: int) -> Row:
        if t < first:
            return ()
        there = visibility.value(trace, context, quantity, t, unit)
        glyph = bars.tall(there, full, rows)[row]
        ink = "faint" if there is None or not there else bars.NEGATIVE if there < 0 else quantity
        now = moved and t == context.at.t
        thick = glyph * (1 + bool(cols.each >= BROAD and there))
        bar = Span(f" {thick}", "faint" if dim else ink, now)
        if row < rows - 1:
            return (bar,)
        if cols.each < NUMBERED:
            return (bar, Span("−", "" if now else "grey", now)) if (there or 0) < 0 else (bar,)
        if there is None:
            return (bar,)
        gap = " " if cols.each > NUMBERED else ""
        read = visibility.source(trace, context, quantity, t)
        ink = quantity if read else "grey" if dim or t != context.at.t else ""
        signed = not visibility.is_gate(trace, quantity)
        text = number(there, decimals=FEW, signed=signed)
        # Values that the phase reads are highlighted like the cursor's column.
        return (bar, Span(gap), Span(text, ink, now, em=read, back="lit" if read else ""))

    name = Span(f"{quantity}" if unit == 0 or rows > 1 else " ", quantity)
    named = f"u{unit}{more}" if trace.units > 1 else ""  # a single unit needs no name
    apart = max(1, min(3, cols.label - len(named)) - name.width)
    label = (name, Span(" " * apart), Span(named, "" if chosen else "grey"))
    return tall(cols, label, cell, rows)


def full_of(trace: Trace, quantity: str) -> float:
    """Return the value of a full bar: the largest value, rounded up, and at least 1.

    For a gradient it is the largest value.
    """
    if trace.backward:
        return backward_strip.full_of(trace, quantity)
    return scale.full([np.asarray(trace[quantity])], least=1.0)


def _target_row(trace: Trace, cols: Columns, context: ViewContext) -> Row:
    """Return the row of targets of unit 0, at the steps that have one."""
    wanted = np.asarray(trace["wanted"])

    def cell(t: int) -> Row:
        if not t or np.isnan(wanted[t - 1]):
            return ()
        return (Span(f"  {_format_signed(float(wanted[t - 1]))}", "accent"),)

    return line(cols, (Span(context.words("strip.wanted"), "grey"),), cell)


def _format_signed(value: float) -> str:
    """Format a number with its sign; 0 has none."""
    return minus(f"{value:+g}") if value else "0"


def _shared_row(cols: Columns, trace: Trace, context: ViewContext) -> Row:
    """Return one line below all steps: W and U are the same at every step."""
    start = cols.label + cols.each * (cols.first == 0)
    room = cols.label + cols.each * len(cols.steps) - start
    said = f" {context.words('strip.shared', n=trace.steps)} "
    if width((Span(said),)) > room - 4:
        said = " W, U "
    left = (room - width((Span(said),))) // 2
    right = room - left - width((Span(said),))
    label = fit((Span("W, U", "accent", True),), start)
    return (
        *label,
        Span("═" * left, "accent"),
        Span(said, "accent", True),
        Span("═" * right, "accent"),
    )


def describe(trace: Trace, context: ViewContext, quantity: str = "h") -> str:
    """Return that all steps share the parameters, if that is shown."""
    return context.words("caption.shared", n=trace.steps) if context.shared else ""


VIEWS = (View("strip", strip, default="h", describe=describe, unit=True, full=full_of),)
