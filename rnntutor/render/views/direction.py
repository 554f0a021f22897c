"""The direction of the gradient: the sum of all steps' terms, before and after clipping."""

from __future__ import annotations

import math

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.numbers import ROOM, amount, column, full_bar, minus, percent
from rnntutor.render.primitives import bars, scale
from rnntutor.render.views.gradient_series import power
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width

NEAREST = 10  # number of last steps that count as near
BAR = 40
RANGE = 8  # powers of ten covered by a bar
EXACT, ALMOST = 1e-9, 0.9995  # of the cosine: rounding error; smallest value shown as 1.000


def direction(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw ‖dU‖ of the RNN: its terms, and the effect of clipping.

    The rows are each step's term, the share of near steps, the norm before and after clipping, and
    the cosine between dU before and after.
    """
    words, ends = context.words, context.known(trace.steps)
    names = {k: words(f"direction.{k}") for k in ("terms", "near", "before", "after", "cosine")}
    label = max(width((Span(name),)) for name in names.values()) + 2
    norms = float(trace["dU_norm"]), float(trace["dU_clipped_norm"])
    full, limit = full_of(trace), float(trace["clip"])
    room = min(BAR, context.width - label - 10)

    def measure(name: str, value: float, bar: bool = True) -> Row:
        shown = column(value if ends else None)
        drawn = bars.bar(value if ends else None, full, room, role="grad") if bar else ()
        return (Span(pad(name, label), "grey"), Span(shown, "", ends), Span("  "), *drawn)

    cut = words("direction.limit", v=amount(limit)) if limit else words("direction.no_limit")
    near = percent(_near(trace)) if ends else "·"
    return (
        *_terms(trace, context, names["terms"], label),
        (Span(pad(names["near"], label), "grey"), Span(pad(near, ROOM, right=True))),
        (),
        measure(names["before"], norms[0]),
        measure(names["after"], norms[1]),
        (Span(pad("", label)), Span(f"{pad(cut, ROOM)}  "), Span(full_bar(full), "grey")),
        measure(names["cosine"], float(trace["direction"]), bar=False),
    )


def full_of(trace: Trace, argument: str = "") -> float:
    """Return the value of a full bar: the norm of dU, clipped or not, whichever is larger."""
    return scale.full([float(trace["dU_norm"]), float(trace["dU_clipped_norm"])])


def _near(trace: Trace) -> float:
    """Return the share of the nearest steps in the sum of the terms' norms."""
    terms = np.asarray(trace["dU_terms"])
    return float(terms[-NEAREST:].sum() / (terms.sum() or 1.0))


def _terms(trace: Trace, context: ViewContext, name: str, label: int) -> Rows:
    """Return the formula of the sum, and log₁₀ of each step's term as a bar, first step first.

    The powers of ten of an empty and a full bar follow the bars.
    """
    terms = np.asarray(trace["dU_terms"])
    top = power(float(terms.max()))
    high = 2 * math.ceil(top / 2) if math.isfinite(top) else 0
    scale = minus(f" {high - RANGE}…{high}")
    room = min(context.width - label - len(scale), max(2, trace.steps))
    drawn = ""
    for cell in range(room):
        t = 1 + round(cell / max(1, room - 1) * (trace.steps - 1))
        there = power(float(terms[t - 1])) - high + RANGE
        known = context.known(trace.steps + 1 - t)
        drawn += bars.level(there if known and there > 0 else None, RANGE)
    summed = f" = Σ {context.words('direction.of', n=trace.steps)}"
    first, last = "t=1", f"t={trace.steps}"
    ruler = first + last.rjust(room - len(first)) if room > len(first + last) else ""
    return (
        (Span("dU", "grad", True), Span(f"{pad(summed, label - 2)}{ruler}", "grey")),
        (Span(pad(name, label), "grey"), Span(drawn, "grad"), Span(scale, "grey")),
    )


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the clipping, and whether the direction was kept."""
    words = context.words
    if not context.known(trace.steps):
        return words("caption.direction_going", n=trace.steps)
    before, after = float(trace["dU_norm"]), float(trace["dU_clipped_norm"])
    if not float(trace["clip"]) or after >= before * (1 - 1e-12):
        return words("caption.direction_whole", p=percent(_near(trace)), n=NEAREST)
    cosine = float(trace["direction"])
    kept = "direction_cut" if cosine > 1 - EXACT else "direction_hardly"
    key = kept if cosine >= ALMOST else "direction_turned"
    return words(f"caption.{key}", a=amount(before), b=amount(after), k=amount(cosine))


VIEWS = (View("direction", direction, describe=describe, full=full_of),)
