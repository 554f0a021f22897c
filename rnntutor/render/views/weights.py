"""Every parameter with its shape and how many numbers it is; the same at every step."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.render.views import heat, visibility
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad

NAME, MATRIX, VECTOR = 5, 9, 6


def weights(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """A row for each block: W (H, D), U (H, H), b (H,), how many numbers each is; the sum of all;
    and that there is one such set for all steps. Of an encoder–decoder that is
    looked at for its attention: those weights."""
    if trace.subject == "attention":
        return heat.heat(trace, context)
    spec = visibility.spec_of(trace)
    names = [[f"{k}{block.tail}" for k in "WUb"] for block in spec.blocks]
    own = [name for name in spec.extra if name not in spec.second_biases]
    counted = sum(_size(trace, name) for part in [*names, own] for name in part)
    if "V" in trace:
        names.append([n for n in ("V", "b_y") if n in trace and np.any(trace[n])])
        counted += sum(_size(trace, name) for name in names[-1])
    if spec.extra:
        names.append(list(spec.extra))
    gap = Span("   " if context.width >= 70 else " ")
    rows = [_block(trace, part, gap) for part in names]
    inputs, units = np.asarray(trace["x"]).shape[1], trace.units
    sizes: Row = (Span(f"D = {inputs}   H = {units}   T = {trace.steps}", "grey"),)
    count: Row = (Span(context.words("weights.total", n=counted), "", True),)
    if spec.second_biases:
        second = ", ".join(spec.second_biases)
        more = context.words(
            "weights.with", name=second, n=counted + units * len(spec.second_biases)
        )
        count = (*count, Span(f"   {more}", "grey"))
    once = Span(
        context.words("weights.once", n=trace.steps), "accent" if context.shared else "grey"
    )
    spare = context.height - len(rows) - 3
    above: Rows = ((),) if spare >= 1 else ()
    under: Rows = ((),) if spare >= 2 else ()
    return (sizes, *above, *rows, *under, count, (once,))


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """What there is to say of the weights of attention; of parameters nothing of their own."""
    return heat.describe(trace, context) if trace.subject == "attention" else ""


def _block(trace: Trace, names: list[str], gap: Span) -> Row:
    """The parameters of one block beside each other: name, shape, count."""
    spans: list[Span] = []
    for name in names:
        shape = np.asarray(trace[name]).shape
        block = name.partition("_")[2]
        ink = "y" if "V" in names else block[0] if block else "h"
        form = pad(str(tuple(shape)), MATRIX if len(shape) > 1 else VECTOR)
        spans += (Span(pad(name, NAME), ink, True), Span(form))
        spans += (Span(f"{_size(trace, name):3}", "grey"), gap)
    total = sum(_size(trace, name) for name in names)
    return (*spans, Span(f"= {total}", "grey")) if len(names) > 1 else tuple(spans)


def _size(trace: Trace, name: str) -> int:
    return int(np.asarray(trace[name]).size)
