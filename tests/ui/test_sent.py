"""Only what is new is sent to the terminal, and no wide character is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnntutor.ui.sent import Shown

CELLS = 30
LETTERS = st.sampled_from(["a", "b", " ", "가", "▁", "e", "e\u0301"])  # the last: two characters
SPANS = st.lists(
    st.builds(
        lambda text, style: Segment(text, style),
        st.lists(LETTERS, max_size=4).map("".join),
        st.sampled_from([Style(bold=True), Style(italic=True)]),
    ),
    max_size=6,
)


def _row(segments: list[Segment]) -> list[Segment]:
    """The segments, padded to the row."""
    return [*segments, Segment(" " * (CELLS - sum(cell_len(s.text) for s in segments)), Style())]


def _grid(segments: list[Segment]) -> list[tuple[str, Style | None]]:
    out: list[tuple[str, Style | None]] = []
    for text, style, _ in segments:
        for character in text:
            if cell_len(character) == 0:
                out[-1] = (out[-1][0] + character, style)
                continue
            out += [(character, style), *[("", style)] * (cell_len(character) - 1)]
    return out


@given(SPANS, SPANS)
def test_a_row_is_as_it_should_be_when_only_the_news_are_sent(
    a: list[Segment], b: list[Segment]
) -> None:
    """Cell by cell, text and style; and a run begins and ends where characters do."""
    shown, old, new = Shown(), _grid(_row(a)), _grid(_row(b))
    assert shown.news(0, 0, _row(a)) == [(0, CELLS)]
    terminal = list(old)
    for first, last in shown.news(0, 0, _row(b)):
        for grid in (old, new):
            assert grid[first][0] and (last == CELLS or grid[last][0])
        terminal[first:last] = new[first:last]
    assert terminal == new
    assert shown.news(0, 0, _row(b)) == []


def test_one_number_that_moved_is_all_that_is_sent() -> None:
    shown = Shown()
    shown.news(0, 3, [Segment("h₁ = 0.462   끝")])
    assert shown.news(0, 3, [Segment("h₁ = 0.771   끝")]) == [(7, 10)]


def test_another_style_is_news_and_another_row_is_unknown() -> None:
    shown = Shown()
    shown.news(2, 0, [Segment("가나")])
    assert shown.news(2, 0, [Segment("가", Style(bold=True)), Segment("나")]) == [(2, 4)]
    assert shown.news(2, 1, [Segment("가나")]) == [(2, 6)]


def test_what_is_forgotten_is_sent_again() -> None:
    shown = Shown()
    shown.news(0, 0, [Segment("abc")])
    shown.forget()
    assert shown.news(0, 0, [Segment("abc")]) == [(0, 3)]
