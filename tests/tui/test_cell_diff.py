"""Only changed cells are sent to the terminal, and no wide character is split."""

from __future__ import annotations

from itertools import product

import pyte
import pytest
from hypothesis import strategies as st
from rich.cells import cell_len, set_cell_size
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from sampling import given_some

from rnntutor.render.theme import THEMES, Theme
from rnntutor.tui.terminal.cell_diff import NEAR, ScreenBuffer
from rnntutor.tui.terminal.widths import clusters, is_doubtful

CELLS = 48  # six spans of four wide letters
UNSURE = "हि"  # its width differs between terminals
# With combining marks, of width zero, after a narrow and a wide character.
LETTERS = st.sampled_from(["a", "b", " ", "가", "나", "▁", "e", "e\u0301", "가\u0301"])
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
    """Pad the segments to a full row."""
    return [*segments, Segment(" " * (CELLS - sum(cell_len(s.text) for s in segments)), Style())]


Seen = tuple[str, str, str, bool, bool, bool, bool]  # text, colours, bold, italic, underlined, …


def _terminal(cells: str, rows: int = 1) -> list[Seen]:
    """Return the cells of a terminal's first rows after it received `cells`."""
    screen = pyte.Screen(CELLS, rows + 1)
    pyte.Stream(screen).feed(cells)
    found = []
    for y, x in product(range(rows), range(CELLS)):
        at = screen.buffer[y][x]
        seen = at.data, at.fg, at.bg, at.bold, at.italics, at.underscore, at.reverse
        if at.data == " " and not (at.underscore or at.reverse):
            seen = (" ", "", at.bg, False, False, False, False)
        found.append(seen)
    return found


def _alone(segments: list[Segment], y: int = 0) -> str:
    """Return the segments as Rich writes them."""
    return f"\x1b[{y + 1};1H" + "".join(
        style.render(text, color_system=ColorSystem.EIGHT_BIT) if style else text
        for text, style, _ in segments
    )


@given_some(40, 400, SPANS, SPANS)
def test_a_terminal_shows_what_rich_would_have_written(a: list[Segment], b: list[Segment]) -> None:
    """Text, colours and attributes are right for any previous row, and the style is reset at the
    end."""
    buffer, one, two = ScreenBuffer(), _row(a), _row(b)
    sent = buffer.diff([(0, 0, one)]) + buffer.diff([(0, 0, two)])
    assert _terminal(sent) == _terminal(_alone(two))
    screen = pyte.Screen(CELLS, 2)
    pyte.Stream(screen).feed(sent + "x")
    assert screen.cursor.attrs == pyte.Screen(CELLS, 2).cursor.attrs


@given_some(40, 400, st.lists(st.tuples(SPANS, SPANS), min_size=3, max_size=5))
def test_rows_that_change_together_are_as_rich_would_have_written_them(
    rows: list[tuple[list[Segment], list[Segment]]],
) -> None:
    """Runs may be sent in another order than that of the rows; no cell depends on it."""
    buffer, sent = ScreenBuffer(), ""
    for frame in zip(*rows, strict=True):
        sent += buffer.diff([(0, y, _row(segments)) for y, segments in enumerate(frame)])
    wanted = "".join(_alone(_row(new), y) for y, (_, new) in enumerate(rows))
    assert _terminal(sent, len(rows)) == _terminal(wanted, len(rows))


def _lit(column: int, texts: list[str]) -> list[tuple[int, int, list[Segment]]]:
    """Return rows in which each text stands four times, once on the background of the cursor."""
    page, lit = Style(bgcolor="color(235)"), Style(bgcolor="color(237)")
    return [
        (0, y, [Segment(text, lit if n == column else page) for n in range(4)])
        for y, text in enumerate(texts)
    ]


def test_a_lit_column_that_moves_takes_two_changes_of_the_background() -> None:
    """Not two in each row."""
    buffer, texts = ScreenBuffer(), ["    "] * 9
    buffer.diff(_lit(0, texts))
    assert buffer.diff(_lit(1, texts)).count("\x1b[48;5;") == 2


def test_runs_stay_whole_where_cutting_them_takes_more_bytes() -> None:
    """A change between two of the terminal's own colours is shorter than moving the cursor."""
    row = [Segment(" ", Style(bgcolor=colour)) for colour in ("red", "green") * 4]
    assert ScreenBuffer().diff([(0, 0, row)]).count("H") == 1


