"""The unrolled strip: heights of bars, visible units, widths of labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from rnntutor.render.views import strip
from rnntutor.render.views.registry import view
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.sims import find
from rnntutor.spans import Rows, plain
from rnntutor.words import load

CELL = find("cell")


def picture(
    units: int,
    width: int = 76,
    height: int = 8,
    unit: int = 0,
    h0: float | Sequence[float] = 0.0,
    text: str = "",
    t: int = 3,
    phase: int | None = None,
) -> Rows:
    """Return the strip of h of a small cell, by default after all phases of step 3."""
    given = {"cell": "rnn", "units": units, "T": 3, "seed": 2, "h0": h0, "text": text}
    made = CELL.make(given)
    trace, phases = CELL.trace(made), CELL.phases(made)
    at = Cursor(t, len(phases) if phase is None else phase)
    context = ViewContext(load("en"), at, phases, width=width, height=height, unit=unit)
    return view("strip:h", trace, context)


def drawn(units: int, **asked: Any) -> list[str]:
    return [plain(row).rstrip() for row in picture(units, **asked)]


def apart(height: int) -> int:
    """Return the number of rows between the numbers of two units."""
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


def full_bars(units: int, height: int) -> str:
    """Return the column of step 0 from the first unit's bar down, with every unit at 1."""
    rows = drawn(units, height=height, h0=[1] * units)
    return "".join(row.ljust(10)[9] for row in rows[2:]).lstrip()


@pytest.mark.parametrize(
    ("units", "height", "each"), [(2, 60, 6), (4, 20, 3), (5, 20, 2), (8, 28, 2), (8, 36, 3)]
)
def test_high_bars_of_two_units_never_touch(units: int, height: int, each: int) -> None:
    """Two full bars without a gap would look like one."""
    assert full_bars(units, height) == " ".join(["█" * each] * units)


def test_low_bars_touch_before_they_lose_a_row() -> None:
    assert full_bars(4, 12) == "██" * 4
    assert full_bars(4, 9) == "█" * 4


@pytest.mark.parametrize(
    ("each", "cell"), [(7, "█−"), (8, "█−0.50"), (9, "█ −0.50"), (10, "██ −0.50")]
)
def test_a_column_holds_what_it_has_the_room_for(each: int, cell: str) -> None:
    """With more width come the bar with its sign, the number, a blank, and a wider bar."""
    row = drawn(1, width=6 + 1 + 4 * each, height=6, h0=[-0.5])[-1]
    assert row[6 : 6 + each].strip() == cell


def test_where_there_is_no_room_for_numbers_only_what_is_negative_has_a_sign() -> None:
    """Neither 0 nor values that are not computed yet have one."""
    rows = drawn(3, width=6 + 1 + 4 * 7, height=6, h0=[0, -1, 1], t=0)
    assert [row[6:].split() for row in rows[2:]] == [
        [sign, "·", "·", "·"] for sign in ("·", "█−", "█")
    ]


def test_the_sign_of_the_cursor_s_step_is_white_and_every_other_grey() -> None:
    row = picture(1, width=6 + 1 + 4 * 7, height=3, h0=[-1])[-1]
    *before, last = [(span.role, span.back) for span in row if span.text == "−"]
    assert set(before) == {("grey", "")} and last == ("", "lit")


def test_what_the_phase_reads_is_marked() -> None:
    """The first phase of step 3 reads only h of step 2."""
    values = [span for span in picture(1, phase=1)[-1] if "." in span.text]
    assert len(values) == 3, "h of step 3 is not computed yet"
    assert [(v.role, v.em, v.back) for v in values] == [
        ("grey", False, ""),
        ("grey", False, ""),
        ("h", True, "lit"),
    ]


def test_long_words_take_two_rows_where_the_picture_is_roomy() -> None:
    words = "extraordinary film unbelievable"
    high, low = (drawn(1, width=40, height=n, text=words) for n in (strip.ROOMY, strip.ROOMY - 1))
    assert high[1].split() == ["x", "film"] and "extraordinary" in high[2]
    assert low[1].split()[:3] == ["x", "extra…", "film"]


def test_a_unit_that_stands_alone_has_no_name() -> None:
    assert not any("u0" in row for row in drawn(1, height=12))


@pytest.mark.parametrize("width", [60, 76])
@pytest.mark.parametrize("unit", range(16))
def test_the_chosen_unit_is_always_in_view(unit: int, width: int) -> None:
    """A sign after the first and the last name marks hidden units beyond them."""
    rows = drawn(16, width=width, height=8, unit=unit)
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
    """The first column, of step 0 without an input, starts after the label."""
    unit = next(row for row in drawn(2, width=width) if "u1" in row)
    assert unit[label:].lstrip()[0] in "·−0123456789", unit
    assert not unit[6:label].strip()


