"""Inline markup: emphasis next to Korean, links, slots, gaps, formulas."""

from __future__ import annotations

import pytest
from lessons_written import good, parsed

from rnntutor.course.blocks import (
    Block,
    Break,
    Inline,
    Link,
    MathBlock,
    Maths,
    Paragraph,
    Picture,
    Placeholder,
    Text,
)
from rnntutor.render.links import target


def blocks(source: str) -> tuple[Block, ...]:
    return good(f"# T\n\n## S {{#s}}\n\n{source}\n").steps[0].blocks


def inline(source: str) -> Inline:
    (paragraph,) = blocks(source)
    assert isinstance(paragraph, Paragraph)
    return paragraph.inline


@pytest.mark.parametrize(
    ("source", "bold", "rest"),
    [
        ("**트랜스포머(Transformer)**가 등장", "트랜스포머(Transformer)", "가 등장"),
        ('**"기억"**이다', '"기억"', "이다"),
        ("**하나의 상태 벡터만 유지**하도록", "하나의 상태 벡터만 유지", "하도록"),
        ("**bold** text", "bold", " text"),
    ],
)
def test_emphasis_closes_beside_korean(source: str, bold: str, rest: str) -> None:
    assert inline(source) == (Text(bold, strong=True), Text(rest))


def test_stars_between_spaces_are_no_emphasis() -> None:
    assert inline("가 * 나 * 다") == (Text("가 * 나 * 다"),)


def test_bold_ends_before_a_formula() -> None:
    assert inline("**$f_t$**는") == (Maths("f_t", strong=True), Text("는"))


def test_digits_may_touch_dollars() -> None:
    assert inline("$0$과 $1$") == (Maths("0"), Text("과 "), Maths("1"))


def test_links() -> None:
    assert inline("{term:forget-gate}(forget gate)") == (
        Text("", link=Link("term", "forget-gate")),
        Text("(forget gate)"),
    )
    assert inline("{step:cell.memory}") == (Text("", link=Link("step", "cell.memory")),)
    assert inline("[망각](term:forget-gate)") == (Text("망각", link=Link("term", "forget-gate")),)
    assert inline("<https://a.b>") == (Text("https://a.b", link=Link("url", "https://a.b")),)


def test_two_links_in_a_row_stay_two() -> None:
    assert len(inline("{term:a}{term:a}")) == 2


def test_settings_of_a_link_are_toml_scalars() -> None:
    source = '{sim:cell cell=lstm units=2 clamp_f@4.1=0 x=[1, -1] text="a b" W_f[0][1]=0.5 s=true}'
    (text,) = inline(source)
    assert isinstance(text, Text)
    assert text.link is not None
    assert text.link.settings == (
        ("cell", "lstm"),
        ("units", 2),
        ("clamp_f@4.1", 0),
        ("x", (1, -1)),
        ("text", "a b"),
        ("W_f[0][1]", 0.5),
        ("s", True),
    )


def test_a_link_may_name_the_view_that_its_sentence_speaks_of() -> None:
    (text,) = inline('{sim:batch mask=on view="rows:loss"}')
    assert isinstance(text, Text)
    assert text.link == Link("sim", "batch", (("mask", "on"),), "rows:loss")
    assert target(text.link) == 'sim:batch mask=on view="rows:loss"'


def test_braces_that_are_no_link_are_text() -> None:
    assert inline("the set {0, 1}") == (Text("the set {0, 1}"),)


def test_slots() -> None:
    assert inline("값: {{ h[2] }}, $h_2={{ h[2] }}$") == (
        Text("값: "),
        Placeholder("h[2]"),
        Text(", "),
        Maths("h_2={{ h[2] }}"),
    )


def test_a_line_break_in_the_source_is_a_space_and_two_blanks_a_break() -> None:
    assert inline("a\nb") == (Text("a b"),)
    assert inline("a  \nb") == (Text("a"), Break(), Text("b"))


def test_display_formulas_and_pictures_cut_a_paragraph() -> None:
    assert blocks("a $$x=1$$ b") == (
        Paragraph((Text("a"),)),
        MathBlock("x=1"),
        Paragraph((Text("b"),)),
    )
    assert blocks("![A cat](cat.png)") == (Picture("A cat", "cat.png"),)


def test_entities_cannot_smuggle_controls() -> None:
    assert inline("a&#x202e;b") == (Text("a\ufffdb"),)


def test_a_formula_in_a_heading_and_an_escaped_dollar() -> None:
    lesson, problems = parsed("# T\n\n## $c_t$ {#s}\n\n\\$5\n")
    assert not problems
    assert lesson.steps[0].title == (Maths("c_t"),)
    assert lesson.steps[0].blocks == (Paragraph((Text("$5"),)),)