def test_a_row_of_doubtful_widths_is_written_as_a_whole_among_others() -> None:
    """The others may be cut and sorted; this one is erased and written before them."""
    texts = [*["    "] * 8, f"{UNSURE}  "]
    buffer = ScreenBuffer()
    buffer.diff(_lit(0, texts))
    sent = buffer.diff(_lit(1, texts))
    whole, others = sent.split("\x1b[1;1H")
    assert whole.count("\x1b[K") == 1 and whole.count(UNSURE) == 4
    assert UNSURE not in others and "\x1b[8;" in others


def test_a_style_is_not_told_again_and_blanks_have_no_colour_of_their_own() -> None:
    red, green = Style(color="red", bgcolor="blue"), Style(color="green", bgcolor="blue")
    row = [Segment("ab", red), Segment("   ", green), Segment("c", red)]
    assert ScreenBuffer().diff([(4, 2, row)]) == "\x1b[3;5H\x1b[31;44mab   c\x1b[0m"


@pytest.mark.parametrize("colours", [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT])
@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_the_colours_of_a_theme_are_exact_and_short(theme: Theme, colours: ColorSystem) -> None:
    """Each is sent by its number in the palette, of which Rich itself chooses a similar one.

    Black and the darkest blues, which some users change, stay 24 bits where the terminal has them.
    """
    shown = sorted({theme.page, theme.stage, theme.lit, *theme.colours.values()} - {"#000000"})
    assert len(shown) > 10
    buffer, screen = ScreenBuffer(colours), pyte.Screen(len(shown), 1)
    sent = buffer.diff([(0, 0, [Segment("x", Style(color=colour)) for colour in shown])])
    assert ";2;" not in sent
    pyte.Stream(screen).feed(sent)
    assert [f"#{screen.buffer[0][n].fg}" for n in range(len(shown))] == shown


@pytest.mark.parametrize("colour", ["#000000", "#0000ff", "#123456"])
def test_other_colours_keep_their_bits(colour: str) -> None:
    sent = ScreenBuffer(ColorSystem.TRUECOLOR).diff([(0, 0, [Segment("x", Style(color=colour))])])
    assert "\x1b[38;2;" in sent


def _grid(segments: list[Segment]) -> list[tuple[str, Style | None]]:
    out: list[tuple[str, Style | None]] = []
    for text, style, _ in segments:
        for character in text:
            if cell_len(character) == 0:
                joined = max(n for n, (text, _) in enumerate(out) if text)
                out[joined] = (out[joined][0] + character, out[joined][1])
                continue
            seen = style
            if character == " " and style and not (style.underline or style.reverse):
                seen = Style(bgcolor=style.bgcolor)
            out += [(character, seen), *[("", seen)] * (cell_len(character) - 1)]
    return out


@given_some(40, 400, SPANS, SPANS)
def test_a_row_is_as_it_should_be_when_only_its_changed_runs_are_sent(
    a: list[Segment], b: list[Segment]
) -> None:
    """The changed runs update text and style of every cell, and start and end at whole
    characters."""
    buffer, old, new = ScreenBuffer(), _grid(_row(a)), _grid(_row(b))
    assert buffer.changed_runs(0, 0, _row(a)) == [(0, CELLS)]
    terminal = list(old)
    for first, last in buffer.changed_runs(0, 0, _row(b)):
        for grid in (old, new):
            assert grid[first][0] and (last == CELLS or grid[last][0])
        terminal[first:last] = new[first:last]
    assert terminal == new
    assert buffer.changed_runs(0, 0, _row(b)) == []


def test_one_number_that_moved_is_all_that_is_sent() -> None:
    buffer = ScreenBuffer()
    buffer.changed_runs(0, 3, [Segment("h₁ = 0.462   끝")])
    assert buffer.changed_runs(0, 3, [Segment("h₁ = 0.771   끝")]) == [(7, 10)]


def test_the_cursor_is_moved_over_what_is_the_same_where_that_is_long() -> None:
    """Up to NEAR unchanged cells are sent again, as this takes fewer bytes than moving the
    cursor."""
    buffer, same = ScreenBuffer(), "x" * NEAR
    buffer.changed_runs(0, 0, [Segment(f"a{same}b{same}xc")])
    assert buffer.changed_runs(0, 0, [Segment(f"A{same}B{same}xC")]) == [
        (0, NEAR + 2),
        (2 * NEAR + 3, 2 * NEAR + 4),
    ]


