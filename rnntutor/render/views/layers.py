"""Two layers over time: their states, and the arrows between them with dropped units."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.numbers import FEW, amount, number, short
from rnntutor.render.primitives.columns import columns, head, line
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.render.views.visibility import spec_of
from rnntutor.spans import Row, Rows, Span, width

LABEL = 10
FRAME = 3  # rows besides those of the units: the steps and two rows of arrows
UPPER = "h2"  # the states of the upper layer
ROOMY = 5  # column width from which a state (never negative) has two decimals
DROPPED, PASSED = "✕", "·"


def layers(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the states of both layers, the arrows between them, the input and a legend.

    From the top: the upper states, the arrows up to them, the lower states (of an LSTM h and c),
    the recurrent arrows, the input, the legend.

    With too few rows, the input is left out first, then the legend; then the first unit of each
    layer represents all, followed by "…".
    """
    cols = columns(trace, context, label=LABEL)
    shown = [UPPER, *spec_of(trace).states]
    whole = len(shown) * trace.units + FRAME <= context.height
    units = range(trace.units if whole else 1)
    room = context.height - len(shown) * len(units) - FRAME

    def state(name: str, unit: int) -> Row:
        phase, role = "upper" if name == UPPER else "lower", "c" if name == "c" else "h"

        def cell(t: int) -> Row:
            known = not t or context.known(t, phase)
            lit = t == context.at.t and context.now == phase
            value = float(trace.at(name, t)[unit]) if known else None
            text = number(value, decimals=FEW if cols.each >= ROOMY else 1, signed=False)
            return (Span(f" {text}".rstrip(), role if known else "faint", lit),)

        label = Span("" if unit else context.words(f"layers.{name}"), role)
        of_all = f"u{unit}" if whole else f"u{unit}…"
        gap = Span(" " * (LABEL - 3 - label.width))
        return line(cols, (label, gap, Span(of_all, "grey")), cell)

    def arrow(name: str, sign: str, phase: str) -> Callable[[int], Row]:
        dropping = bool(np.any(trace[name] != 1))

        def cell(t: int) -> Row:
            if not t or not context.known(t, phase):
                return ()
            if not dropping:
                return (Span(f" {sign}", "grey"),)
            passing = (Span(PASSED, "grey") if f else Span(DROPPED, "wrong", True) for f in at(t))
            return (Span(f" {sign}", "grey"), *passing)

        def at(t: int) -> list[float]:
            return [float(trace.at(name, t)[unit]) for unit in units]

        return cell

    def given(t: int) -> Row:
        return (Span(f"  {short(float(trace.at('x', t)))}", "grey"),) if t else ()

    states = {name: [state(name, unit) for unit in units] for name in shown}
    return (
        head(cols, "t"),
        *states.pop(UPPER),
        line(cols, (), arrow("up", "↑", "upper")),
        *(row for rows in states.values() for row in rows),
        line(cols, (), arrow("across", "→", "lower")),
        *([line(cols, (Span("x", "grey"),), given)] if room >= 2 else ()),
        *([_legend(trace, context)] if room >= 1 else ()),
    )


def _legend(trace: Trace, context: ViewContext) -> Row:
    """Return the meaning of the arrows, and with dropout that of the signs of the units."""
    words, passed = context.words, float(trace["passed"])
    arrows = Span(f"↑ {words('choice.drop.upward')}  → {words('choice.drop.recurrent')}", "grey")
    if all(np.all(trace[name] == 1) for name in ("up", "across")):
        return (arrows,)
    times = f"×{passed:.3g}" if passed != 1 else ""
    dropped = Span(DROPPED, "wrong", True), Span(f" {words('layers.dropped')}", "grey")
    full, brief = (
        (arrows, Span("   "), *dropped, Span(f"  {PASSED} {kept}", "grey"))
        for kept in (f"{words('layers.passed')} {times}".strip(), times)
    )
    return full if width(full) <= context.width or not times else brief


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the state of each layer after the present step, and the dropped units."""
    t, words = context.at.t, context.words
    if not t:
        return words("layers.start")
    name, state, key = ("across", "h", "lower") if context.now == "lower" else ("up", "h2", "upper")
    gone = [f"u{u}" for u in np.flatnonzero(trace.at(name, t) == 0)]
    values = " ".join(amount(float(v)) for v in trace.at(state, t))
    said = words(f"layers.{key}_says", t=t, v=values)
    return f"{said} {words('layers.gone', units=', '.join(gone))}" if gone else said


VIEWS = (View("layers", layers, describe=describe),)
