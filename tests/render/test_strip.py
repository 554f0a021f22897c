"""The unrolled strip: how tall a bar is, which units are in view, how wide the labels are."""

from __future__ import annotations

import pytest

from rnntutor.render.views import strip
from rnntutor.render.views.registry import view
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.sims import find
from rnntutor.spans import plain
from rnntutor.words import load

CELL = find("cell")


def drawn(units: int, width: int = 76, height: int = 8, unit: int = 0) -> list[str]:
    made = CELL.make({"cell": "rnn", "units": units, "T": 3, "seed": 2})
    trace, phases = CELL.trace(made), CELL.phases(made)
    at = Cursor(3, len(phases))
    context = ViewContext(load("en"), at, phases, width=width, height=height, unit=unit)
    return [plain(row).rstrip() for row in view("strip:h", trace, context)]


def apart(height: int) -> int:
    """How many rows lie between the numbers of two units."""
    two = drawn(2, height=height)
    first, second = (next(n for n, row in enumerate(two) if f"u{u}" in row) for u in (0, 1))
    return second - first


def test_one_unit_has_a_taller_bar_than_each_of_several() -> None:
    assert len(drawn(1, height=12)) == 2 + 1 + strip.ALONE, "under a blank row"
    assert apart(12) == strip.SEVERAL + 1, "with a blank row between"


def test_bars_grow_with_the_picture_up_to_three_times() -> None:
    alone = [len(drawn(1, height=height)) - 3 for height in (12, 26, 38, 60)]
    assert alone == [strip.ALONE, 2 * strip.ALONE, 3 * strip.ALONE, 3 * strip.ALONE]
    assert apart(60) == 3 * strip.SEVERAL + 1


@pytest.mark.parametrize(("units", "height"), [(4, 16), (4, 20), (8, 28), (8, 30)])
def test_high_bars_of_two_units_never_touch(units: int, height: int) -> None:
    """Two full bars on top of each other would be read as one."""
    rows = drawn(units, height=height)
    first, second = (next(n for n, row in enumerate(rows) if f"u{u}" in row) for u in (0, 1))
    assert second - first > strip.SEVERAL and not rows[first + 1].strip()


def test_a_unit_that_stands_alone_has_no_name() -> None:
    assert not any("u0" in row for row in drawn(1, height=12))


@pytest.mark.parametrize("unit", range(16))
def test_the_chosen_unit_is_always_in_view(unit: int) -> None:
    """And a sign behind the first and the last name says that there are others beyond it."""
    rows = drawn(16, height=8, unit=unit)
    named = [row.split()[0 if row.split()[0] != "h" else 1] for row in rows[2:]]
    shown = [int(name[1:].strip("…")) for name in named]
    assert len(shown) == 6
    assert unit in shown
    assert shown == list(range(shown[0], shown[0] + 6))
    more = [n for n, name in zip(shown, named, strict=True) if name.endswith("…")]
    assert more == [*([shown[0]] if shown[0] else []), *([shown[-1]] if shown[-1] < 15 else [])]


def test_all_units_are_in_view_where_there_is_room() -> None:
    rows = drawn(6, height=8)
    assert len(rows) == 8 and all(f"u{u}" in rows[2 + u] for u in range(6))


@pytest.mark.parametrize(("width", "label"), [(69, 6), (70, 8)])
def test_labels_are_narrower_where_there_is_little_room(width: int, label: int) -> None:
    """A column begins behind the label: that of step 0, which has no input."""
    unit = next(row for row in drawn(2, width=width) if "u1" in row)
    assert unit[label:].lstrip()[0] in "·−0123456789", unit
    assert not unit[6:label].strip()


def test_the_chosen_unit_is_in_view_where_only_one_is() -> None:
    for unit in range(3):
        assert f"u{unit}" in drawn(3, height=3, unit=unit)[2]


def test_units_are_set_apart_exactly_where_all_rows_fit() -> None:
    """Two units of two rows and a blank one above each fit six rows below the head; not five."""

    def named(height: int) -> list[int]:
        rows = drawn(2, height=height)
        return [n for n, row in enumerate(rows) if "u0" in row or "u1" in row]

    assert named(8) == [4, 7]
    assert named(7) == [3, 5]


def shared(width: int, t: int = 3, T: int = 3) -> tuple[str, str]:
    """The head and the line below a strip that shows the shared weights."""
    made = CELL.make({"cell": "rnn", "units": 1, "T": T, "seed": 2})
    trace, phases = CELL.trace(made), CELL.phases(made)
    at = Cursor(t, len(phases))
    context = ViewContext(load("en"), at, phases, width=width, height=8, shared=True)
    rows = [plain(row) for row in view("strip:h", trace, context)]
    return rows[0], rows[-1]


@pytest.mark.parametrize(("width", "t", "T"), [(76, 3, 3), (50, 3, 3), (76, 2, 20), (76, 20, 20)])
def test_the_shared_weights_span_the_steps_and_not_the_start(width: int, t: int, T: int) -> None:
    """The double line begins where the column of step 1 does, its words in the middle."""
    head, line = shared(width, t, T)
    assert line.startswith("W, U")
    left, right = line.index("═"), line.rindex("═")
    label = 8 if width >= 70 else 6
    scrolled = "‹" in head
    words = line[left : right + 1].strip("═")
    before, after = line[left : right + 1].split(words)
    assert abs(len(before) - len(after)) <= 1 and min(len(before), len(after)) >= 2
    if scrolled:
        assert left == label
    else:
        assert left > label and head[label:left].split() in (["0"], ["[0]"])


def test_what_the_lesson_does_not_point_at_is_dim() -> None:
    made = CELL.make({"cell": "rnn", "units": 1, "T": 3, "seed": 2})
    trace, phases = CELL.trace(made), CELL.phases(made)
    at = Cursor(3, len(phases))

    def inks(*focus: str) -> set[str]:
        context = ViewContext(load("en"), at, phases, width=76, focus=frozenset(focus))
        rows = view("strip:h", trace, context)[2:]
        return {span.role for row in rows for span in row if set(span.text) & set("▁▂▃▄▅▆▇█")}

    assert inks() == inks("h") != inks("a") == {"faint"}


def test_what_is_wanted_of_the_memory_stands_below_the_steps_at_which_it_matters() -> None:
    words = load("en")
    made = CELL.make({"cell": "lstm", "units": 1, "T": 3, "wanted": [0.5, "", -1]})
    trace, phases = CELL.trace(made), CELL.phases(made)
    context = ViewContext(words, Cursor(3, len(phases)), phases, width=76, height=8)
    rows = [plain(row) for row in view("strip:c", trace, context)]
    below = next(row for row in rows if words("strip.wanted") in row)
    assert below.split(words("strip.wanted"))[1].split() == ["+0.5", "−1"]
