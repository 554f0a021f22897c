"""The pictures of a stage and what is said of them, kept: a key that changes none of them does not
draw them again."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import NamedTuple

from rnntutor.nn.trace import Trace
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Rows

KEPT = 32  # pictures of one run
RUNS = 2  # two stages may stand side by side

# Histories and runs hold arrays, which have no equality of their own: identity is compared.
_BY_IDENTITY = ("history", "earlier", "before", "words")
_by_value = attrgetter(*[f.name for f in fields(ViewContext) if f.name not in _BY_IDENTITY])


class _CachedRows(NamedTuple):
    context: ViewContext
    rows: Rows


_Place = tuple[str, str, int, int]
_runs: list[tuple[Trace, dict[_Place, _CachedRows]]] = []


def kept(what: str, spec: str, trace: Trace, context: ViewContext) -> Rows | None:
    """The rows that were kept of this run; None where none were, or something differs since.

    Args:
        what: "view", or "caption".
        spec: of which view.
    """
    drawn = _drawn_of(trace)
    place = what, spec, context.width, context.height
    last = drawn.pop(place, None)
    if last is None or not _same(last.context, context):
        return None
    drawn[place] = last  # the newest stands last
    return last.rows


def keep(what: str, spec: str, trace: Trace, context: ViewContext, rows: Rows) -> Rows:
    """Keep these rows, and return them."""
    drawn = _drawn_of(trace)
    drawn[what, spec, context.width, context.height] = _CachedRows(context, rows)
    if len(drawn) > KEPT:
        del drawn[next(iter(drawn))]
    return rows


def _drawn_of(trace: Trace) -> dict[_Place, _CachedRows]:
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
