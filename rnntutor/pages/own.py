"""Rows above a stage that is driven by a learner's function."""

from __future__ import annotations

from rnntutor.build.own_net import SECONDS
from rnntutor.build.process import Trouble
from rnntutor.build.stages import WALL, OwnTrace
from rnntutor.build.symbols import symbol, symbols
from rnntutor.maths.inline import glued_spans
from rnntutor.nn.trace import STATES
from rnntutor.numbers import minus
from rnntutor.pages.build import trouble_text
from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Rows, Span, plain
from rnntutor.words import Words

MOST = 6  # most quantities named


def mark_rows(trace: OwnTrace, words: Words, cells: int) -> Rows:
    """Return which quantities the learner's function computed, and their largest deviation.

    If the function failed, return the reason.
    """
    name = trace.exercise
    if trace.trouble is not None:
        said = trouble_text(trace.trouble, name, words, WALL)
        text = words("build.own.stopped", name=name, said=said)
        return wrap((Span("✗ ", "wrong"), Span(text)), cells)
    lead = (
        Span("◆ ", "accent"),
        Span(words("build.own.lead", name=name), strong=True),
        Span(" · "),
    )
    if trace.departs is not None:
        key, t = trace.departs
        text = words("build.own.departs", name=_notation(name, key), t=t)
        return wrap((*lead, Span(text, "wrong")), cells)
    off = minus(f"{trace.difference:.0e}") if trace.difference else "0"
    keys = _quantity_names(trace)
    for most in range(min(MOST, len(keys)), 0, -1):
        names = " ".join(_notation(name, key) for key in keys[:most])
        if len(keys) > most:
            names = f"{names} {words('build.own.more', n=len(keys) - most)}"
        rows = wrap((*lead, Span(words("build.own.same", off=off, names=names), "grey")), cells)
        if len(rows) == 1:
            return rows
    return wrap((*lead, Span(words("build.own.near", off=off), "grey")), cells)


def _quantity_names(trace: OwnTrace) -> list[str]:
    """Return the learner's quantities in display order.

    States come first; in a backward run gradients precede other quantities; sums inside a gate come
    last.
    """
    order = [*trace.arrays, *trace.fixed]

    def rank(key: str) -> tuple[bool, bool, bool, int]:
        forward = trace.backward and not key.startswith("d")
        return key not in STATES, forward, "_" in key, order.index(key)

    known = symbols(trace.exercise)
    there = [key for key in trace.own if key in trace.arrays and key in known]
    return sorted(there or trace.own & {"dW", "dU", "db"}, key=rank)


def race_rows(names: tuple[str, ...], trouble: Trouble | None, words: Words, cells: int) -> Rows:
    """Return whose cell is trained beside the engine's, or why it was stopped."""
    if trouble is not None:
        said = trouble_text(trouble, names[0], words, SECONDS)
        return wrap((Span("✗ ", "wrong"), Span(words("build.own.out", said=said))), cells)
    mine = Span(words("build.own.mine", names=", ".join(names)), strong=True)
    trained = Span(words("build.own.trained"), "grey")
    return wrap((Span("◆ ", "accent"), mine, Span(" · "), trained), cells)


def _notation(exercise: str, key: str) -> str:
    return plain(glued_spans(symbol(exercise, key)))
