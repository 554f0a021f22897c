"""Columns of steps: a label that fits a column of ordinary width is never cut."""

from __future__ import annotations

import pytest

from rnntutor.render.primitives.columns import columns, inputs
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.sims import find
from rnntutor.spans import plain
from rnntutor.words import load


@pytest.mark.parametrize("cells", [56, 76, 118])
def test_a_marked_number_is_whole_however_long_the_run(cells: int) -> None:
    race = find("race")
    made = race.make({"task": "adding", "T": 50})
    trace = race.trace(made)
    marked = [label for label in trace.labels if label.endswith("*")]
    assert len(marked) == 2
    for label in marked:
        at = Cursor(trace.labels.index(label) + 1, 1)
        context = ViewContext(load("en"), at, race.phases(made), width=cells)
        cols = columns(trace, context, label=6)
        assert cols.last - cols.first < trace.steps
        assert label in plain(inputs(cols, trace, "x"))
