"""The arithmetic of every unit's state.

It is f⊙c + i⊙g and o⊙tanh(c) of an LSTM, z⊙h + (1−z)⊙n of a GRU.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from rnntutor.nn.cells.spec import Term
from rnntutor.nn.trace import Trace
from rnntutor.numbers import cells, full_bar, number
from rnntutor.render.primitives import bars, scale
from rnntutor.render.primitives.glyphs import subscript
from rnntutor.render.views import visibility
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, fit, pad, width

LABEL = 4
SHORTEST = 8  # minimum length of a bar in cells


H = (Term("c"), Term("tanh_c", "→"), Term("o", "×"), Term("h", "="))


def memory(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw how every unit's c is computed: c_t = f_t ⊙ c_t-1 + i_t ⊙ g_t in an LSTM."""
    return _state(trace, context, "memory")


def output(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw h_t = o_t ⊙ tanh(c_t) of every unit."""
    return _sums(trace, context, H, _equation_h)


def state(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw how every unit's h is computed: h_t = z_t ⊙ h_t-1 + (1 − z_t) ⊙ n_t in a GRU."""
    return _state(trace, context, "state")


def _state(trace: Trace, context: ViewContext, view: str) -> Rows:
    terms = visibility.spec_of(trace).sums[view].terms
    return _sums(trace, context, terms, partial(_equation, terms))


def _sums(
    trace: Trace, context: ViewContext, terms: Sequence[Term], equation: Callable[[int], Row]
) -> Rows:
    t = visibility.step(context)
    terms = _that_fit(trace, terms, context.width)
    room = context.width - width(_row(trace, context, terms, t, 0)) - 2
    whole = full_of(trace, terms[-1].name)
    heads = _heads(trace, context, terms, t)
    if room >= SHORTEST:
        heads = (*fit(heads, context.width - room), Span(full_bar(whole), "grey"))
    rows: list[Row] = [equation(t), heads]
    space = context.height - len(rows)
    first = max(0, min(visibility.unit(trace, context) - space // 2, trace.units - space))
    for unit in range(first, min(trace.units, first + space)):
        row = _row(trace, context, terms, t, unit)
        there = visibility.value(trace, context, terms[-1].name, t, unit)
        lit = _coloured(trace, context, terms[-1])
        bar = bars.bar(there, whole, min(20, room), role=terms[-1].name, track=1.0, grey=not lit)
        rows.append((*row, Span("  "), *bar) if room >= SHORTEST and there is not None else row)
    return tuple(rows)


def full_of(trace: Trace, quantity: str) -> float:
    """Return the value of a full bar: 1, or more if the quantity exceeds it."""
    return scale.full([np.asarray(trace[quantity])], least=1.0)


def full_of_sum(trace: Trace, view: str) -> float:
    """Return the value of a full bar for the result of "memory" (c) or "state" (h)."""
    return full_of(trace, visibility.spec_of(trace).sums[view].terms[-1].name)


def _signed(trace: Trace, term: Term) -> bool:
    return not visibility.is_gate(trace, term.name)


def _product_notation(trace: Trace) -> dict[str, str]:
    """Return the notation of the cell's products."""
    sums = visibility.spec_of(trace).sums.values()
    return {name: text for s in sums for name, text in s.names.items()}


def _colours(trace: Trace) -> dict[str, str]:
    """Return the quantity that gives each product its colour."""
    sums = visibility.spec_of(trace).sums.values()
    return {"tanh_c": "c"} | {name: ink for s in sums for name, ink in s.colours.items()}


def _that_fit(trace: Trace, terms: Sequence[Term], room: int) -> Sequence[Term]:
    """Return all columns if they fit, else those without details."""
    needed = LABEL + sum(cells(signed=_signed(trace, t)) + 3 * bool(t.sign) for t in terms)
    return terms if needed <= room else [t for t in terms if not t.detail]


def _heads(trace: Trace, context: ViewContext, terms: Sequence[Term], t: int) -> Row:
    """Return the head of each column."""
    spans: list[Span] = []
    at = LABEL
    for term in terms:
        name = _product_notation(trace).get(term.name, visibility.symbol(term.name, t - term.back))
        name = f"1−{term.name}{subscript(t)}" if term.complement else name
        at += 3 if term.sign else 0
        # Aligned with the digits; a long name begins further left.
        start = at + _signed(trace, term) - max(0, width((Span(name),)) - cells(signed=False))
        spans += (
            Span(" " * (start - width(spans))),
            Span(name, _ink(trace, context, term) or "grey"),
        )
        at += cells(signed=_signed(trace, term))
    return tuple(spans)


def _row(trace: Trace, context: ViewContext, terms: Sequence[Term], t: int, unit: int) -> Row:
    """Return the numbers of one unit."""
    chosen = unit == visibility.unit(trace, context)
    spans = [Span(pad(f"u{unit}", LABEL), "" if chosen else "grey", chosen)]
    for term in terms:
        value = visibility.value(trace, context, term.name, t - term.back, unit)
        value = 1 - value if term.complement and value is not None else value
        made_now = not term.back and visibility.lit(trace, context, term.name)
        last = term is terms[-1]
        ink = _ink(trace, context, term) or "grey"
        if term.sign:
            spans.append(Span(f" {term.sign} ", "grey"))
        spans.append(Span(number(value, signed=_signed(trace, term)), ink, made_now and last))
    return tuple(spans)


def _coloured(trace: Trace, context: ViewContext, term: Term) -> bool:
    """Return whether a column has its quantity's colour: the phase computes or reads it."""
    read = visibility.source(trace, context, term.name, context.at.t - term.back)
    return visibility.lit(trace, context, term.name) or read


def _ink(trace: Trace, context: ViewContext, term: Term) -> str:
    """Return the colour of a column: its quantity's if the phase computes or reads it, else ""."""
    if not term.back and _coloured(trace, context, term):
        return _colours(trace).get(term.name, term.name)
    return ""


def _equation(terms: Sequence[Term], t: int) -> Row:
    """Return the equation of a state, such as c₄ = f₄⊙c₃ + i₄⊙g₄."""
    spans = [Span(f"{terms[-1].name}{subscript(t)}", terms[-1].name, True), Span(" = ", "grey")]
    for term in terms[:-1]:
        if term.detail:
            continue
        sign = {"×": "⊙", "+": " + ", "": ""}[term.sign] + "(1−" * term.complement
        spans += (Span(sign, "grey"),) if sign else ()
        spans.append(Span(f"{term.name}{subscript(t - term.back)}", term.name))
        spans += (Span(")", "grey"),) if term.complement else ()
    return tuple(spans)


def _equation_h(t: int) -> Row:
    return (
        *(Span(f"h{subscript(t)}", "h", True), Span(" = ", "grey"), Span(f"o{subscript(t)}", "o")),
        *(Span("⊙tanh(", "grey"), Span(f"c{subscript(t)}", "c"), Span(")", "grey")),
    )


VIEWS = (
    View("memory", memory, unit=True, full=lambda trace, _: full_of_sum(trace, "memory")),
    View("state", state, unit=True, full=lambda trace, _: full_of_sum(trace, "state")),
    View("output", output, unit=True, full=lambda trace, _: full_of(trace, "h")),
)
