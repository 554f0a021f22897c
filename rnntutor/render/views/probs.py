"""The likeliest next symbols of a character model, with and without the temperature."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.numbers import FEW, number
from rnntutor.render.primitives import bars
from rnntutor.render.views.samples import END, text
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width

NAME, NUMBER = 9, 8  # widths of the columns in cells
LONGEST_BAR = 48
MOST = 10  # most symbols shown; further ones have negligible probability


def probs(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the text read so far, and a row for each of the likeliest symbols.

    A row has the logit y, the probability, and with a bar the probability under the temperature
    unless that is 1. Rows are ordered by y at every temperature.
    """
    words, t = context.words, context.at.t
    known = bool(t) and context.known(t)
    temperature = float(trace["temperature"])
    head: Row = (
        *(Span(" " * NAME), Span(pad(" y", NUMBER), "y"), Span(pad(" p", NUMBER), "y")),
        Span(words("probs.warm", t=f"{temperature:.1f}") if temperature != 1.0 else "", "y"),
    )
    rows: list[Row] = [_context(trace, context), head]
    mark = f"  ◂ {words('probs.next')}"
    room = max(1, min(LONGEST_BAR, context.width - NAME - 3 * NUMBER - width((Span(mark),))))
    count = max(1, min(MOST, context.height - 2))
    step = max(1, t)
    y, p, drawn = (trace.at(name, step) for name in ("y", "p", "p_drawn"))
    coming = int(float(trace.at("next", step)[()])) if known else -1
    for k in order(trace, step)[:count]:
        values = [float(v[k]) if known else None for v in (y, p, drawn)]
        warmed = number(values[2], signed=False) if temperature != 1.0 else ""
        rows.append(
            (
                Span(
                    pad(symbol(trace, context, k) if known else "·", NAME),
                    "" if k == coming else "grey",
                ),
                Span(pad(number(values[0], decimals=FEW), NUMBER), "grey"),
                Span(pad(number(values[1], signed=False), NUMBER), "grey"),
                Span(pad(warmed, NUMBER if warmed else 0), "", k == coming),
                *bars.bar(values[2], 1.0, room, role="y", track=1.0),
                Span(mark if k == coming else "", "right"),
            )
        )
    return tuple(rows)


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the effect of the temperature on the likeliest symbol."""
    t = context.at.t
    if not t or not context.known(t):
        return context.words("caption.probs_start")
    best = order(trace, t)[0]
    before, after = (f"{float(trace.at(name, t)[best]):.3f}" for name in ("p", "p_drawn"))
    temperature = float(trace["temperature"])
    if temperature == 1.0:
        return context.words("caption.probs_plain", p=before)
    key = "caption.probs_same" if before == after else "caption.probs_moved"
    return context.words(key, t=f"{temperature:.1f}", p=before, q=after)


def order(trace: Trace, t: int) -> list[int]:
    """Return the symbols from the likeliest on."""
    return [int(k) for k in np.argsort(-trace.at("y", t), kind="stable")]


def symbol(trace: Trace, context: ViewContext, k: int) -> str:
    """Return the displayed name of a symbol.

    Invisible symbols are named in words. A consonant that closes a syllable is marked, because the
    same letter may also begin one.
    """
    character = chr(int(np.asarray(trace["alphabet"])[k]))
    if np.asarray(trace["final"])[k]:
        return f"{character} {context.words('probs.final')}"
    names = {END: "probs.end", " ": "probs.space"}
    return context.words(names[character]) if character in names else character


def _context(trace: Trace, context: ViewContext) -> Row:
    """Return the end of the text read so far, followed by a cursor."""
    t = context.at.t
    if not t:
        return (Span("▌", "accent"),)
    letter = int(float(trace.at("letter", t)[()]))
    letters = text(np.asarray(trace["letters"])[:letter])
    before = (letters + chr(int(float(trace.at("read", t)[()])))).replace(END, "/")
    room = context.width - 2
    while width((Span(before),)) > room:
        before = before[1:]
    return (Span(before), Span("▌", "accent"))


VIEWS = (View("probs", probs, describe=describe),)
