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

KEPT = 32  # pictures of one run
RUNS = 2  # two stages may stand side by side

# Histories and runs hold arrays, which have no equality of their own: identity is compared.
_BY_IDENTITY = ("history", "earlier", "before", "words")
_by_value = attrgetter(*[f.name for f in fields(ViewContext) if f.name not in _BY_IDENTITY])

Draw = Callable[[str, Trace, ViewContext], Rows]


class _Drawn(NamedTuple):
    context: ViewContext
    rows: Rows


_Place = tuple[Draw, str, int, int]
_runs: list[tuple[Trace, dict[_Place, _Drawn]]] = []


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
    drawn = _drawn_of(trace)
    place = draw, spec, context.width, context.height
    last = drawn.pop(place, None)
    if last is None or not _same(last.context, context):
        last = _Drawn(context, draw(spec, trace, context))
    drawn[place] = last  # the newest stands last
    if len(drawn) > KEPT:
        del drawn[next(iter(drawn))]
    return last.rows


def _drawn_of(trace: Trace) -> dict[_Place, _Drawn]:
    """What has been drawn of a run. Of those that are no longer on a stage nothing is kept: a run
    may hold most of a megabyte."""
    for run, drawn in _runs:
        if run is trace:
            return drawn
    _runs.append((trace, {}))
    del _runs[:-RUNS]
    return _runs[-1][1]


def _same(one: ViewContext, other: ViewContext) -> bool:
    if one.history is not other.history or one.words is not other.words:
        return False
    if one.before is not other.before or one.earlier is not other.earlier:
        return False
    return bool(_by_value(one) == _by_value(other))
