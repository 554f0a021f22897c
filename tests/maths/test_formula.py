"""Display formulas as rows of spans, and when TeXicode is loaded."""

from __future__ import annotations

import pytest

from rnntutor.maths.display import display_rows
from rnntutor.maths.inline import MathsError
from rnntutor.spans import plain, width

DRAWN = [
    (r"f_t=\sigma(W_fx_t+b_f)", ["fₜ = σ(W_f xₜ + b_f)"]),
    (
        r"\frac{\partial L}{\partial U}=\sum_{t=1}^{T}\frac{\partial L}{\partial a_t}h_{t-1}^\top",
        [
            " ∂L     T   ∂L",
            "╶──╴ =  ∑  ╶───╴ hₜ₋₁ᵀ",
            " ∂U    t=1  ∂aₜ",
        ],
    ),
    (
        r"p_k=\frac{e^{y_k}}{\sum_j e^{y_j}}",
        [
            "       e^yₖ",
            "pₖ = ╶───────╴",
            "      ∑ⱼ e^yⱼ",
        ],
    ),
    (
        r"W=\begin{bmatrix}1 & 0.5\\ -0.3 & 1\end{bmatrix}",
        [
            "    ⎡ 1   0.5⎤",
            "W = ⎣−0.3  1 ⎦",
        ],
    ),
    (
        r"\begin{aligned}f_t&=\sigma(a)\\ \tilde c_t&=\tanh(a)\end{aligned}",
        ["fₜ = σ(a)", "c̃ₜ = tanh(a)"],
    ),
    (
        r"\begin{aligned}r&=1\\ h_t+1&=2\end{aligned}",
        ["     r = 1", "hₜ + 1 = 2"],
    ),
    (
        r"\frac{\text{한글 값}}{2}",
        [
            " 한글 값",
            "╶───────╴",
            "    2",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("source", "rows"), DRAWN)
def test_rows(source: str, rows: list[str]) -> None:
    assert [plain(r) for r in display_rows(source)] == rows


def test_letters_wear_their_roles_in_a_fraction() -> None:
    rows = display_rows(r"\frac{\partial L}{\partial h_t}=\frac{c_t}{2}")
    worn = {s.text.strip(): s.role for r in rows for s in r if s.role}
    assert worn == {"∂L": "grad", "∂hₜ": "grad", "cₜ": "c"}


def test_what_texicode_cannot_lay_out_stays_in_one_row() -> None:
    (row,) = display_rows(r"\frac{1}{\begin{bmatrix}1 & 2\end{bmatrix}}")
    assert plain(row) == "1/[1 2]"


def test_wide_letters_keep_their_cells() -> None:
    rows = display_rows(r"\frac{\text{망각}}{\text{입력 게이트}}")
    assert width(rows[1]) == width(rows[2]) + 1


def test_an_unknown_command_is_an_error() -> None:
    with pytest.raises(MathsError):
        display_rows(r"\frac{\foo}{2}")
