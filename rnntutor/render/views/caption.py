"""The caption below a view: what has just happened, in words and numbers."""

from __future__ import annotations

import re

from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.cells.spec import SHOW
from rnntutor.nn.trace import PathError, Trace
from rnntutor.numbers import fixed, percent, short
from rnntutor.render.primitives.glyphs import ascii_rows, subscript
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.views import arrows, gate, visibility
from rnntutor.render.views.registry import caption_of, full_of
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span
from rnntutor.subjects.toys import Toy

SMALL, FULL = 0.3, 0.95  # tanh hardly changes a sum below SMALL; a state above FULL is saturated
_QUANTITY = re.compile(r"\[([a-z])\]([₀-₉]*)")


def caption(trace: Trace, context: ViewContext, spec: str = "") -> Rows:
    """Return the caption of the view `spec`, or of the phase at the cursor, in rows.

    A further row reports a change of the bar scale since the last knob turn. The result is () if
    there is nothing to report.
    """
    said = _own(trace, context, spec) or _of_phase(trace, context)
    said = said or _of_unit(trace, context, spec)
    rows = wrap(_row(said), context.width) if said else ()
    if spec and context.before is not None:
        rows = (*rows, *_scale(trace, context.before, context, spec))
    return ascii_rows(rows) if context.ascii else rows


def _scale(new: Trace, old: Trace, context: ViewContext, spec: str) -> Rows:
    """Return a note if the scale of the bars has changed since the last knob turn, else no rows."""
    if not comparable(old, new):
        return ()
    try:
        was, now = full_of(spec, old), full_of(spec, new)
    except PathError:
        return ()  # the previous run lacks a quantity of this view
    if was == now:
        return ()
    said = context.words("stage.scale", old=short(was), new=short(now))
    return wrap((Span(said, "accent"),), context.width)


def comparable(one: Trace, other: Trace) -> bool:
    """Return whether two runs can be compared bar by bar: same cell and same subject."""
    return _sort(one) == _sort(other)


def _sort(trace: Trace) -> tuple[object, ...]:
    of = trace.subject
    return trace.cell, trace.title, type(of), of.wiring if isinstance(of, Toy) else None


def _row(text: str) -> Row:
    """Return the text with each quantity in brackets, such as "[f]" or "[c]₃", in its colour."""
    spans: list[Span] = []
    at = 0
    for match in _QUANTITY.finditer(text):
        spans += (Span(text[at : match.start()]), Span(match[1] + match[2], match[1]))
        at = match.end()
    return tuple(span for span in (*spans, Span(text[at:])) if span.text)


def _own(trace: Trace, context: ViewContext, spec: str) -> str:
    """Return the caption from the view's own module."""
    if trace.backward:
        return arrows.describe(trace, context)
    return caption_of(spec, trace, context)


def _of_phase(trace: Trace, context: ViewContext) -> str:
    """Describe what the phase at the cursor computed for the context's unit.

    It is "" for a phase of something other than a cell: its view has a caption of its own.
    """
    words, t, unit = context.words, context.at.t, visibility.unit(trace, context)
    if not t:
        return words("caption.start")

    def at(name: str, back: int = 0) -> float:
        return float(trace.at(name, t - back)[unit])

    def say(key: str, **values: str) -> str:
        return words(f"caption.{key}", t=subscript(t), b=subscript(t - 1), **values)

    spec = CELLS.get(trace.cell)
    if spec is None:
        return ""
    computed = next((s for s in spec.sums.values() if s.phase == context.now), None)
    if computed:
        state = computed.terms[-1].name
        parts = {"kept": fixed(at(computed.kept)), "added": fixed(at(computed.added))}
        return say(computed.caption, old=fixed(at(state, 1)), new=fixed(at(state)), **parts)
    made = [b for b in spec.blocks if b.phase == context.now and b.letter]
    if len(made) == 1:
        return gate.describe(trace, context, made[0].value)
    if made:
        return say(spec.gates_caption, **{b.letter: percent(at(b.letter)) for b in made})
    match context.now:
        case "sum":
            more = "sum_input" if abs(at("wx")) >= abs(at("uh")) else "sum_state"
            return say(more, a=fixed(at("a")))
        case "state":
            size = abs(at("a"))
            key = "state_small" if size < SMALL else "state"
            key = "state_full" if abs(at("h")) > FULL else key
            return say(key, a=fixed(at("a")), v=fixed(at("h")))
        case "output":
            show, memory = spec.with_role(SHOW), at(spec.memory)
            shown = at(show.value) if show else 1.0
            hidden = shown <= gate.NEARLY and abs(memory) > SMALL
            values = {"c": fixed(memory), "v": fixed(at("h"))}
            return say("hidden" if hidden else "output", p=percent(shown), **values)
        case _:
            return ""


def _of_unit(trace: Trace, context: ViewContext, spec: str) -> str:
    """Describe the unit's value at the cursor, for a strip of a network without phases."""
    name, _, argument = spec.partition(":")
    t, unit = context.at.t, visibility.unit(trace, context)
    if name != "strip" or not context.known(t):
        return ""
    quantity = argument or "h"
    there = visibility.value(trace, context, quantity, t, unit)
    if there is None:
        return ""
    return context.words("caption.unit", q=quantity, n=unit, t=subscript(t), v=fixed(there))
