"""The layout of prose: widths, order, hanging indents, tables, links, and no lost text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sampling import given_some

from rnntutor.course.blocks import (
    Block,
    Blocks,
    Break,
    CodeBlock,
    GapMark,
    Heading,
    Inline,
    Link,
    Listing,
    MathBlock,
    Maths,
    Paragraph,
    Picture,
    Placeholder,
    Quote,
    Rule,
    Table,
    Text,
)
from rnntutor.render.primitives.wrap import clusters, wrap
from rnntutor.render.prose import Context, lay_out, lay_out_inline
from rnntutor.spans import Rows, Span, plain, width
from rnntutor.words import load

CONTEXT = Context(
    load("ko"),
    terms={"forget-gate": "망각 게이트"},
    roles={"forget-gate": "f"},
    steps={"cell.memory": "기억"}.__getitem__,
    slots={"h[1]": "0.462"},
)


def para(*parts: Text | Maths | Placeholder | GapMark | Break) -> Paragraph:
    return Paragraph(parts)


def shown(blocks: Blocks, cells: int = 40) -> list[str]:
    return [plain(row) for row in lay_out(blocks, cells, CONTEXT)]


def line(*parts: Text | Maths | Placeholder | GapMark | Break, cells: int = 60) -> tuple[Span, ...]:
    (row,) = lay_out_inline(parts, cells, CONTEXT)
    return row


# ---- words -------------------------------------------------------------------------------------


def test_korean_breaks_between_words_and_keeps_particles_and_points() -> None:
    text = Text("망각 게이트는 1일 때 기억을 남긴다.")
    assert shown((para(text),), 14) == ["망각 게이트는", "1일 때 기억을", "남긴다."]


def test_a_particle_stays_with_its_formula_and_emphasis() -> None:
    blocks = (
        para(
            Text("기억은 "), Maths("c_{t-1}"), Text("이고 "), Text("망각", strong=True), Text("은")
        ),
    )
    assert shown(blocks, 12) == ["기억은", "cₜ₋₁이고", "망각은"]


def test_a_short_formula_is_never_broken() -> None:
    assert shown((para(Text("여기서 "), Maths("c_1=0.9")),), 10) == ["여기서", "c₁ = 0.9"]


def test_numbers_that_are_read_one_after_the_other_stay_together() -> None:
    """A sequence of numbers is not wrapped, because its parts would look like two inputs."""
    for cells in range(12, 30):
        rows = shown((para(Text("input 1 1 −1 0 0.5 and 3 units, 4 4")),), cells)
        assert any("1 1 −1 0 0.5" in row for row in rows)
    long = " ".join(map(str, range(20)))
    assert len(shown((para(Text(long)),), 20)) > 1


def test_a_long_formula_breaks_at_operators() -> None:
    rows = shown((para(Maths("h_t=z_t\\odot h_{t-1}+(1-z_t)\\odot\\tilde h_t")),), 20)
    assert rows == ["hₜ = zₜ ⊙ hₜ₋₁ + (1", "− zₜ) ⊙ h̃ₜ"]


def test_a_word_wider_than_the_row_is_cut_but_no_point_begins_a_row() -> None:
    assert shown((para(Text("가나다라마.")),), 10) == ["가나다라", "마."]


def test_a_forced_break() -> None:
    assert shown((para(Text("a"), Break(), Text("b")),)) == ["a", "b"]


def test_a_formula_that_cannot_be_drawn_is_code() -> None:
    assert line(Maths(r"\frac{x}")) == (Span(r"\frac{x}", "code"),)
    # Unknown commands are shown as written, all else is rendered.
    assert plain(line(Maths(r"\foo x_t^2"))).replace("\u00a0", " ") == "\\foo xₜ²"


# ---- links, slots, gaps ------------------------------------------------------------------------


def test_a_term_is_called_by_its_headword_and_wears_its_quantity() -> None:
    (span,) = line(Text("", link=Link("term", "forget-gate")))
    assert span == Span("망각 게이트", "f", link="term:forget-gate")


def test_a_link_with_words_keeps_them() -> None:
    (span,) = line(Text("여기", link=Link("step", "cell.memory")))
    assert span == Span("여기", "accent", link="step:cell.memory")
    assert plain(line(Text("", link=Link("step", "cell.memory")))) == "기억"


def test_a_simulation_is_called_by_its_settings_and_leads_to_them() -> None:
    settings = (("cell", "lstm"), ("clamp_f", 0), ("clamp_i@4.1", 1), ("text", "가 나"))
    (span,) = line(Text("", link=Link("sim", "cell", settings)))
    assert span.text == "셀(LSTM, f = 0 고정, ‘가 나’)"
    assert span.link == 'sim:cell cell=lstm clamp_f=0 clamp_i@4.1=1 text="가 나"'


def test_a_link_over_two_rows_is_two_spans_of_one_link() -> None:
    rows = lay_out_inline((Text("망각 게이트", link=Link("term", "x")),), 8, CONTEXT)
    assert [[(s.text, s.link) for s in r] for r in rows] == [
        [("망각", "term:x")],
        [("게이트", "term:x")],
    ]


def test_slots_and_gaps() -> None:
    assert plain(line(Placeholder("h[1]"), Text(", "), GapMark(0))) == "0.462, [      ]"
    context = Context(load("ko"), gap=lambda n: Span(f"<{n} x>", "right"))
    rows = lay_out_inline((Text("가나다 "), GapMark(2)), 9, context)
    assert [plain(r) for r in rows] == ["가나다", "<2 x>"], "a gap stays in one piece"


# ---- blocks ------------------------------------------------------------------------------------


def test_blocks_have_a_blank_row_between_them() -> None:
    assert shown((para(Text("a")), MathBlock("x=1"), para(Text("b")))) == [
        "a",
        "",
        "    x = 1",
        "",
        "b",
    ]


def test_lists_hang_and_nest() -> None:
    inner = Listing(((para(Text("셋")),),), start=9)
    items = ((para(Text("하나 둘 하나 둘")),), (para(Text("둘")), inner))
    assert shown((Listing(items),), 12) == ["• 하나 둘", "  하나 둘", "• 둘", "  9. 셋"]


def test_numbers_stand_under_each_other() -> None:
    rows = shown((Listing(tuple((para(Text("x")),) for _ in range(10)), start=1),))
    assert (rows[0], rows[9]) == (" 1. x", "10. x")


TABLE = Table(
    (para(Text("과제")).inline, para(Text("유형")).inline),
    (
        (para(Text("영화평")).inline, para(Text("1")).inline),
        (para(Text("ab")).inline, para(Text("22")).inline),
    ),
    ("left", "right"),
)


def test_columns_stand_under_each_other_by_cells() -> None:
    assert shown((TABLE,)) == ["과제    유형", "────────────", "영화평     1", "ab        22"]


def test_a_wide_cell_is_wrapped_and_a_narrow_table_is_listed() -> None:
    wide = Table(
        TABLE.head, ((para(Text("하나 둘 셋 넷")).inline, para(Text("x")).inline),), TABLE.align
    )
    assert shown((wide,), 16) == [
        "과제        유형",
        "────────────────",
        "하나 둘 셋     x",
        "넷",
    ]
    assert shown((TABLE,), 8)[:3] == ["과제", "영화평", "유형"]


def test_a_formula_too_wide_for_its_rows_becomes_a_line() -> None:
    source = (
        r"\frac{\partial L}{\partial U}=\sum_{t=1}^{T}\frac{\partial L}{\partial a_t}h_{t-1}^\top"
    )
    assert len(shown((MathBlock(source),), 30)) == 3
    rows = shown((MathBlock(source),), 20)
    assert "".join(" ".join(rows).split()) == "∂L/∂U=∑ₜ₌₁ᵀ∂L/∂aₜhₜ₋₁ᵀ"


def test_code_quote_picture_heading_rule() -> None:
    assert shown((CodeBlock("def f():\n    return 1"),)) == ["def f():", "    return 1"]
    assert shown((Quote((para(Text("a")), para(Text("b")))),)) == ["│ a", "│", "│ b"]
    assert shown((Picture("고양이 한 마리", "x.png"),), 12) == ["▨ 고양이 한", "  마리"]
    (row,) = lay_out((Heading(3, (Text("a"),)),), 20, CONTEXT)
    assert row == (Span("a", strong=True),)
    assert shown((Rule(),), 10) == ["──────────"]


# ---- any input ---------------------------------------------------------------------------------

WORDS = st.text(alphabet="가나은는를 망각게이트 abcW.,!?()─…\u0303é漢字", max_size=60)
STYLED = st.builds(Text, WORDS, strong=st.booleans(), code=st.booleans())
FORMULAS = st.sampled_from(["c_{t-1}", r"f_t\odot c_{t-1}+i_t", r"\foo", "x", r"\frac{1}{2}"])
INLINES = st.lists(st.one_of(STYLED, STYLED, FORMULAS.map(Maths), st.just(Break())), max_size=6)
PARAGRAPHS = INLINES.map(lambda i: Paragraph(tuple(i)))


def _tables(cells: list[list[Inline]]) -> Table:
    return Table(tuple(cells[0]), tuple(tuple(r) for r in cells[1:]), ("left",) * len(cells[0]))


CELLS = st.lists(st.lists(INLINES.map(tuple), min_size=2, max_size=2), min_size=1, max_size=4)
LEAVES: st.SearchStrategy[Block] = st.one_of(
    PARAGRAPHS,
    FORMULAS.map(MathBlock),
    WORDS.map(CodeBlock),
    WORDS.map(lambda w: Picture(w, "")),
    CELLS.map(_tables),
)


def _nest(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(blocks, max_size=3).map(tuple)
    return st.one_of(
        several.map(Quote),
        st.builds(
            Listing,
            st.lists(several, min_size=1, max_size=3).map(tuple),
            st.sampled_from([None, 1, 99]),
        ),
    )


BLOCKS = st.lists(st.recursive(LEAVES, _nest, max_leaves=8), max_size=4).map(tuple)


@given_some(40, 100, BLOCKS, st.integers(8, 90))
def test_rows_fit_and_have_no_blank_ends(blocks: Blocks, cells: int) -> None:
    for row in lay_out(blocks, cells, CONTEXT):
        assert width(row) <= cells
        assert not plain(row).endswith(" ")


@given(st.lists(STYLED, max_size=6), st.integers(4, 60))
def test_no_letter_is_lost_and_their_order_stays(parts: list[Text], cells: int) -> None:
    rows: Rows = lay_out_inline(tuple(parts), cells, CONTEXT)
    before = "".join("".join(p.text for p in parts).split())
    assert "".join("".join(plain(r) for r in rows).split()) == before


@given(st.lists(st.sampled_from(["가", "나는", "ab", "c."]), max_size=30), st.integers(8, 40))
def test_rows_are_filled_as_far_as_words_allow(words: list[str], cells: int) -> None:
    rows = wrap([Span(" ".join(words))], cells)
    for above, below in pairwise(rows):
        first = Span(plain(below).split(" ")[0])
        assert width(above) + 1 + first.width > cells


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "使用 Markdown编辑器，支持所见即所得。",
            ["使用 Markdown编辑", "器，支持所见即所", "得。"],
        ),
        ("これは「長い」文です。", ["これは「長い」文", "です。"]),
        ("コンピューターの表示です", ["コンピューターの", "表示です"]),
        ("순환(循環)신경망은 시계열을", ["순환(循環)신경망", "은 시계열을"]),
        ("시간의 흐름을 기억한다", ["시간의 흐름을", "기억한다"]),
    ],
)
def test_han_and_kana_fill_a_row_and_hangul_breaks_at_spaces(text: str, rows: list[str]) -> None:
    """No row begins with a closing mark or ends with an opening one; the fourth word is too
    wide."""
    assert [plain(row) for row in wrap([Span(text)], 17)] == rows


HAN = st.text(st.sampled_from("中文かなー、。「」（）a1 "), max_size=60)


@given(HAN, st.integers(4, 30))
def test_no_letter_of_han_and_kana_is_lost(text: str, cells: int) -> None:
    rows = [plain(row) for row in wrap([Span(text)], cells)]
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    assert all(Span(row).width <= cells for row in rows)


@pytest.mark.parametrize("text", ["c̃ₜ", "é", "👩\u200d🔬"])
def test_marks_stay_with_their_letters(text: str) -> None:
    assert "".join(clusters(text)) == text
    assert not any(c.startswith(("\u0303", "\u200d")) for c in clusters(text))


def test_code_is_coloured_in_its_language_and_none_of_it_is_lost() -> None:
    text = "def f(x):  # why\n\n    return 'a'\n"
    rows = lay_out((CodeBlock(text, "python"),), 60, Context(load("en")))
    assert [plain(row).replace("\u00a0", " ") for row in rows] == text.split("\n")
    roles = {span.text.strip(): span.role for row in rows for span in row}
    assert (roles["def"], roles["#\u00a0why" if "#\u00a0why" in roles else "# why"]) == (
        "accent",
        "grey",
    )
    # Text that a lexer would drop or move is shown as it is.
    for text, language in (("pip install x", "console"), ("a\tb\n\nabcd\te", "go")):
        rows = lay_out((CodeBlock(text, language),), 60, Context(load("en")))
        assert [plain(row) for row in rows] == text.expandtabs(4).split("\n")
    for language in ("", "no-such-language", "mermaid"):
        (row, *_) = lay_out((CodeBlock("def f", language),), 60, Context(load("en")))
        assert {span.role for span in row} == {"code"}


def test_equations_that_get_a_row_each_have_no_comma_behind_them() -> None:
    source = r"f_t=\sigma(W_fx_t+b_f),\qquad h_t=f_t\odot h_{t-1}"
    (together,) = shown((MathBlock(source),), 60)
    assert "," in together
    apart = shown((MathBlock(source),), 30)
    assert len(apart) == 2 and not any(row.rstrip().endswith(",") for row in apart)


def test_a_formula_that_draws_nothing_leaves_no_rows() -> None:
    """A formula that only defines macros leaves no blank rows."""
    assert shown((MathBlock(""), para(Text("after")))) == ["after"]
