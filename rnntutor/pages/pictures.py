"""The pictures of a stage, kept: a key that changes none of them does not draw them again."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from rnntutor.nn.trace import Trace
from rnntutor.render.views.registry import view
from rnntutor.render.views.view_context import NOTHING, ViewContext
from rnntutor.spans import Rows

KEPT = 32


class _Drawn(NamedTuple):
    trace: Trace
    context: ViewContext
    rows: Rows


_drawn: dict[tuple[str, int, int], _Drawn] = {}


def picture(spec: str, trace: Trace, context: ViewContext) -> Rows:
    """The rows of a view, at most context.height. Raises KeyError for a name that is no view."""
    place = spec, context.width, context.height
    last = _drawn.get(place)
    if last is not None and last.trace is trace and _same(last.context, context):
        return last.rows
    if len(_drawn) >= KEPT:
        _drawn.clear()
    rows = view(spec, trace, context)
    _drawn[place] = _Drawn(trace, context, rows)
    return rows


def _same(one: ViewContext, other: ViewContext) -> bool:
    """Histories and runs hold arrays, which have no equality of their own: they are told by
    identity."""
    if one.history is not other.history or one.words is not other.words:
        return False
    if one.before is not other.before or one.earlier is not other.earlier:
        return False
    return _still(one) == _still(other)


def _still(context: ViewContext) -> ViewContext:
    """The context without what is told by identity."""
    return replace(context, history=NOTHING, earlier=NOTHING, before=None)