def test_the_chosen_unit_is_in_view_where_only_one_is() -> None:
    for unit in range(3):
        assert f"u{unit}" in drawn(3, height=3, unit=unit)[2]


def test_units_are_set_apart_exactly_where_all_rows_fit() -> None:
    """Two units of two rows, each with a blank row above, fit six rows but not five."""

    def named(height: int) -> list[int]:
        rows = drawn(2, height=height)
        return [n for n, row in enumerate(rows) if "u0" in row or "u1" in row]

    assert named(8) == [4, 7]
    assert named(7) == [3, 5]


def shared(width: int, t: int = 3, T: int = 3) -> tuple[str, str]:
    """Return the head of a strip with shared weights, and the line below it."""
    made = CELL.make({"cell": "rnn", "units": 1, "T": T, "seed": 2})
    trace, phases = CELL.trace(made), CELL.phases(made)
    at = Cursor(t, len(phases))
    context = ViewContext(load("en"), at, phases, width=width, height=8, shared=True)
    rows = [plain(row) for row in view("strip:h", trace, context)]
    return rows[0], rows[-1]


def test_what_stands_below_the_units_has_its_row_however_many_there_are() -> None:
    """It is never cut; only as many bars are shown as fit above it."""
    made = CELL.make({"cell": "rnn", "units": 9, "T": 3, "seed": 2})
    trace, phases = CELL.trace(made), CELL.phases(made)
    for height in (6, 8, 12, 20):
        at = Cursor(3, len(phases))
        context = ViewContext(load("en"), at, phases, width=76, height=height, shared=True)
        rows = [plain(row) for row in view("strip:h", trace, context)]
        assert rows[-1].startswith("W, U") and len(rows) <= height
        assert sum(" u" in row for row in rows) == min(9, height - 3)


@pytest.mark.parametrize(("width", "t", "T"), [(76, 3, 3), (50, 3, 3), (76, 2, 20), (76, 20, 20)])
def test_the_shared_weights_span_the_steps_and_not_the_start(width: int, t: int, T: int) -> None:
    """The double line starts at the column of step 1, with its words in the middle."""
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


def test_the_words_below_the_steps_are_short_where_two_signs_on_each_side_would_not_fit() -> None:
    words = load("en")("strip.shared", n=7)
    seen = {}
    for width in range(35, 100):
        line = shared(width, 3, 7)[1]
        double = line[line.index("═") : line.rindex("═") + 1]
        said = double.strip("═").strip()
        assert said == (words if len(double) >= len(f"══ {words} ══") else "W, U"), width
        seen[len(double)] = said
    assert seen[len(f"══ {words} ══")] == words and "W, U" in seen.values()


def test_what_the_lesson_does_not_point_at_is_dim() -> None:
    made = CELL.make({"cell": "rnn", "units": 1, "T": 3, "seed": 2})
    trace, phases = CELL.trace(made), CELL.phases(made)
    at = Cursor(3, len(phases))

    def inks(marks: str, *focus: str) -> set[str]:
        context = ViewContext(load("en"), at, phases, width=76, focus=frozenset(focus))
        rows = view("strip:h", trace, context)[2:]
        return {span.role for row in rows for span in row if set(span.text) & set(marks)}

    bars, numbers = "▁▂▃▄▅▆▇█", ".0123456789"
    assert inks(bars) == inks(bars, "h") != inks(bars, "a") == {"faint"}
    assert inks(numbers) == inks(numbers, "h") == {"", "grey"}, "that of the cursor's step is white"
    assert inks(numbers, "a") == {"grey"}


def test_what_is_wanted_of_the_memory_stands_below_the_steps_at_which_it_matters() -> None:
    words = load("en")
    made = CELL.make({"cell": "lstm", "units": 1, "T": 3, "wanted": [0.5, "", -1]})
    trace, phases = CELL.trace(made), CELL.phases(made)
    context = ViewContext(words, Cursor(3, len(phases)), phases, width=76, height=8)
    rows = [plain(row) for row in view("strip:c", trace, context)]
    below = next(row for row in rows if words("strip.wanted") in row)
    assert below.split(words("strip.wanted"))[1].split() == ["+0.5", "−1"]


@pytest.mark.parametrize(("quantity", "legend"), [("h", "█=1"), ("f", "█=1"), ("c", "█=5")])
def test_a_full_bar_is_1_unless_something_is_larger(quantity: str, legend: str) -> None:
    """So small gates have small bars; a cell state may be larger than 1."""
    made = CELL.make({"cell": "lstm", "units": 1, "T": 3, "c0": [4.5], "clamp_f": 0.2})
    trace, phases = CELL.trace(made), CELL.phases(made)
    context = ViewContext(load("en"), Cursor(3, len(phases)), phases, width=76, height=8)
    assert legend in plain(view(f"strip:{quantity}", trace, context)[0])
