"""What stands above a stage that is driven by a learner's function."""

from __future__ import annotations

from rnntutor.build.stages import OwnTrace
from rnntutor.build.symbols import symbol
from rnntutor.maths.inline import glued_spans
from rnntutor.minus import minus
from rnntutor.nn.trace import STATES
from rnntutor.pages.build import trouble_text
from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Rows, Span, plain
from rnntutor.words import Words

MOST = 6  # quantities that are named
GROWN = ("_terms", "_sum", "_norm")  # what a sum over time is made of


def mark_rows(trace: OwnTrace, words: Words, cells: int) -> Rows:
    """Whose run it is: what of it the function has computed, and how far it is from the engine; or
    why the function has no run here."""
    name = trace.exercise
    if trace.trouble is not None:
        said = trouble_text(trace.trouble, name, words)
        text = words("build.own.stopped", name=name, said=said)
        return wrap((Span("✗ ", "wrong"), Span(text)), cells)
    lead = (
        Span("◆ ", "accent"),
        Span(words("build.own.lead", name=name), strong=True),
        Span(" · "),
    )
    if trace.departs is not None:
        key, t = trace.departs
        text = words("build.own.departs", name=_written(name, key), t=t)
        return wrap((*lead, Span(text, "wrong")), cells)
    off = minus(f"{trace.difference:.0e}") if trace.difference else "0"
    # What a step hands on is named first; a sum inside a gate last.
    order = [*trace.arrays, *trace.fixed]
    there = [key for key in trace.own if not key.endswith(GROWN)]
    keys = sorted(there, key=lambda key: (key not in STATES, "_" in key, order.index(key)))
    names = " ".join(_written(name, key) for key in keys[:MOST])
    if len(keys) > MOST:
        names = f"{names} {words('build.own.more', n=len(keys) - MOST)}"
    text = words("build.own.same", off=off, names=names)
    return wrap((*lead, Span(text, "grey")), cells)


def _written(exercise: str, key: str) -> str:
    return plain(glued_spans(symbol(exercise, key)))
