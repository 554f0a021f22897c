"""A panel of many rows: what stands under the chosen view grows before rows stay empty."""

from __future__ import annotations

from rnntutor.course.load import open_course
from rnntutor.pages.stage import HIGHEST, SECOND, stage_rows
from rnntutor.places import lessons_dir
from rnntutor.session import stage as stages
from rnntutor.spans import plain
from rnntutor.words import load

WORDS = load("en")


def lowest(height: int) -> int:
    """Rows that the second view of lesson 5's first page takes in a panel of that height."""
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
