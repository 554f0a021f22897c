"""Curves in braille: size, position, ticks, and distinction."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from rnntutor.numbers import amount, column
from rnntutor.render.primitives.curves import Axis, Mark, Series, plot, sample
from rnntutor.spans import ROLES, plain, width

UNIT = Axis(0, 1, ((0, "0"), (1, "1")))
values = st.floats(allow_nan=True, allow_infinity=True)


def drawn(points: list[tuple[float, float]], **how: object) -> list[str]:
    x = Axis(0, 1)
    rows = plot([Series(tuple(points))], x, Axis(0, 1), cells=10, rows=2, **how)  # type: ignore[arg-type]
    return [plain(row) for row in rows]


@given(
    points=st.lists(st.tuples(values, values), max_size=20),
    cells=st.integers(0, 120),
    rows=st.integers(1, 16),
    letters=st.booleans(),
)
def test_a_picture_has_exactly_its_size(
    points: list[tuple[float, float]], cells: int, rows: int, letters: bool
) -> None:
    """This holds for any curves and size; with `letters` all characters are ASCII."""
    one, two = Series(tuple(points), "h", "R"), Series(((0, 0), (1, 1)), "c", "L", dotted=True)
    marks = [Mark(0.5, 0.5)]
    picture = plot(
        [one, two], UNIT, UNIT, cells=cells, rows=rows, level=0.5, marks=marks, letters=letters
    )
    assert len(picture) == rows
    assert all(width(row) == cells for row in picture)
    assert all(span.role in ROLES for row in picture for span in row)
    assert not letters or all(plain(row).isascii() for row in picture)


def test_corners() -> None:
    """The first dot is at the lower left, the last at the upper right."""
    assert drawn([(0, 0)]) == [" " * 10, "⡀" + " " * 9]
    assert drawn([(1, 1)]) == [" " * 9 + "⠈", " " * 10]
    assert drawn([(0, 0), (1, 0)])[1] == "⣀" * 10


def test_a_curve_that_leaves_the_axis_says_so_and_is_not_drawn_along_its_edge() -> None:
    assert drawn([(0, -5), (1, -5)]) == [" " * 10, "▼" + " " * 9]
    assert drawn([(0, 1e300), (1, math.inf)]) == ["▲" + " " * 9, " " * 10]
    top, bottom = drawn([(0, 0), (1, 3)])
    assert "▲" in top and not top[top.index("▲") + 1 :].strip()
    assert "▼" not in bottom and bottom.strip()
    there = drawn([(0, 0), (1, 3)], letters=True)
    assert "^" in there[0] and all(row.isascii() for row in there)


def test_what_is_no_number_breaks_the_curve() -> None:
    assert drawn([(0, math.nan), (1, 1)]) == drawn([(1, 1)])
    broken = drawn([(0, 0), (0.4, math.inf), (1, 0)])[1]
    assert broken.strip("⡀⢀").strip() == ""


def test_a_steep_curve_has_no_gaps() -> None:
    rows = plot(
        [Series(((0, 0), (0.5, 0), (0.51, 1), (1, 1)))], Axis(0, 1), Axis(0, 1), cells=20, rows=5
    )
    assert all(plain(row).strip() for row in rows)


def test_a_growing_curve_leaves_what_stood_before() -> None:
    """Another point changes only the cells near it."""
    points = [(n / 20, (n / 20) ** 2) for n in range(21)]
    for n in range(1, 20):
        now, then = "".join(drawn(points[:n])), "".join(drawn(points[: n + 1]))
        assert sum(a != b for a, b in zip(now, then, strict=True)) <= 3


def test_two_curves_are_told_apart_without_colour() -> None:
    solid = Series(((0, 0.5), (1, 0.5)), mark="R")
    dotted = Series(((0, 0.5), (1, 0.5)), mark="L", dotted=True)
    rows = [plain(plot([s], Axis(0, 1), Axis(0, 1), cells=12, rows=1)[0]) for s in (solid, dotted)]
    assert rows[0] != rows[1]
    assert sample(solid).text != sample(dotted).text
    both = plot([solid, dotted], Axis(0, 1), Axis(0, 1), cells=12, rows=1, letters=True)
    assert plain(both[0]) == "R" * 12


def test_an_axis_may_run_the_other_way_and_ticks_never_touch() -> None:
    x = Axis(10, 0, tuple((float(n), f"{n}") for n in range(11)))
    row = plain(plot([], x, Axis(0, 1), cells=20, rows=2)[-1])
    assert row.split()[0] == "10" and row.split()[-1] == "0"
    assert all(part.isdigit() and int(part) <= 10 for part in row.split())


def test_a_number_stands_at_its_value_and_the_axis_has_its_name_between_two() -> None:
    """The leftmost number starts at the left edge, the rightmost ends at the right edge."""
    x = Axis(-50, 0, ((-50, "50"), (-25, "25"), (0, "0")), "distance")
    row = plain(plot([], x, Axis(0, 1), cells=60, rows=2)[-1])
    assert row.startswith("50") and row.endswith("0")
    assert row.split() == ["50", "distance", "25", "0"]
    assert abs(row.index("25") + 0.5 - 29.5) <= 1
    narrow = plain(plot([], x, Axis(0, 1), cells=20, rows=2)[-1])
    assert narrow.split() == ["50", "25", "0"]


@given(st.floats(-1e300, 1e300))
def test_an_amount_is_short_and_right(value: float) -> None:
    shown = amount(value)
    assert len(shown) <= 9 and len(column(value)) >= 8
    read = float(shown.replace("−", "-"))
    assert math.isclose(read, value, rel_tol=0.06, abs_tol=1e-300)


def test_amounts_as_they_are_written() -> None:
    wanted = {0.12: "0.120", -0.5: "−0.500", 97.678: "97.68", 4210: "4210", 2.1e-47: "2.1e−47"}
    wanted |= {12345.0: "1.2e4", 0.0: "0.000", math.inf: "∞", 2e-9: "2.0e−9", 134.25: "134.2"}
    assert {value: amount(value) for value in wanted} == wanted
