"""Drawing a picture: its points, its cursor, and its effect on the stage."""

from __future__ import annotations

import shlex

import numpy as np
import pytest
from hypothesis import strategies as st
from sampling import given_some

from rnntutor.session import drawing as drawings
from rnntutor.session import knobs, opening
from rnntutor.session import stage as stages
from rnntutor.session.drawing import Drawing
from rnntutor.session.stage import Stage

SIDE = 8
EMPTY = " ".join(["." * SIDE] * SIDE)
TEE = "####.... .##..... .##..... .##..... ........ ........ ........ ........"

points = st.lists(st.tuples(*[st.booleans()] * SIDE), min_size=SIDE, max_size=SIDE).map(tuple)
cursors = st.tuples(st.integers(0, SIDE - 1), st.integers(0, SIDE - 1))
DRAWINGS = st.builds(lambda drawn, chosen, at: Drawing(drawn, chosen, *at), points, points, cursors)


def stage(**settings: str) -> Stage:
    given_ = tuple({"type": "vec-seq", **settings}.items())
    return stages.open_stage(opening.spec("types", given_, lang="en"))


def rows(drawing: Drawing) -> list[str]:
    return drawings.as_text(drawing).split()


# ---- the points and the cursor ---------------------------------------------------------------


@given_some(25, 100, DRAWINGS, st.integers(-20, 20), st.integers(-20, 20))
def test_the_cursor_stays_on_the_points(drawing: Drawing, down: int, right: int) -> None:
    moved = drawings.move(drawing, down, right)
    assert 0 <= moved.row < SIDE and 0 <= moved.column < SIDE
    assert moved.points == drawing.points
    inside = 0 <= drawing.row + down < SIDE and 0 <= drawing.column + right < SIDE
    if inside:
        assert (moved.row, moved.column) == (drawing.row + down, drawing.column + right)


@given_some(25, 100, DRAWINGS)
def test_a_toggle_changes_the_point_under_the_cursor_alone(drawing: Drawing) -> None:
    after = drawings.toggle(drawing)
    differ = [
        (n, m)
        for n, (old, new) in enumerate(zip(drawing.points, after.points, strict=True))
        for m, (a, b) in enumerate(zip(old, new, strict=True))
        if a != b
    ]
    assert differ == [(drawing.row, drawing.column)]
    assert after.here is not drawing.here
    assert drawings.toggle(after) == drawing


@given_some(25, 100, DRAWINGS)
def test_clearing_leaves_no_point_and_dropping_brings_the_chosen_picture(drawing: Drawing) -> None:
    assert drawings.as_text(drawings.clear(drawing)) == EMPTY
    dropped = drawings.drop(drawings.clear(drawing))
    assert dropped.points == drawing.chosen
    assert (dropped.row, dropped.column) == (drawing.row, drawing.column)
    assert dropped.setting == "" and not dropped.own


@given_some(25, 100, DRAWINGS)
def test_the_chosen_picture_needs_no_drawing_any_other_is_one(drawing: Drawing) -> None:
    assert drawing.setting == (drawings.as_text(drawing) if drawing.own else "")
    assert drawing.own == (drawing.points != drawing.chosen)


# ---- on a stage ------------------------------------------------------------------------------


@pytest.mark.parametrize("noise", ["0", "0.6"])
def test_it_begins_with_the_chosen_shape_and_place_without_noise(noise: str) -> None:
    begun = drawings.begin_drawing(stage(shape="tee", place="top-left", noise=noise), "picture")
    assert drawings.as_text(begun) == TEE
    assert begun.setting == ""
    moved = drawings.begin_drawing(stage(shape="tee", place="bottom-right", noise=noise), "picture")
    assert rows(moved)[4:] == [row[4:] + row[:4] for row in TEE.split()[:4]]


def test_it_begins_with_the_drawn_picture_where_there_is_one() -> None:
    drawn = TEE.replace("#", "x").replace("....", "...x", 1)
    begun = drawings.begin_drawing(stage(picture=drawn), "picture")
    assert rows(begun)[0] == "####...#"
    assert drawings.as_text(drawings.drop(begun)) == TEE


def test_an_empty_picture_is_one() -> None:
    before = stage(noise="0")
    empty = drawings.clear(drawings.begin_drawing(before, "picture"))
    after = drawings.with_drawing(before, "picture", empty)
    assert after.complaint is None
    assert knobs.as_text(after, "picture") == EMPTY
    assert not np.any(after.trace["picture"])
    assert drawings.begin_drawing(after, "picture").points == empty.points


def test_what_is_tried_is_what_the_stage_then_runs() -> None:
    before = stage()
    drawing = drawings.clear(drawings.begin_drawing(before, "picture"))
    said = set()
    for row in range(SIDE):
        drawing = drawings.toggle(drawings.put(drawing, row, 0))
        trial = drawings.trial(before, "picture", drawing)
        after = drawings.with_drawing(before, "picture", drawing)
        np.testing.assert_array_equal(trial["p"], after.trace["p"])
        assert trial.names["said"] == after.trace.names["said"]
        said.add(trial.names["said"])
    assert len(said) > 1
    assert knobs.as_text(before, "picture") == ""


def test_taking_over_what_is_there_is_no_change() -> None:
    for before in (stage(), stage(picture=EMPTY)):
        assert (
            drawings.with_drawing(before, "picture", drawings.begin_drawing(before, "picture"))
            is before
        )


@pytest.mark.parametrize("change", [drawings.toggle, drawings.clear, drawings.drop])
def test_the_line_leads_back_to_the_picture(change: object) -> None:
    assert callable(change)
    before = stage(picture=TEE.replace("#", ".", 2), place="middle")
    after = drawings.with_drawing(
        before, "picture", change(drawings.begin_drawing(before, "picture"))
    )
    parts = shlex.split(knobs.command_line(after))[3:]
    pairs = {name[2:]: value for name, value in zip(parts[::2], parts[1::2], strict=True)}
    again = stage(**{name: value for name, value in pairs.items() if name != "t"})
    assert again.settings == after.settings
    np.testing.assert_array_equal(again.trace["picture"], after.trace["picture"])
