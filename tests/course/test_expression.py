"""Typed numbers: what is accepted, what is rejected, and that no code is executed."""

import math
import operator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import any_text

from rnntutor.course.expression import (
    DEEPEST,
    LONGEST,
    ExpressionError,
    evaluate,
    parse_number,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.139", 0.139),
        (" 0.139\u3000", 0.139),
        ("-0.2", -0.2),
        ("−0.2", -0.2),
        ("– 0.2", -0.2),
        ("\u20110.2", -0.2),
        ("+.5", 0.5),
        ("5.", 5),
        ("0,139", 0.139),
        ("12,5", 12.5),
        ("6,208", 6208),
        ("1,234,567.5", 1234567.5),
        ("1e-9", 1e-9),
        ("1,5e3", 1500),
        ("０．５", 0.5),
        ("１／２", 0.5),
        ("0.5\u200b", 0.5),
        ("1/2", 0.5),
        ("1/3", 1 / 3),
        ("12%", 0.12),
        ("87.6%", 0.876),
        ("50 퍼센트", 0.5),
        ("≈0.12", 0.12),
        ("≈ −0.12", -0.12),
        ("약 0.139", 0.139),
        ("about 0.139", 0.139),
        ("0.139배", 0.139),
        ("18624개", 18624),
        ("0.5^50", 0.5**50),
        ("0.5**3", 0.125),
        ("0.9²⁰", 0.9**20),
        ("10⁻¹⁵", 1e-15),
        ("10^-15", 1e-15),
        ("10^−15", 1e-15),
        ("9.78×10^-4", 9.78e-4),
        ("2·3", 6),
        ("6÷4", 1.5),
        ("−2^2", -4),
        ("(−2)^2", 4),
        ("2^3^2", 512),
        ("6/2/3", 1),
        ("1−2−3", -4),
        ("2+3*4", 14),
        ("tanh(0.5)", math.tanh(0.5)),
        ("TANH 0.5", math.tanh(0.5)),
        ("0.8*tanh(0.5×1+0.2)", 0.8 * math.tanh(0.7)),
        ("σ(2)", 1 / (1 + math.exp(-2))),
        ("sigmoid(-800)", 0),
        ("exp(-1)", math.exp(-1)),
        ("e^-1", math.exp(-1)),
        ("1/(1+e^−2)", 1 / (1 + math.exp(-2))),
        ("√2", math.sqrt(2)),
        ("sqrt(2)", math.sqrt(2)),
        ("-ln(0.818)", -math.log(0.818)),
        ("log(e)", 1),
        ("log10(1000)", 3),
        ("log2(8)", 3),
        ("2π", None),
        ("2*π", 2 * math.pi),
        ("", None),
        ("-", None),
        (".", None),
        ("0.1 0.2", None),
        ("nan", None),
        ("inf", None),
        ("1e999", None),
        ("0x10", None),
        ("1_000", None),
        ("h=0.3", None),
        ("__import__('os')", None),
        ("tanh", None),
        ("tanh(", None),
        ("(1", None),
        ("1)", None),
        ("1/0", None),
        ("0^-1", None),
        ("(-8)^0.5", None),
        ("ln(0)", None),
        ("9^9^9^9", None),
        ("exp(exp(9))", None),
        ("1,23,4", None),
        ("3 apples", None),
    ],
)
def test_what_is_a_number(text, number):
    assert parse_number(text) == (number if number is None else pytest.approx(number, rel=1e-12))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "expression.none"),
        ("몰라", "expression.none"),
        ("9^9^9^9", "expression.large"),
        ("1/0", "expression.zero"),
        ("ln(0)", "expression.undefined"),
        ("(-8)^0.5", "expression.undefined"),
        ("(1", "expression.bracket"),
        ("1)", "expression.bracket"),
        ("1 +", "expression.unfinished"),
        ("2 3", "expression.sign"),
        ("tan(foo)", "expression.unknown"),
        ("tanh + 1", "expression.call"),
        ("1" * (LONGEST + 1), "expression.long"),
        ("(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1), "expression.deep"),
        ("-" * 90 + "1", "expression.deep"),
        ("^".join("1" * 50), "expression.deep"),
    ],
)
def test_why_it_is_none(text, key):
    with pytest.raises(ExpressionError) as found:
        evaluate(text)
    assert found.value.key == key


@pytest.mark.parametrize(
    ("text", "bare", "percent"),
    [
        ("0.5", True, False),
        ("−0.5", True, False),
        ("≈ 0.5", True, False),
        ("1/2", False, False),
        ("50%", False, True),
        ("tanh(1)", False, False),
    ],
)
def test_a_plain_number_is_told_from_one_to_be_worked_out(text, bare, percent):
    typed = evaluate(text)
    assert (typed.bare, typed.percent) == (bare, percent)


@settings(max_examples=400)
@given(any_text() | st.text("0123456789.,eE+-*/^%() tanhsigmoidlx√σπ²⁻−×·", max_size=LONGEST + 9))
def test_any_text_is_a_number_or_a_sentence(text):
    value = parse_number(text)
    assert value is None or math.isfinite(value)


def worked(function, *values):
    """Return the function's value, or None if it has none or an argument is None."""
    if None in values:
        return None
    try:
        value = function(*values)
    except (ArithmeticError, ValueError):
        return None
    return value if math.isfinite(value) else None


OPERATORS = {
    "+": operator.add,
    "-": operator.sub,
    "−": operator.sub,
    "*": operator.mul,
    "×": operator.mul,
    "/": operator.truediv,
    "÷": operator.truediv,
}


def chained(parts):
    """Return text and value of a + b×c − d: products first, each from left to right."""
    total, texts, pending = None, [], operator.add
    product = None
    for sign, (text, value) in parts:
        texts += [sign, text]
        if sign in "*×/÷" and len(texts) > 2:
            product = worked(OPERATORS[sign], product, value)
            continue
        if len(texts) > 2:
            total = product if total == "first" else worked(pending, total, product)
            pending = OPERATORS[sign] if sign in "+-−" else operator.add
        else:
            total = "first"
        product = value
    total = product if total == "first" else worked(pending, total, product)
    return "(" + " ".join(texts[1:]) + ")", total


def larger(parts):
    """Return a strategy for expressions made of parts; each is (text, value by Python's
    operators)."""
    chains = st.lists(st.tuples(st.sampled_from([*OPERATORS]), parts), min_size=2, max_size=4)
    powers = st.tuples(parts, st.integers(-3, 5)).map(
        lambda p: (f"({p[0][0]})^{p[1]}", worked(math.pow, p[0][1], p[1]))
    )
    names = st.sampled_from(["tanh", "exp", "sin", "sqrt"])
    called = st.tuples(names, parts).map(
        lambda p: (f"{p[0]}({p[1][0]})", worked(getattr(math, p[0]), p[1][1]))
    )
    minus = parts.map(lambda p: (f"(−{p[0]})", worked(operator.neg, p[1])))
    return chains.map(chained) | powers | called | minus


NUMBERS = st.decimals(0, 999, places=3).map(lambda d: (str(d), float(d)))


@settings(max_examples=200)
@given(st.recursive(NUMBERS, larger, max_leaves=8))
def test_it_agrees_with_pythons_own_arithmetic(pair):
    """Every expression has the precedence, functions and value of Python."""
    text, wanted = pair
    found = parse_number(text)
    if found is None and wanted is not None:
        # One of our limits: length, depth or size.
        with pytest.raises(ExpressionError) as error:
            evaluate(text)
        assert error.value.key in ("expression.long", "expression.deep", "expression.large")
    elif wanted is None:
        assert found is None
    else:
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-290)