def test_a_mark_belongs_to_all_of_its_wide_character() -> None:
    """A changed combining mark resends both cells; a terminal would join it to the wrong
    character."""
    buffer = ScreenBuffer()
    buffer.changed_runs(0, 0, [Segment("a가b")])
    assert buffer.changed_runs(0, 0, [Segment("a가\u0301b")]) == [(1, 3)]
    assert buffer.changed_runs(0, 0, [Segment("a가b")]) == [(1, 3)]


def test_another_style_is_news_and_another_row_is_unknown() -> None:
    buffer = ScreenBuffer()
    buffer.changed_runs(2, 0, [Segment("가나")])
    assert buffer.changed_runs(2, 0, [Segment("가", Style(bold=True)), Segment("나")]) == [(2, 4)]
    assert buffer.changed_runs(2, 1, [Segment("가나")]) == [(2, 6)]


def test_what_is_forgotten_is_sent_again() -> None:
    buffer = ScreenBuffer()
    buffer.changed_runs(0, 0, [Segment("abc")])
    buffer.forget()
    assert buffer.changed_runs(0, 0, [Segment("abc")]) == [(0, 3)]


def test_text_after_a_gap_of_two_blanks_begins_anew_where_widths_are_doubtful() -> None:
    """Text after one blank continues, because each cursor movement costs bytes."""
    here = cell_len(UNSURE)

    def runs(text: str, column: int = 0) -> list[tuple[int, int]]:
        return ScreenBuffer().changed_runs(column, 0, [Segment(text)])

    assert runs(f"{UNSURE} b") == [(0, here + 2)]
    assert runs(f"{UNSURE}  b") == [(0, here + 2), (here + 2, here + 3)]
    for column in (0, 3):
        assert runs(f" {UNSURE}", column) == [(column, column + here + 1)]


def test_a_row_of_doubtful_widths_is_erased_in_its_own_background() -> None:
    """Otherwise the rest of the row would have another background."""
    blue = Style(bgcolor="blue")
    first = ScreenBuffer().diff([(0, 0, [Segment(f"{UNSURE} ", blue)])])
    assert first.startswith("\x1b[1;1H\x1b[44m\x1b[K")
    behind = ScreenBuffer().diff([(0, 0, [Segment(UNSURE, blue)]), (4, 1, [Segment(UNSURE)])])
    assert "\x1b[2;1H\x1b[49m\x1b[K" in behind


def test_of_a_row_that_is_forgotten_no_width_is_doubtful() -> None:
    buffer = ScreenBuffer()
    buffer.diff([(0, 0, [Segment(UNSURE)])])
    buffer.forget()
    assert buffer.diff([(0, 0, [Segment("ab")])]) == "\x1b[1;1Hab"


def test_a_row_that_has_no_doubtful_width_any_more_is_sent_by_what_changes() -> None:
    buffer, plain = ScreenBuffer(), "x" * cell_len(UNSURE)
    buffer.changed_runs(0, 0, [Segment(f"{UNSURE}abc")])
    buffer.changed_runs(0, 0, [Segment(f"{plain}abc")])
    assert buffer.changed_runs(0, 0, [Segment(f"{plain}abd")]) == [(len(plain) + 2, len(plain) + 3)]


def test_a_row_of_doubtful_widths_is_erased_from_its_first_column() -> None:
    buffer = ScreenBuffer()
    buffer.diff([(0, 0, [Segment(f"{UNSURE}abc")])])
    assert buffer.diff([(4, 0, [Segment("x")])]).startswith("\x1b[1;1H")


class Halving(pyte.Screen):
    """A terminal that blanks the other half of a wide character when one half is overwritten."""

    def draw(self, data: str) -> None:
        for character in data:
            row, x, cells = self.buffer[self.cursor.y], self.cursor.x, cell_len(character)
            before, behind = row[x].data, row[x + cells].data
            super().draw(character)
            if before == "" and x:
                row[x - 1] = row[x - 1]._replace(data=" ")
            if behind == "" and x + cells < self.columns:
                row[x + cells] = row[x + cells]._replace(data=" ")


