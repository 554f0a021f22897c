"""Every parameter with its shape and how many numbers it is; the same at every step."""

from __future__ import annotations

import math

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.render.views import visibility
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad

NAME, MATRIX, VECTOR = 5, 9, 6


def weights(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """A row for each block: W (H, D), U (H, H), b (H,), or (2, H) where a second bias is counted,
    and how many numbers each is; the sum of all; and that there is one such set for all steps."""
    spec, biases = visibility.spec_of(trace), _biases(trace)
    names = [[f"{k}{block.tail}" for k in "WUb"] for block in spec.blocks]
    if "V" in trace:
        names.append([n for n in ("V", "b_y") if n in trace and np.any(trace[n])])
    extra = [name for name in spec.extra if biases < 2 or name not in spec.second_biases]
    if extra:
        names.append(extra)
    gap = Span("   " if context.width >= 70 else " ")
    rows = [_block(trace, part, gap) for part in names]
    inputs, units = np.asarray(trace["x"]).shape[1], trace.units
    sizes: Row = (Span(f"D = {inputs}   H = {units}   T = {trace.steps}", "grey"),)
    once = Span(
        context.words("weights.once", n=trace.steps), "accent" if context.shared else "grey"
    )
    spare = context.height - len(rows) - 3
    above: Rows = ((),) if spare >= 1 else ()
    under: Rows = ((),) if spare >= 2 else ()
    return (sizes, *above, *rows, *under, _count(trace, context), (once,))


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """What there is to say of a second bias."""
    if _biases(trace) < 2:
        return ""
    inside = visibility.spec_of(trace).second_biases
    return context.words("weights.second_inside" if inside else "weights.second_added")


def _biases(trace: Trace) -> int:
    """How many biases of a block are counted."""
    return int(np.asarray(trace["biases"])) if "biases" in trace else 1


def _count(trace: Trace, context: ViewContext) -> Row:
    """How many numbers all of them are, and how many of them are second biases."""
    spec, units = visibility.spec_of(trace), trace.units
    inputs = np.asarray(trace["x"]).shape[1]
    head = sum(np.asarray(trace[n]).size for n in ("V", "b_y") if n in trace and np.any(trace[n]))
    one, two = (spec.size(inputs, units, biases) + head for biases in (1, 2))
    words = context.words
    if _biases(trace) == 2:
        total = Span(words("weights.total", n=two), "", True)
        return (total, Span(f"   = {one} + {two - one}  {words('weights.second')}", "grey"))
    total = Span(words("weights.total", n=one), "", True)
    if not spec.second_biases:
        return (total,)
    more = one + units * len(spec.second_biases)
    second = ", ".join(spec.second_biases)
    return (total, Span(f"   {words('weights.with', name=second, n=more)}", "grey"))


def _block(trace: Trace, names: list[str], gap: Span) -> Row:
    """The parameters of one block beside each other: name, shape, count."""
    spans: list[Span] = []
    total = 0
    for name in names:
        shape = _shape(trace, name)
        size = math.prod(shape)
        total += size
        block = name.partition("_")[2]
        ink = "y" if "V" in names else block[0] if block else "h"
        form = pad(str(shape), VECTOR if name.startswith(("b", "p")) else MATRIX)
        spans += (Span(pad(name, NAME), ink, True), Span(form), Span(f"{size:3}", "grey"), gap)
    return (*spans, Span(f"= {total}", "grey")) if len(names) > 1 else tuple(spans)


def _shape(trace: Trace, name: str) -> tuple[int, ...]:
    """The shape of a parameter; of a block's biases, where two are counted, that of both."""
    shape = np.asarray(trace[name]).shape
    second = _biases(trace) == 2 and name.startswith("b") and name != "b_y"
    return (2, *shape) if second else shape
