"""Formulas of the course in one line of Unicode, and the roles of their letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnntutor.maths.inline import GLUE, MathsError, glued_spans, inline_spans
from rnntutor.spans import plain

FORMULAS = [
    # equations of the cells
    (r"h_t=\tanh(Wx_t+Uh_{t-1}+b)", "hₜ = tanh(W xₜ + U hₜ₋₁ + b)"),
    (r"f_t=\sigma(W_fx_t+U_fh_{t-1}+b_f)", "fₜ = σ(W_f xₜ + U_f hₜ₋₁ + b_f)"),
    (r"c_t = f_t\odot c_{t-1} + i_t\odot\tilde{c}_t", "cₜ = fₜ ⊙ cₜ₋₁ + iₜ ⊙ c̃ₜ"),
    (r"c_t=f_t\,c_{t-1}+i_t\,g_t", "cₜ = fₜ cₜ₋₁ + iₜ gₜ"),
    (r"h_t=o\odot\tanh c_t", "hₜ = o ⊙ tanh cₜ"),
    (r"o_4\tanh(c_4)", "o₄ tanh(c₄)"),
    (r"h_t = z_t\odot h_{t-1} + (1-z_t)\odot\tilde{h}_t", "hₜ = zₜ ⊙ hₜ₋₁ + (1 − zₜ) ⊙ h̃ₜ"),
    (r"\tilde h_1=\tanh(Wx_1+U\,r_1h_0)", "h̃₁ = tanh(W x₁ + U r₁ h₀)"),
    (
        r"\tilde h_t=\tanh(Wx_t+b_W+r_t\odot(Uh_{t-1}+b_U))",
        "h̃ₜ = tanh(W xₜ + b_W + rₜ ⊙ (U hₜ₋₁ + b_U))",
    ),
    (r"h_1=z_1h_0+(1-z_1)\tilde h_1", "h₁ = z₁ h₀ + (1 − z₁) h̃₁"),
    (r"y_t=V h_t", "yₜ = V hₜ"),
    (r"p_k=\frac{e^{y_k}}{\sum_j e^{y_j}}", "pₖ = e^yₖ/(∑ⱼ e^yⱼ)"),
    (r"L=-\ln p_m", "L = −ln pₘ"),
    (r"\sigma(a)=1/(1+e^{-a})", "σ(a) = 1/(1 + e⁻ᵃ)"),
    (r"\sigma(-a)=1-\sigma(a)", "σ(−a) = 1 − σ(a)"),
    # gradients
    (r"\partial L/\partial h_2=1", "∂L/∂h₂ = 1"),
    (r"\frac{\partial L}{\partial h_t}", "∂L/∂hₜ"),
    (r"dU=\sum_{t=1}^{T}da_t\,h_{t-1}^\top", "dU = ∑ₜ₌₁ᵀ daₜ hₜ₋₁ᵀ"),
    (r"da_1=U\,da_2\,(1-h_1^2)", "da₁ = U da₂ (1 − h₁²)"),
    (r"U^\top da_T", "Uᵀ da_T"),
    (r"dh_{T-1}", "dh_(T−1)"),
    (r"\lVert\partial L/\partial h_T\rVert=1", "‖∂L/∂h_T‖ = 1"),
    (r"\lVert\partial L/\partial h_{T-30}\rVert=10^{-9}", "‖∂L/∂h_(T−30)‖ = 10⁻⁹"),
    (r"\mathrm{diag}(1-h^2)\,U", "diag(1 − h²) U"),
    (r"\prod_{k=1}^{t}f_k", "∏ₖ₌₁ᵗ fₖ"),
    # numbers
    (r"0.1\times(-0.8)=-0.08", "0.1 × (−0.8) = −0.08"),
    (r"c_4=1\times0.78+0=0.78", "c₄ = 1 × 0.78 + 0 = 0.78"),
    (r"0.9^{20}=0.122", "0.9²⁰ = 0.122"),
    (r"0.5^{20}\approx10^{-6}", "0.5²⁰ ≈ 10⁻⁶"),
    (r"e^{-0.3}=0.741", "e^(−0.3) = 0.741"),
    (r"x_1=-1", "x₁ = −1"),
    (r"\sigma(-1)", "σ(−1)"),
    (r"82\%", "82%"),
    # vectors, shapes, sequences
    (r"c_{t-1}=[0.6,\ -0.8]", "cₜ₋₁ = [0.6, −0.8]"),
    (r"h_3=0,\quad h_4=0.653", "h₃ = 0,  h₄ = 0.653"),
    (r"x_1,\dots,x_T", "x₁, …, x_T"),
    (r"x_{t-k}", "xₜ₋ₖ"),
    (r"(B,T,D)", "(B, T, D)"),
    (r"4(HD+H^2+H)", "4(HD + H² + H)"),
    (r"W\in\mathbb{R}^{H\times D}", "W ∈ ℝ^(H×D)"),
    (r"\begin{bmatrix}1 & 0\\ 0 & 1\end{bmatrix}h", "[1 0; 0 1] h"),
    (r"W_g[0][1]", "W_g[0][1]"),
    (r"\overleftarrow{h}_t", "←hₜ"),
    (r"[\overrightarrow{h}_t;\overleftarrow{h}_t]", "[→hₜ; ←hₜ]"),
    (r"\lVert h_t-h'_t\rVert", "‖hₜ − hₜ′‖"),
    (r"|U|<1", "|U| < 1"),
    (r"\max_k |U_{kk}|", "maxₖ |Uₖₖ|"),
    (r"\frac{1}{\sqrt{H}}", "1/√H"),
    (r"\left(\frac{a}{b+1}\right)^2", "(a/(b + 1))²"),
    (r"\frac{a}{bc}", "a/(bc)"),
    (r"\frac{1}{2}\cdot(1+\tanh\frac{a}{2})", "1/2 · (1 + tanh(a/2))"),
    (r"\log^2\frac{a}{2}", "log²(a/2)"),
    (r"\hat y_t=\text{softmax}(y_t)", "ŷₜ = softmax(yₜ)"),
    (r"h_t=\begin{cases}1 & x>0\\0 & \text{그 밖}\end{cases}", "hₜ = {1, x > 0; 0, 그 밖"),
    (r"\text{모두}=\mathcal{L}", "모두 = ℒ"),
    (r"h_0={{ h0 }}", "h₀ = …"),
]


@pytest.mark.parametrize(("source", "shown"), FORMULAS)
def test_one_line(source: str, shown: str) -> None:
    assert plain(inline_spans(source)) == shown


@pytest.mark.parametrize(
    ("source", "worn"),
    [
        (r"f_t\odot c_{t-1}", {"fₜ": "f", "cₜ₋₁": "c"}),
        (r"W_fx_t", {"xₜ": "x"}),
        (r"\tilde c_t", {"c̃ₜ": "g"}),
        (r"\tilde h_t", {"h̃ₜ": "n"}),
        (r"\partial L/\partial h_t", {"∂L/∂hₜ": "grad"}),
        (r"\frac{\partial L}{\partial U}", {"∂L/∂U": "grad"}),
        (r"da_t\,h_t^\top", {"daₜ": "grad", "hₜᵀ": "h"}),
        (r"dU", {"dU": "grad"}),
        (r"n", {}),
        (r"n_t", {"nₜ": "n"}),
        (r"\overleftarrow{h}_t", {"←hₜ": "h"}),
        (r"f, i, o", {"f": "f", "i": "i", "o": "o"}),
        (r"x_i", {"xᵢ": "x"}),
        (r"h_T^2", {"h_T²": "h"}),
    ],
)
def test_roles(source: str, worn: dict[str, str]) -> None:
    assert {s.text: s.role for s in inline_spans(source) if s.role} == worn


@pytest.mark.parametrize(
    ("source", "part"),
    [
        (r"a+\foo", r"\foo"),
        (r"\frac{a}", r"}"),
        (r"{a", "{"),
        (r"a}", "}"),
        (r"x^", "^"),
        (r"x_1_2", "_"),
        (r"\left(a", r"\left"),
        (r"\begin{x}a\end{x}", r"\begin{x}"),
        (r"\overline{ab}", r"\overline"),
        (r"a & b", "&"),
    ],
)
def test_what_is_not_understood_is_named(source: str, part: str) -> None:
    with pytest.raises(MathsError) as error:
        inline_spans(source)
    assert error.value.part == part


def test_a_line_breaks_at_operators_only() -> None:
    words = plain(glued_spans(r"h_t=\tanh(W x_t+b)")).split(" ")
    assert words == ["hₜ", "=", f"tanh(W{GLUE}xₜ", "+", "b)"]


@given(st.text(alphabet=r"\{}[]()^_&|'$ abcfhtx019+-=/,.한" + "\n", max_size=40))
def test_any_text_is_a_line_or_an_error(source: str) -> None:
    try:
        shown = plain(inline_spans(source))
    except MathsError:
        return
    assert "\\" not in shown
    assert GLUE not in shown


def test_deep_nesting_is_an_error_and_no_crash() -> None:
    for source in (r"\sqrt" * 2000 + "x", "{" * 2000 + "}" * 2000, "x^{" * 999 + "}" * 999):
        with pytest.raises(MathsError):
            inline_spans(source)
