"""The factors of backpropagation: what each step back multiplies the gradient by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.numbers import ROOM, amount, column
from rnntutor.render.views.gradient_series import (
    GradientSeries,
    curves,
    reached_distance,
    spread,
    spread_of,
)
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width

LEAD, FACTOR, GAP = 4, 7, 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table.

    Attributes:
        array: array of the trace.
        title: title.
        room: width in cells.
        result: whether it is the product of the others.
    """

    array: str
    title: str
    room: int
    result: bool = False


def factors(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw a row for each step back, with the newest highlighted.

    An RNN has the factors of the derivative and of U; LSTM and GRU have the gate, the product of
    all gates so far, and the whole gradient.
    """
    groups = [(curve, _columns(context, curve)) for curve in curves(trace)]
    names: list[Span] = [Span(" " * LEAD)]
    titles: list[Span] = [Span(pad("d", LEAD), "grey")]
    for curve, cols in groups:
        room = sum(c.room for c in cols) + GAP
        name = Span(" " * GAP + curve.name, curve.role, True)
        names += (name, Span(" " * (room - name.width)))
        titles.append(Span(" " * GAP))
        titles += (Span(pad(c.title, c.room, right=True), "grey") for c in cols)
    if spread_of(trace):
        size = Span(f"  {spread(trace)}", "grey")
        names += (size,) if width((*names, size)) <= context.width else ()
    space = max(1, context.height - 2)
    d = reached_distance(trace, context)
    first = max(1, min(d - space + 1, trace.steps - space + 1))
    shown = range(first, min(trace.steps, first + space - 1) + 1)
    return (tuple(names), tuple(titles), *(_row(trace, context, groups, n) for n in shown))


def _columns(context: ViewContext, curve: GradientSeries) -> tuple[Column, ...]:
    result = Column(f"grad_{curve.key}", f"∂L/∂{curve.of}", ROOM + 1, True)
    if curve.gate:
        path = Column(f"path_{curve.key}", f"∏{curve.gate}", ROOM + 1, True)
        return (Column(f"{curve.gate}_{curve.key}", curve.gate, FACTOR), path, result)
    turn = "×|w|" if curve.by_hand else "×U"
    return (
        Column(f"slope_{curve.key}", context.words("factors.slope"), FACTOR),
        Column(f"turn_{curve.key}", turn, FACTOR),
        result,
    )


def _row(
    trace: Trace,
    context: ViewContext,
    groups: list[tuple[GradientSeries, tuple[Column, ...]]],
    d: int,
) -> Row:
    there, now = d <= reached_distance(trace, context), d == context.at.t
    back = "lit" if now else ""
    spans = [Span(pad(str(d), LEAD), "" if now else "grey", now, back=back)]
    for curve, cols in groups:
        spans.append(Span(" " * GAP, back=back))
        for c in cols:
            value = float(trace.at(c.array, d))
            ink = curve.role if now and c.result else "" if now else "grey"
            strong = now and c.array.startswith("grad")
            shown = column(value if there else None, c.room)
            spans.append(Span(shown, ink, strong, back=back))
    return tuple(spans)


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the factors of the present step: an RNN's two, else direct path and gradient."""
    d, words = reached_distance(trace, context), context.words
    if not d:
        return words("caption.flow_start", t=trace.steps)
    drawn = curves(trace)
    gated = next((c for c in drawn if c.gate and not c.by_hand), None)
    first = drawn[0]
    if not first.gate:
        slope = float(np.asarray(trace[f"slope_{first.key}"])[d - 1])
        turn = float(np.asarray(trace[f"turn_{first.key}"])[d - 1])
        values = {"s": amount(slope), "u": amount(turn), "f": amount(slope * turn)}
        return words("caption.factors_rnn", **values)
    assert gated is not None
    path = float(np.asarray(trace[f"path_{gated.key}"])[d])
    whole = float(gated.values(trace)[d])
    key = "factors_gate" if whole >= path else "factors_gate_less"
    return words(f"caption.{key}", gate=gated.gate, p=amount(path), g=amount(whole))


VIEWS = (View("factors", factors, describe=describe),)
