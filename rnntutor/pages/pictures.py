"""Cache of a stage's views and captions, so that keys that change neither do not redraw them."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import NamedTuple

from rnntutor.nn.trace import Trace
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Rows

KEPT = 32  # maximum number of cached pictures of a run
RUNS = 2  # two stages may be shown side by side

# Histories and runs hold arrays, which have no simple equality, so they are compared by identity.
_BY_IDENTITY = ("history", "earlier", "before", "words")
_by_value = attrgetter(*[f.name for f in fields(ViewContext) if f.name not in _BY_IDENTITY])


class _CachedRows(NamedTuple):
    context: ViewContext
    rows: Rows


_Key = tuple[str, str, int, int]
_runs: list[tuple[Trace, dict[_Key, _CachedRows]]] = []


def cached_rows(what: str, spec: str, trace: Trace, context: ViewContext) -> Rows | None:
    """Return the cached rows of a run, or None if there are none or the context has changed.

    Args:
        what: "view" or "caption".
        spec: name of the view.
        trace: the run.
        context: the drawing context.
    """
    drawn = _drawn_of(trace)
    key = what, spec, context.width, context.height
    last = drawn.pop(key, None)
    if last is None or not _same(last.context, context):
        return None
    drawn[key] = last  # most recently used last
    return last.rows


def keep(what: str, spec: str, trace: Trace, context: ViewContext, rows: Rows) -> Rows:
    """Cache rows, and return them."""
    drawn = _drawn_of(trace)
    drawn[what, spec, context.width, context.height] = _CachedRows(context, rows)
    if len(drawn) > KEPT:
        del drawn[next(iter(drawn))]
    return rows


def _drawn_of(trace: Trace) -> dict[_Key, _CachedRows]:
    """Return the cached pictures of a run.

    Only the last RUNS runs are kept, because a run may hold most of a megabyte.
    """
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
