"""In a high panel the views below the chosen one grow before rows stay empty."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.pages.stage import HIGHEST, SECOND, stage_rows
from rnntutor.session import opening
from rnntutor.session import stage as stages
from rnntutor.spans import plain
from rnntutor.words import load

WORDS = load("en")


def lowest(height: int) -> int:
    """Return the rows of the second view on lesson 5's first page in a panel of that height."""
    step = open_course(lessons_dir(), WORDS).lesson("lstm", "en").steps[0]
    assert step.sim is not None
    stage = stages.open_stage(step.sim, predicted=True)
    rows = [plain(row).strip() for row in stage_rows(stage, WORDS, 90, height)]
    assert len(rows) == height
    begins = next(n for n, row in enumerate(rows) if row.startswith("2 "))
    filled = [n for n, row in enumerate(rows) if row]
    return filled[-1] - begins


def test_the_second_view_grows_with_the_panel_up_to_a_height() -> None:
    found = [lowest(height) for height in (24, 34, 60)]
    assert SECOND <= found[0] < found[1] <= found[2] == HIGHEST


def test_a_second_view_grows_where_a_third_does_not_fit() -> None:
    """The attention map below the example is complete, not cut for a view that does not fit."""
    stage = stages.open_stage(opening.spec("attention", (), "en"), predicted=True)
    stage = replace(stage, view=stage.views.index("toy"), transport=stage.transport.end())
    for height in (31, 33, 36):
        rows = [plain(row).rstrip() for row in stage_rows(stage, WORDS, 116, height)]
        weights = [row for row in rows if row.endswith("100%")]
        assert len(weights) == len(stage.trace.names["said"])