@given_some(
    40,
    400,
    st.lists(st.tuples(st.integers(0, 12), st.text("ab 가나", min_size=1, max_size=6)), max_size=8),
)
def test_no_half_of_a_wide_character_is_left(pieces: list[tuple[int, str]]) -> None:
    """Text that overwrites parts of wide characters leaves no halves."""
    screens, buffer = (Halving(CELLS, 1), Halving(CELLS, 1)), ScreenBuffer()
    for x, text in pieces:
        pyte.Stream(screens[0]).feed(buffer.diff([(x, 0, [Segment(text)])]))
        pyte.Stream(screens[1]).feed(f"\x1b[1;{x + 1}H{text}")
        assert screens[0].display == screens[1].display


# Skin tone, Devanagari and Tamil vowel signs, a joined family, a keycap, a flag, a heart.
DOUBTFUL = ["👍🏽", "हि", "மி", "👨\u200d👩\u200d👧", "1\ufe0f\u20e3", "🇰🇷", "❤\ufe0f"]
TEXTS = st.lists(st.sampled_from([*DOUBTFUL, "a", "가", " ", "   "]), max_size=8).map("".join)


class Disagreeing(pyte.Screen):
    """A terminal that disagrees on character widths.

    Attributes:
        shares: width in cells of characters that have none here, and extra width of other doubtful
            characters.
    """

    shares = (0, 0)

    def draw(self, data: str) -> None:
        more, emoji = self.shares
        for character in data:
            cells = cell_len(character)
            if is_doubtful(character):
                cells = min(2, max(1, cells + emoji)) if cells else more
            for _ in range(cells):
                super().draw(character if character.isascii() else "X")


def _shown_by(shares: tuple[int, int], cells: str) -> list[str]:
    screen = Disagreeing(CELLS, 2)
    screen.shares = shares
    screen.reset_mode(7, private=True)  # as Textual sets it: long lines do not wrap
    pyte.Stream(screen).feed(cells)
    return [row.rstrip() for row in screen.display]


@given_some(
    40,
    400,
    st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3),
    st.integers(0, 2),
    st.integers(-1, 1),
)
def test_a_row_of_doubtful_widths_does_not_depend_on_what_stood_there(
    rows: list[tuple[str, str]], more: int, emoji: int
) -> None:
    """A row with two pieces is shown as in an empty row, for any widths of the terminal.

    Text after a gap is at its right column.
    """
    shares, half = (more, emoji), CELLS // 2

    def pieces(texts: tuple[str, str]) -> list[tuple[int, int, list[Segment]]]:
        fitted = (set_cell_size(f" {text}"[:12], half - 2) + "  " for text in texts)
        return [(n * half, 0, [Segment(text)]) for n, text in enumerate(fitted)]

    buffer = ScreenBuffer()
    sent = "".join(buffer.diff(pieces(texts)) for texts in rows)
    assert _shown_by(shares, sent) == _shown_by(shares, ScreenBuffer().diff(pieces(rows[-1])))
    assert buffer.diff(pieces(rows[-1])) == ""


def test_text_after_a_gap_stands_in_its_column_whatever_came_before() -> None:
    row = "👍🏽 हि 1\ufe0f\u20e3"
    text = f"{row}{' ' * (20 - cell_len(row))}▾"
    sent = ScreenBuffer().diff([(0, 0, [Segment(text)])])
    for shares in ((0, 0), (1, 0), (2, 1), (0, -1)):
        assert _shown_by(shares, sent)[0][20] == "X"


def test_what_is_left_of_a_wide_character_moves_nothing_in_a_row_of_doubtful_widths() -> None:
    for column, left in ((1, " xXX X"), (2, "XXx  X")):
        buffer = ScreenBuffer()
        sent = buffer.diff([(0, 0, [Segment("가나 हि")])])
        sent += buffer.diff([(column, 0, [Segment("x")])])
        assert _shown_by((0, 0), sent)[0] == left


@given_some(40, 400, TEXTS)
def test_characters_are_counted_as_the_layout_counts_them(text: str) -> None:
    assert sum(cells for _, cells in clusters(text)) == cell_len(text)
    assert "".join(cluster for cluster, _ in clusters(text)) == text
