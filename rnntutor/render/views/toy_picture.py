"""A picture of blocks, and its caption as it grows."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.views.choices import choices, symbol
from rnntutor.render.views.view_context import ViewContext
from rnntutor.render.views.wordrow import shorten
from rnntutor.spans import Row, Rows, Span, beside, fit, width
from rnntutor.words import Words

SHADES = ((0.75, "██"), (0.45, "▒▒"), (0.2, "░░"))
HALVES = {(True, True): "█", (True, False): "▀", (False, True): "▄"}
GAP = 4


def draw(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """The picture on the left; on the right what has been said, and what could come next."""
    picture = np.asarray(trace["picture"])
    whole = tuple(tuple(point(float(value)) for value in row) for row in picture)
    left = whole if context.height >= len(whole) else _halves(picture)
    wide = width(left[0])
    words, t = context.words, context.at.t
    said = trace.names["said"]
    cells = context.width - wide - GAP
    spoken = tuple(
        Span(("" if n == 1 else " ") + symbol(word, context), "y" if word else "grey", n == t)
        for n, word in enumerate(said, 1)
        if context.known(n)
    )
    told = wrap(spoken, cells)[:2] if spoken else ((Span("·", "faint"),),)
    vector: Row = (Span("v ", "x"), Span(f"({picture.size},) → ", "grey"), Span("h₀", "h"))
    vector += (Span(f" ({trace.units},)", "grey"),)
    p = trace.at("p", t) if t and context.known(t) else None
    head: list[Row] = [vector, *told, *([()] * (2 - len(told)))]
    head.append((Span(words("types.next"), "grey"),))
    count = max(1, min(5, context.height - len(head)))
    right = (*head, *choices(trace, context, p, count, cells))
    return beside(left, tuple(fit(row, cells) for row in right), wide + GAP)


def _halves(picture: Array) -> Rows:
    """Two points in a cell, so that nothing of the picture is cut where rows are few."""
    pairs = zip(picture[::2], picture[1::2], strict=True)
    return tuple(tuple(map(_half, upper, lower)) for upper, lower in pairs)


def _half(upper: float, lower: float) -> Span:
    """One point over another; what is but a shade is seen where neither is on."""
    (_, (on, _), (shade, light)) = SHADES
    if max(upper, lower) >= on:
        return Span(HALVES[bool(upper >= on), bool(lower >= on)], "x")
    return Span(light[0], "x") if max(upper, lower) >= shade else Span("·", "faint")


def point(value: float) -> Span:
    """A point of a picture, two cells wide: 0 is off, 1 is on."""
    for least, shade in SHADES:
        if value >= least:
            return Span(shade, "x")
    return Span("··", "faint")


def noisy(trace: Trace) -> bool:
    """Whether the net sees points that are neither on nor off."""
    return not np.isin(trace["picture"], (0, 1)).all()


def sentence(trace: Trace, words: Words) -> str:
    """The whole caption; a net that was stopped before its end sign leaves it open."""
    spoken = trace.names["said"]
    text = " ".join(word for word in spoken if word) or words("types.end")
    return text if not spoken[-1] else f"{text} …"


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """What has been said at the cursor, and what it was said after."""
    words, t = context.words, context.at.t
    if not t:
        return words("types.picture-start")
    spoken = trace.names["said"]
    p = f"{float(trace.at('p', t).max()):.2f}"
    if not spoken[t - 1]:
        return words("types.picture-end", p=p)
    before = shorten(spoken[t - 2], 12) if t > 1 else words("types.start")
    return words("types.picture-said", word=shorten(spoken[t - 1], 12), before=before, p=p)
