"""Only what changed is sent, and no wide character is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from rnntutor.spans import Span, row
from rnntutor.ui.rows_view import changed_cells

TEXT = st.text(alphabet="ab 가나▁█é", max_size=30)


def _edges(text: str) -> set[int]:
    """The cells at which characters begin, and the end."""
    at, found = 0, {0}
    for character in text:
        at += cell_len(character)
        found.add(at)
    return found


@given(TEXT, TEXT)
def test_a_changed_region_holds_every_difference_and_cuts_no_character(a: str, b: str) -> None:
    cells = 40
    first, last = changed_cells(row(a), row(b), cells)
    assert 0 <= first < last <= cells
    for text in (a, b):
        edges = _edges(text) | set(range(cell_len(text), cells + 1))
        assert first in edges and last in edges
    # Outside the region both rows read the same.
    assert _outside(a, first, last, cells) == _outside(b, first, last, cells)


def _outside(text: str, first: int, last: int, cells: int) -> list[str]:
    grid: list[str] = []
    for character in text:
        grid += [character] + [""] * (cell_len(character) - 1)
    grid += [" "] * (cells - len(grid))
    return grid[:first] + grid[last:]


def test_one_number_that_moved_is_all_that_changed() -> None:
    before = row(Span("h₁ = "), Span("0.462", "h"), Span("   끝"))
    after = row(Span("h₁ = "), Span("0.771", "h"), Span("   끝"))
    assert changed_cells(before, after, 60) == (7, 10)


def test_another_colour_is_a_change() -> None:
    assert changed_cells(row(Span("가나")), row(Span("가", "h"), Span("나")), 10) == (0, 2)
