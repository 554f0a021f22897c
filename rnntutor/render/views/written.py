"""Output of a decoder that reads the right previous digit, and of one that reads its own."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.numbers import percent
from rnntutor.render.views.learning import now
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width

DIGIT = 3  # width of a digit in cells
KINDS = ("source", "target", "given_said", "own_said")
GAP = 0.015  # difference of the shares from which the caption mentions it


def written(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw a few sequences side by side: source, target and outputs, with wrong digits marked."""
    words = context.words
    names = [words(f"written.{kind}") for kind in KINDS]
    mark = "x" if context.ascii else "✗"
    label = max(width((Span(name),)) for name in names) + 2
    each = trace.steps * DIGIT + 4
    count = max(1, min(np.asarray(trace["target"]).shape[1], (context.width - label) // each))
    rows: list[Row] = []
    for kind, name in zip(KINDS, names, strict=True):
        digits, target = np.asarray(trace[kind]), np.asarray(trace["target"])
        said = kind.endswith("said")
        spans = [Span(pad(name, label), "x" if kind == "source" else "y" if said else "grey")]
        for b in range(count):
            for t in range(trace.steps):
                wrong = said and bool(digits[t, b] != target[t, b])
                text = f"{_sign(int(digits[t, b]), context)}{mark if wrong else ''}"
                spans.append(Span(pad(text, DIGIT), "wrong" if wrong else "", wrong))
            spans.append(Span(" " * (each - trace.steps * DIGIT)))
        rows.append(tuple(spans))
    return (*rows, (), *_shares(trace, context))


def _sign(digit: int, context: ViewContext) -> str:
    """Return a digit, or the start symbol, which an untrained decoder may output."""
    return str(digit) if digit < 10 else ">" if context.ascii else "▸"


def _shares(trace: Trace, context: ViewContext) -> Rows:
    """Return the shares of right digits over all test sequences."""
    said = [
        context.words(f"written.{name}", p=percent(found))
        for name in ("right_given", "right_own", "whole")
        if (found := now(trace, context, name.removeprefix("right_"))) is not None
    ]
    return tuple((Span(text, "grey"),) for text in said)


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Compare the two ways of decoding."""
    given, own = (now(trace, context, name) for name in ("given", "own"))
    if not context.history.updates or given is None or own is None:
        return context.words("written.start")
    key = "written.apart" if given - own > GAP else "written.even"
    return context.words(key, given=percent(given), own=percent(own))


VIEWS = (View("written", written, training=True, describe=describe),)
