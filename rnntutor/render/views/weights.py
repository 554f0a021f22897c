"""Every parameter with its shape and size; the same at every step."""

from __future__ import annotations

import math

import numpy as np

from rnntutor.nn.subject import Reading
from rnntutor.nn.trace import Trace
from rnntutor.render.views import visibility
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad

NAME, MATRIX, VECTOR = 5, 9, 6


def weights(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw a row for each block with the shapes and sizes of its parameters, and the total.

    The shapes are W (H, D), U (H, H) and b (H,), or (2, H) if a second bias is counted. A note adds
    that all steps share them.
    """
    spec, biases = visibility.spec_of(trace), _biases(trace)
    names = [[f"{k}{block.tail}" for k in "WUb"] for block in spec.blocks]
    if trace.of(Reading).head:
        names.append(_of_head(trace))
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
    """Explain the second bias; without one, that all steps share the parameters."""
    if _biases(trace) < 2:
        return context.words("caption.shared", n=trace.steps)
    inside = visibility.spec_of(trace).second_biases
    return context.words("weights.second_inside" if inside else "weights.second_added")


def _biases(trace: Trace) -> int:
    """Return the number of biases counted per block."""
    return trace.of(Reading).biases


def _of_head(trace: Trace) -> list[str]:
    """Return the parameters of the outputs that are not all 0; none without outputs."""
    return [n for n in ("V", "b_y") if np.any(trace[n])] if trace.of(Reading).head else []


def _count(trace: Trace, context: ViewContext) -> Row:
    """Return the total number of parameters, and the number of second biases."""
    spec, units = visibility.spec_of(trace), trace.units
    inputs = np.asarray(trace["x"]).shape[1]
    head = sum(np.asarray(trace[n]).size for n in _of_head(trace))
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
    """Return the parameters of one block side by side: name, shape, size."""
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
    """Return the shape of a parameter; with two biases per block, that of both."""
    shape = np.asarray(trace[name]).shape
    second = _biases(trace) == 2 and name.startswith("b") and name != "b_y"
    return (2, *shape) if second else shape


VIEWS = (View("weights", weights, describe=describe),)
