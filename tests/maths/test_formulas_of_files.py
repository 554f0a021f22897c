"""Typical formulas of files are all drawn, without wrong letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnntutor.maths.display import display_rows
from rnntutor.maths.errors import MathsError
from rnntutor.maths.inline import glued_spans
from rnntutor.maths.macros import definitions, expand
from rnntutor.spans import plain

FORMULAS = (Path(__file__).parent / "formulas.txt").read_text(encoding="utf-8").splitlines()
KNOWN = "\\unknowncommand"  # copied unchanged


def test_every_formula_is_drawn_in_a_line_and_alone() -> None:
    for source in FORMULAS:
        inline = plain(glued_spans(source, loose=True))
        apart = "\n".join(plain(row) for row in display_rows(source, loose=True))
        for drawn in (inline, apart):
            assert drawn.strip(), source
            assert "\\" not in drawn.replace(KNOWN, "").replace("∖", ""), (source, drawn)
            # A mathematical italic letter, or a question mark, remains of an unknown command.
            assert not any(
                "\U0001d400" <= c <= "\U0001d7ff" for c in drawn.replace("𝔼", "").replace("𝟙", "")
            )
            assert "?" not in drawn, (source, drawn)


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        (r"\large x", "x"),
        (r"Var_1 + Var(X)", "Var₁ + Var(X)"),
        ("endog_i", "endogᵢ"),
        (r"var\_weights_i \cdot x1\_max", "var_weightsᵢ · x 1_max"),
        ("p_i for all i", "pᵢ for all i"),
        ("W x_t + UWx_t + mgh_1", "W xₜ + UW xₜ + mg h₁"),
        (r"x_abc + \frac abc", "xₐ bc + a/b c"),
        ('float("inf")', 'float("inf")'),
        (r"\color{red} x", "x"),
        (r"x \tag{3}", "x"),
        (r"\mathbb R^n", "ℝⁿ"),
        (r"\text{hidden\_size}", "hidden_size"),
        (r"1{,}000", "1,000"),
        (r"\frac{a}{b}^2", "(a/b)²"),
        (r"a \not= b", "a ≠ b"),
        (r"\overline{xy}", "overline(xy)"),
        (r"\nothing x", "\\nothing x"),
        (r"\operatorname*{argmax}_x", "argmaxₓ"),
        (r"\mathbf{C_1}_{i}", "C₁ᵢ"),
        (r"\mathcal{L_1}^2", "ℒ₁²"),
        ("a\\\n+ b", "a + b"),
        (r"\text{if $t_i \le x$, else $0$,}", "if tᵢ ≤ x, else 0,"),
        (r"\mathbb{\mathbb{V}} x", "V x"),
        (r"{N \brace K}", "{N; K}"),
        (r"\frac{a}{{M \choose n}}", "a/(M; n)"),
        (r"X^{{-1}}", "X⁻¹"),
        (r"\hat{Y_i} + \bar{w_{ij}}", "Ŷᵢ + w̄ᵢⱼ"),
        (r"\sqrt[3]{x}", "³√x"),
        (r"\llbracket n \rrbracket", "⟦n⟧"),
        (r"\verb|a_b| = 1", "a_b = 1"),
        (r"\frac{\part z}{\part x}", "∂z/∂x"),
        (r"\min_{a \ge 0 \\ b} x", "min_(a≥0;b) x"),
        (r"\mathrm{min\text{-}P}", "min-P"),
        (r"x \underline{y}", "xy"),
    ],
)
def test_what_a_formula_degrades_to(source: str, drawn: str) -> None:
    assert plain(glued_spans(source, loose=True)).replace("\u00a0", " ") == drawn


def test_lines_are_aligned_where_the_first_is_longer() -> None:
    rows = [plain(row) for row in display_rows(r"\begin{split} a &= b \\ &= c \end{split}")]
    assert rows == ["a = b", "  = c"]


def test_a_root_keeps_its_degree_in_rows_too() -> None:
    rows = display_rows(r"\sqrt[n]{\prod_{i=1}^n a_i} + \frac{1}{2}")
    assert "ⁿ" in "".join(plain(row).replace("a", "") for row in rows)
    assert any("ⁿ╰┘" in plain(row) or "ⁿ" in plain(row).partition("∏")[0] for row in rows)


def test_a_fraction_at_the_beginning_of_a_later_row() -> None:
    rows = display_rows(r"\begin{cases}0&x<0\\\frac12&x=0\end{cases}")
    assert any("─" in plain(row) for row in rows)
    assert sum("1" in plain(row) for row in rows) == 1


def test_commands_that_stand_for_each_other_come_to_an_end() -> None:
    macros = definitions(r"\newcommand{\a}{\b\b}\newcommand{\b}{\a\a}\def\c#1{\hat{#1}}")
    assert expand(r"\a + \c x", macros) == r"\a + \c x"
    assert expand(r"\c x", macros) == r"{\hat{x}}"
    with pytest.raises(MathsError):
        glued_spans("{" * 100, loose=True)
