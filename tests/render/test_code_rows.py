"""Long lines of code are wrapped completely, or scrolled without losing text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnntutor.render.code_rows import WHOLE, code_rows, goes_on
from rnntutor.render.primitives.glyphs import ascii_text
from rnntutor.spans import Span, plain, width

LETTERS = st.text(st.sampled_from("ab 가나()\t´\u0301"), min_size=1, max_size=120)
LONG = "".join(f"f{n}(" for n in range(60))


@given(st.lists(LETTERS, min_size=1, max_size=4), st.integers(12, 60), st.integers(0, 200))
def test_what_is_seen_fits(lines: list[str], cells: int, start: int) -> None:
    assert all(width(row) <= cells for row in code_rows("\n".join(lines), "", cells, start))


@pytest.mark.parametrize("language", ["", "python"])
def test_moving_by_half_a_window_shows_every_letter(language: str) -> None:
    text = f"{LONG}\nshort"
    cells, seen = 40, set[str]()
    for start in range(0, 400, cells // 2):
        rows = code_rows(text, language, cells, start)
        seen |= {part for part in plain(rows[0]).strip("‹›").split("(") if part}
        left, right = goes_on(rows)
        assert left == (start > 0)
        assert right == plain(rows[0]).endswith("›")
    assert {f"f{n}" for n in range(60)} <= seen
    assert plain(rows[0]).endswith("f59("), "it goes no further than to the end of the longest"
    assert plain(rows[1]) == "‹", "a line that is wholly at the left says so"


@given(LETTERS, st.integers(4, 60))
def test_a_wrapped_line_says_where_it_goes_on_and_loses_nothing(line: str, cells: int) -> None:
    """Lines are wrapped beside a simulation and in a question, where the arrows have other uses."""
    rows = [plain(row) for row in code_rows(line, "", cells)]
    assert all(Span(row).width <= cells for row in rows)
    assert all(row.startswith("↪ ") for row in rows[1:])
    seen = "".join((rows[0], *(row.removeprefix("↪ ") for row in rows[1:])))
    assert seen.replace(" ", "") == line.expandtabs(4).replace(" ", "")


def test_the_sign_of_a_line_that_goes_on_is_written_in_ascii() -> None:
    assert ascii_text("↪ f(") == "> f("


def test_where_every_line_fits_nothing_moves() -> None:
    rows = code_rows("a\nb", "", 40, 20)
    assert [plain(row) for row in rows] == ["a", "b"]
    assert goes_on(rows) == (False, False)


def test_half_a_wide_letter_is_a_blank() -> None:
    rows = code_rows("가" * 40, "", 20, 2)
    assert width(rows[0]) == 20
    assert set(plain(rows[0])) == {"‹", "가", " ", "›"}


def test_whole_lines_are_as_long_as_they_are() -> None:
    assert [plain(row) for row in code_rows(LONG, "python", 20, WHOLE)] == [LONG]
