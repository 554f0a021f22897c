"""Columns of steps: a label that fits a column of ordinary width is never cut.

In the lessons' pictures no label is cut at all.
"""

from __future__ import annotations

import pytest
from sampling import in_turn

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.render.primitives.columns import columns, inputs
from rnntutor.render.views.registry import view
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.sims import find
from rnntutor.spans import plain
from rnntutor.words import LANGUAGES, load


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
        assert label in plain(inputs(cols, trace, "x")[0])


@pytest.mark.parametrize(("cells", "lang"), in_turn([56, 76, 116], LANGUAGES))
def test_the_inputs_over_a_picture_of_a_lesson_are_whole(cells: int, lang: str) -> None:
    """Words wider than a column alternate between two rows instead of being cut."""
    words, seen = load(lang), set()
    course = open_course(lessons_dir(), words)
    steps = [step for entry in course.entries for step in course.lesson(entry.id, lang).steps]
    for spec in (step.sim for step in steps if step.sim is not None):
        simulation = find(spec.use)
        made = simulation.make(dict(spec.settings))
        views = [v for v in spec.views if v.split(":")[0] in ("strip", "difference")]
        trace = simulation.trace(made) if views else None
        for name in views if trace and any(not x.isdigit() for x in trace.labels) else ():
            assert trace is not None
            for t in (0, trace.steps // 2, trace.steps):
                phases = simulation.phases(made)
                context = ViewContext(words, Cursor(t, t and 1), phases, width=cells, height=14)
                rows = [plain(row) for row in view(name, trace, context)]
                first = next(n for n, row in enumerate(rows) if row.startswith("x"))
                assert "…" not in rows[first] + rows[first + 1], (spec.use, name, rows)
                seen.add(name)
    assert {"strip", "difference"} <= seen
