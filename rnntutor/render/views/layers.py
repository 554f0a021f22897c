"""Two layers over time: the states, and the arrows between them with what is dropped."""

from __future__ import annotations

from collections.abc import Callable

from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.columns import columns, head, line
from rnntutor.render.primitives.numbers import FEW, amount, number, short
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span

LABEL = 9
ROOMY = 5  # from this width of a column on a state, which is never below 0, has two decimals


def layers(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """From the top: the upper state, the arrow up to it, the lower state, the recurrent arrow that
    comes to it from the step before, the input."""
    cols = columns(trace, context, label=LABEL)

    def state(name: str, phase: str) -> Callable[[int], Row]:
        def cell(t: int) -> Row:
            known = not t or context.known(t, phase)
            lit = t == context.at.t and context.now == phase
            value = float(trace.at(name, t)) if known else None
            text = number(value, decimals=FEW if cols.each >= ROOMY else 1, signed=False)
            return (Span(f" {text}".rstrip(), "h" if known else "faint", lit),)

        return cell

    def arrow(name: str, sign: str, phase: str) -> Callable[[int], Row]:
        def cell(t: int) -> Row:
            if not t or not context.known(t, phase):
                return ()
            factor = float(trace.at(name, t))
            if not factor:
                return (Span(f" {sign} ✕", "wrong", True),)
            times = f"×{factor:.2g}" if factor != 1 else ""
            said = (f" {sign}{times}", f"{sign}{times}", times)
            return (Span(next(text for text in said if len(text) <= cols.each), "grey"),)

        return cell

    def given(t: int) -> Row:
        return (Span(f"  {short(float(trace.at('x', t)))}", "grey"),) if t else ()

    words = context.words
    rows = (
        head(cols, "t"),
        line(cols, (Span(words("layers.upper"), "h"),), state("h2", "upper")),
        line(cols, (), arrow("up", "↑", "upper")),
        line(cols, (Span(words("layers.lower"), "h"),), state("h", "lower")),
        line(cols, (), arrow("across", "→", "lower")),
        line(cols, (Span("x", "grey"),), given),
    )
    return rows[: context.height]


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """What the present step has left in each layer, and what was dropped."""
    t, words = context.at.t, context.words
    if not t:
        return words("layers.start")
    low = amount(float(trace.at("h", t)))
    if context.now == "lower":
        key = "dropped_across" if not float(trace.at("across", t)) else "kept"
        return words(f"layers.{key}", t=t, v=low)
    key = "dropped_up" if not float(trace.at("up", t)) else "shown"
    return words(f"layers.{key}", t=t, v=low, w=amount(float(trace.at("h2", t))))
