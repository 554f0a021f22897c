"""A pixel image, and its caption as it is generated."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.views.choices import choices, symbol
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.render.views.wordrow import shorten
from rnntutor.spans import Row, Rows, Span, beside, fit, width
from rnntutor.subjects.toys import Description
from rnntutor.words import Words

SHADES = ((0.75, "██"), (0.45, "▒▒"), (0.2, "░░"))
HALVES = {(True, True): "█", (True, False): "▀", (False, True): "▄"}
GAP = 4


def draw(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the image on the left, the caption so far and the next candidates on the right."""
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
    """Return the image with two points per cell, for low heights."""
    pairs = zip(picture[::2], picture[1::2], strict=True)
    return tuple(tuple(map(_half, upper, lower)) for upper, lower in pairs)


def _half(upper: float, lower: float) -> Span:
    """Return two points, one above the other; a shade is shown only if neither is on."""
    (_, (on, _), (shade, light)) = SHADES
    if max(upper, lower) >= on:
        return Span(HALVES[bool(upper >= on), bool(lower >= on)], "x")
    return Span(light[0], "x") if max(upper, lower) >= shade else Span("·", "faint")


def point(value: float) -> Span:
    """Return a point of an image, two cells wide: 0 is off, 1 is on."""
    for least, shade in SHADES:
        if value >= least:
            return Span(shade, "x")
    return Span("··", "faint")


def noisy(trace: Trace) -> bool:
    """Return whether the image has points that are neither on nor off."""
    return not np.isin(trace["picture"], (0, 1)).all()


def sentence(trace: Trace, words: Words) -> str:
    """Return the whole caption, followed by "…" if it was cut off before its end symbol."""
    spoken = trace.names["said"]
    text = " ".join(word for word in spoken if word) or words("types.end")
    return text if not spoken[-1] else f"{text} …"


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the word at the cursor and the word before it."""
    words, t = context.words, context.at.t
    if not t:
        return words("types.picture-start")
    spoken = trace.names["said"]
    p = f"{float(trace.at('p', t).max()):.2f}"
    if not spoken[t - 1]:
        return words("types.picture-end", p=p)
    before = shorten(spoken[t - 2], 12) if t > 1 else words("types.start")
    return words("types.picture-said", word=shorten(spoken[t - 1], 12), before=before, p=p)


VIEWS = (View("toy", draw, describe=describe, subject=Description),)
