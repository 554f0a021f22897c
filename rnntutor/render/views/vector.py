"""The cell's input at the cursor: a word and its vector."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.numbers import FEW, full_bar, number
from rnntutor.render.primitives import bars, scale
from rnntutor.render.primitives.columns import cut
from rnntutor.render.primitives.glyphs import subscript
from rnntutor.render.views import visibility
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width

WORD = 12


def vector(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw word → x_t, entry by entry, with its dimension D.

    The entries of a one-hot vector have the words that they represent.
    """
    t = visibility.step(context)
    x = trace.at("x", t)
    word = visibility.word(trace, t)
    one_hot = _one_hot(np.asarray(trace["x"])) and len(x) > 1
    kind = context.words("vector.one_hot") if one_hot else context.words("vector.numbers")
    shown = cut(word, 24) if width((Span(word),)) > 24 else word
    head: Row = (
        *((Span(shown, "", True), Span("  →  ", "grey")) if word else ()),
        Span(f"x{subscript(t)}", "x", True),
        Span(f"  D = {len(x)}  ", ""),
        Span(kind, "grey"),
    )
    owners = _owners(trace) if one_hot else {}
    space = max(1, context.height - 1)
    named = WORD if owners else 0
    each = 6 + 6 + 2 + named + 3
    across = max(1, min(-(-len(x) // space), context.width // each))
    rows = min(space, -(-len(x) // across))
    room = min(32, context.width // across - 6 - 6 - 2 - named - 3)
    full = full_of(trace)
    if room > 0:
        head = (*head, Span(f"   {full_bar(full)}", "grey"))
    made = [
        tuple(
            span
            for j in range(row, min(len(x), rows * across), rows)
            for span in _entry(x, j, owners, named, room, full)
        )
        for row in range(rows)
    ]
    return (head, *made)


def full_of(trace: Trace, argument: str = "") -> float:
    """Return the value of a full bar: the largest entry of all inputs."""
    return scale.full([np.asarray(trace["x"])])


def _entry(
    x: Array,
    j: int,
    owners: dict[int, str],
    word: int,
    room: int,
    full: float,
) -> Row:
    """Return one entry: its index, number and bar, and for a one-hot vector its word."""
    value = float(x[j])
    owner = owners.get(j, "")
    owner = cut(owner, word - 1) if owner and width((Span(owner),)) >= word else owner
    shown = Span(pad(owner, word), "" if value else "grey")
    index = Span(pad(f"[{j}]", 6), "grey")
    amount = number(value, decimals=FEW)
    if word:
        amount = f"{value:g}".rjust(2).ljust(6)
    return (
        index,
        Span(amount, "" if value else "grey", bool(word and value)),
        Span("  "),
        shown,
        *bars.bar(value, full, max(0, room), role="x"),
        Span("   "),
    )


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the vector of the word."""
    t = visibility.step(context)
    word = visibility.word(trace, t) or f"x{subscript(t)}"
    x = np.asarray(trace["x"])
    one_hot = _one_hot(x) and x.shape[1] > 1
    key = "vector.said_one_hot" if one_hot else "vector.said"
    if not trace.labels or trace.backward:
        return ""
    return context.words(key, word=word, n=x.shape[1], index=int(x[t - 1].argmax()))


def _one_hot(x: Array) -> bool:
    """Return whether every row is 1 at one index and 0 elsewhere."""
    return bool(((x == 0) | (x == 1)).all() and (x.sum(axis=1) == 1).all())


def _owners(trace: Trace) -> dict[int, str]:
    """Return the words by index, as far as they occur in the run."""
    indices = np.asarray(trace["x"]).argmax(axis=1)
    return {int(j): label for j, label in zip(indices, trace.labels, strict=False)}


VIEWS = (View("vector", vector, describe=describe, full=full_of),)
