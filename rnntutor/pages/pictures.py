"""The pictures of a stage and what is said of them, kept: a key that changes none of them does not
draw them again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import NamedTuple

from rnntutor.nn.trace import Trace
from rnntutor.render.views.caption import caption
from rnntutor.render.views.registry import view
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Rows

KEPT = 32

# Histories and runs hold arrays, which have no equality of their own: identity is compared.
_BY_IDENTITY = ("history", "earlier", "before", "words")
_by_value = attrgetter(*[f.name for f in fields(ViewContext) if f.name not in _BY_IDENTITY])

Draw = Callable[[str, Trace, ViewContext], Rows]


class _Drawn(NamedTuple):
    trace: Trace
    context: ViewContext
    rows: Rows


_drawn: dict[tuple[Draw, str, int, int], _Drawn] = {}


def picture(spec: str, trace: Trace, context: ViewContext) -> Rows:
    """The rows of a view, at most context.height."""
    return _kept(view, spec, trace, context)


def captioned(spec: str, trace: Trace, context: ViewContext) -> Rows:
    """What is said under it."""
    return _kept(_caption, spec, trace, context)


def _caption(spec: str, trace: Trace, context: ViewContext) -> Rows:
    return caption(trace, context, spec)


def _kept(draw: Draw, spec: str, trace: Trace, context: ViewContext) -> Rows:
    """The rows that `draw` makes of a view of this run, made anew only where something differs."""
    place = draw, spec, context.width, context.height
    last = _drawn.get(place)
    if last is not None and last.trace is trace and _same(last.context, context):
        return last.rows
    rows = draw(spec, trace, context)
    _drawn.pop(place, None)  # the newest stands last
    _drawn[place] = _Drawn(trace, context, rows)
    if len(_drawn) > KEPT:
        del _drawn[next(iter(_drawn))]
    return rows


def _same(one: ViewContext, other: ViewContext) -> bool:
    if one.history is not other.history or one.words is not other.words:
        return False
    if one.before is not other.before or one.earlier is not other.earlier:
        return False
    return bool(_by_value(one) == _by_value(other))
