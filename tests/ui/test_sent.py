"""Only what is new is sent to the terminal, and no wide character is cut."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from rnntutor.ui.sent import Shown

CELLS = 30
LETTERS = st.sampled_from(["a", "b", " ", "가", "▁", "e", "e\u0301"])  # the last: two characters
STYLES = [
    Style(),
    Style(bold=True, color="color(75)", bgcolor="color(234)"),
    Style(color="color(75)", bgcolor="color(237)"),
    Style(italic=True, underline=True, bgcolor="color(234)"),
    Style(reverse=True, bold=True, color="#5fafff"),
    Style(color="red", bgcolor="bright_blue"),
]
SPANS = st.lists(
    st.builds(
        lambda text, style: Segment(text, style),
        st.lists(LETTERS, max_size=4).map("".join),
        st.sampled_from(STYLES),
    ),
    max_size=6,
)


def _row(segments: list[Segment]) -> list[Segment]:
    """The segments, padded to the row."""
    return [*segments, Segment(" " * (CELLS - sum(cell_len(s.text) for s in segments)), Style())]


Seen = tuple[str, str, str, bool, bool, bool, bool]  # text, colours, bold, italic, underlined, …


def _terminal(cells: str) -> list[Seen]:
    """What a terminal shows in its first row after it was sent `cells`."""
    screen = pyte.Screen(CELLS, 2)
    pyte.Stream(screen).feed(cells)
    row = screen.buffer[0]
    found = []
    for x in range(CELLS):
        at = row[x]
        seen = at.data, at.fg, at.bg, at.bold, at.italics, at.underscore, at.reverse
        if at.data == " " and not (at.underscore or at.reverse):
            seen = (" ", "", at.bg, False, False, False, False)
        found.append(seen)
    return found


def _alone(segments: list[Segment]) -> str:
    """The segments as Rich writes them."""
    return "\x1b[1;1H" + "".join(
        style.render(text, color_system=ColorSystem.EIGHT_BIT) if style else text
        for text, style, _ in segments
    )


@given(SPANS, SPANS)
def test_a_terminal_shows_what_rich_would_have_written(a: list[Segment], b: list[Segment]) -> None:
    """Text, colours and attributes, whatever stood there before; and the pen is put down clean."""
    shown, one, two = Shown(), _row(a), _row(b)
    sent = shown.sent([(0, 0, one)]) + shown.sent([(0, 0, two)])
    assert _terminal(sent) == _terminal(_alone(two))
    screen = pyte.Screen(CELLS, 2)
    pyte.Stream(screen).feed(sent + "x")
    assert screen.cursor.attrs == pyte.Screen(CELLS, 2).cursor.attrs


def test_a_style_is_not_told_again_and_blanks_have_no_colour_of_their_own() -> None:
    red, green = Style(color="red", bgcolor="blue"), Style(color="green", bgcolor="blue")
    row = [Segment("ab", red), Segment("   ", green), Segment("c", red)]
    assert Shown().sent([(4, 2, row)]) == "\x1b[3;5H\x1b[31;44mab   c\x1b[0m"


def _grid(segments: list[Segment]) -> list[tuple[str, Style | None]]:
    out: list[tuple[str, Style | None]] = []
    for text, style, _ in segments:
        for character in text:
            if cell_len(character) == 0:
                out[-1] = (out[-1][0] + character, out[-1][1])
                continue
            seen = style
            if character == " " and style and not (style.underline or style.reverse):
                seen = Style(bgcolor=style.bgcolor)
            out += [(character, seen), *[("", seen)] * (cell_len(character) - 1)]
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
