"""Encoder and decoder: the source read symbol by symbol, then the output generated."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.render.primitives import bars
from rnntutor.render.views.choices import choices, symbol
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width
from rnntutor.subjects.toys import Translation

SIGN = 2  # minimum width of a symbol in cells
MOST = 4


def draw(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the source, the state passed on, the output with probabilities, and alternatives."""
    source, output = trace.names["source"], trace.names["said"]
    read, t = len(source), context.at.t
    words = context.words
    label = 8
    wide = max(1, max(width((Span(symbol(s, context)),)) for s in (*source, *output[:-1], " ")))
    each = min(MOST, max(SIGN, wide + 1))
    while each > 1 and label + each * max(read, len(output) + 2) > context.width:
        each -= 1
    known = np.asarray(trace["known"])
    p = np.asarray(trace["p"])

    def name(key: str, lit: bool) -> Span:
        return Span(pad(words(key), label), "" if lit else "grey", lit)

    over: list[Span] = [name("types.read", 0 < t <= read)]
    for n, sign in enumerate(source, 1):
        ink = "wrong" if not known[n - 1] else "x" if n <= t else "grey"
        over.append(
            Span(pad(symbol(sign, context), each), ink, n == t, back="lit" if n == t else "")
        )
    under: list[Span] = [name("types.write", t > read)]
    sure: list[Span] = [Span(pad("P", label), "grey")]
    for n, sign in enumerate(output, read + 1):
        there = context.known(n)
        last = n == read + len(output)
        text = symbol(sign, context) if there else "·"
        under.append(
            Span(
                pad(text, 0 if last else each),
                ("grey" if not sign else "y") if there else "faint",
                n == t,
                back="lit" if n == t else "",
            )
        )
        chance = float(p[n - 1].max()) if there else None
        sure.append(Span(pad(bars.level(chance, 1.0), each), "y" if there else "faint"))
    all_states = trace.of(Translation).attention
    state = words("types.all_states" if all_states else "types.one_vector")
    between: Row = (Span(" " * label), Span("↓ ", "h" if t >= read else "faint"))
    between += (
        Span(f"h ({trace.units},)", "h" if t >= read else "faint"),
        Span(f"  {state}", "grey"),
    )
    now = p[t - 1] if t > read and context.known(t) else None
    room = context.height - 5
    rows = choices(trace, context, now, max(1, min(4, room)), context.width - label)
    listed = tuple((Span(" " * label), *row) for row in rows)
    gap: Rows = ((),) if context.height >= 8 else ()
    return (tuple(over), between, tuple(under), tuple(sure), *gap, *listed)


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the symbol read or generated at the cursor."""
    words, t = context.words, context.at.t
    source, output = trace.names["source"], trace.names["said"]
    if not t:
        return words("types.writing-start")
    if t <= len(source):
        known = bool(float(trace.at("known", t)))
        key = "types.writing-read" if known else "types.writing-unread"
        return words(key, sign=symbol(source[t - 1], context), n=t, all=len(source))
    n = t - len(source)
    p = f"{float(np.nanmax(trace.at('p', t))):.2f}"
    if not output[n - 1]:
        return words("types.writing-end", said="".join(output[:-1]), p=p)
    before = symbol(output[n - 2], context) if n > 1 else words("types.start")
    return words("types.writing-said", sign=symbol(output[n - 1], context), before=before, p=p)


VIEWS = (View("toy", draw, describe=describe, subject=Translation),)
