"""Variants of a question: reproducible, usable, with computed mistakes; and their number format."""

import itertools
import math
from dataclasses import replace

import pytest

from rnntutor.course import variant
from rnntutor.course.blocks import Listing, MathBlock, Maths, Paragraph, Placeholder, Table, Text
from rnntutor.course.fill import decimal, fill, format_number
from rnntutor.course.question import Option, Question
from rnntutor.course.questions import draw, fill_question, order_of
from rnntutor.course.questions.match import Match
from rnntutor.course.questions.order import Order
from rnntutor.course.questions.single import Single
from rnntutor.course.sim_spec import KnownMistake
from rnntutor.course.variant import (
    Instance,
    Variant,
    VariantError,
    every_variant,
    seed_of,
    usable,
)


def variants(question: Question) -> list[Instance]:
    return [drawn for (drawn,) in every_variant((question.body,), question.id)]


# Changing these numbers would change every learner's questions.
SEED = 8032314933941369583
VALUES = {"U": 0.8, "W": 0.71, "h0": 0.0, "x": [0.5, 1]}
SHUFFLED = (0, 3, 2, 4, 1)


def words(text):
    return (Text(text),)


def trace_question(**changes):
    block = Variant(
        model="scalar_rnn",
        ask="h[2]",
        atol=0.005,
        draws=(
            ("x", {"choice": [[1, 0], [1, -1], [0.5, 1]]}),
            ("h0", 0.0),
            ("W", {"uniform": [0.3, 0.9], "round": 2}),
            ("U", {"uniform": [0.4, 1.2], "round": 2}),
        ),
        wrong=(
            KnownMistake(words("no tanh"), slip="no_tanh"),
            KnownMistake(words("W and U"), slip="swap_W_U"),
            KnownMistake(words("one step"), of="h[1]"),
        ),
    )
    return Question("rnn.h2", "trace", words("?"), (), replace(block, **changes), ())


QUESTION = trace_question()
GRU = trace_question(
    model="scalar_gru",
    ask="h[1]",
    draws=(
        ("h0", {"choice": [-0.8, 0.8]}),
        ("x", {"choice": [-1, 1]}),
        ("W", 0.5),
        ("U", {"choice": [0.8, 1.2]}),
        ("r", {"choice": [0.0, 0.5]}),
        ("z", 0.9),
    ),
    wrong=(
        KnownMistake(words("z"), slip="z_swapped"),
        KnownMistake(words("r"), slip="reset_erases"),
    ),
)


def test_the_same_seed_gives_the_same_numbers_for_ever():
    """Logs refer to variants by seed, so the numbers must never change."""
    drawn = draw(QUESTION, "salt", 3)
    again = draw(trace_question(draws=tuple(reversed(QUESTION.body.draws))), "salt", 3)
    assert drawn.values == again.values
    assert drawn.seed == seed_of("rnn.h2", "salt", 3) == SEED
    assert drawn.values == VALUES
    h1 = math.tanh(drawn.values["W"] * drawn.values["x"][0])
    h2 = math.tanh(drawn.values["W"] * drawn.values["x"][1] + drawn.values["U"] * h1)
    assert drawn.key == pytest.approx(h2, abs=1e-12)


def test_numbers_differ_between_learners_and_variants():
    seen = {str(draw(QUESTION, salt, n).values) for salt in "ab" for n in range(5)}
    assert len(seen) > 5


def test_no_variant_marks_a_mistake_as_right():
    """In 200 variants no key or mistake is within 3·atol of another, due to drawing again."""
    for number in range(200):
        drawn = draw(QUESTION, "", number)
        numbers = [drawn.key, *(value for value, _ in drawn.slips)]
        assert all(abs(a - b) > 0.015 for a, b in itertools.combinations(numbers, 2))
    drawn_alike = every_variant((QUESTION.body,), QUESTION.id)
    assert not all(usable(QUESTION.body, drawn) for (drawn,) in drawn_alike)


def test_slips_are_executed():
    drawn = draw(QUESTION, "", 1)
    W, U, x = (drawn.values[name] for name in ("W", "U", "x"))
    by_name = {wrong.slip or wrong.of: value for value, wrong in drawn.slips}
    assert by_name["no_tanh"] == pytest.approx(W * x[1] + U * W * x[0])
    assert by_name["h[1]"] == pytest.approx(math.tanh(W * x[0]))


def test_every_variant_enumerates_what_is_finite(monkeypatch):
    """Otherwise it draws a sample of the usual size, here a smaller one."""
    monkeypatch.setattr(variant, "SAMPLE", 100)
    drawn = variants(GRU)
    assert len(drawn) == 2 * 2 * 2 * 2
    assert len({str(sorted(d.values.items())) for d in drawn}) == 16
    assert len(variants(QUESTION)) == 100


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"model": "scalar_mlp"}, "variant.model"),
        ({"ask": "h[3]"}, "variant.path"),
        ({"ask": "y"}, "variant.path"),
        ({"ask": "h["}, "variant.path"),
        ({"ask": "h"}, "variant.number"),
        ({"wrong": (KnownMistake((), slip="tied_gates"),)}, "variant.slip"),
        ({"wrong": (KnownMistake((), of="h[7]"),)}, "variant.path"),
        ({"draws": (*QUESTION.body.draws, ("V", 1.0))}, "setting.unknown"),
        ({"draws": QUESTION.body.draws[:-1]}, "setting.missing"),
        ({"draws": (("x", {"choice": []}),)}, "variant.draw"),
        ({"draws": (("x", {"uniform": [2, 1]}),)}, "variant.draw"),
        ({"draws": (("x", {"normal": [0, 1]}),)}, "variant.draw"),
        ({"wrong": (KnownMistake((), of="h[2]"),)}, "variant.unusable"),
        ({"settings": (("dh_last", "one"),)}, "setting.number"),
    ],
)
def test_a_wrong_block_says_what_is_wrong(changes, key):
    with pytest.raises(VariantError) as error:
        draw(trace_question(**changes), "", 0)
    assert error.value.key == key


def test_a_key_that_the_question_gives_away_is_not_used():
    """With f = 1 and i = 0, c stays c0, so copying it would be right."""
    question = trace_question(
        model="scalar_memory",
        ask="c[1]",
        draws=(("c0", 0.8), ("f", {"choice": [1, 0.5]}), ("i", 0), ("g", 0.3)),
        wrong=(),
    )
    assert [usable(question.body, drawn) for drawn in variants(question)] == [False, True]


# ---- numbers in the text -------------------------------------------------------------------


MEMORY = trace_question(
    model="scalar_memory",
    ask="c[2]",
    draws=(
        ("c0", -0.5),
        ("f", [0.2, 1.0]),
        ("g", [-0.6, 0.5]),
        ("i", {"uniform": [0.3, 0.4], "round": 2}),
    ),
    wrong=(),
)


def drawn_memory():
    return next(d for d in (draw(MEMORY, "", n) for n in range(1000)) if d.values["i"] == 0.3)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("c0", "−0.5"),
        ("f", "0.2, 1.0"),
        ("g", "−0.6, 0.5"),
        ("g[1]", "−0.6"),
        ("i", "0.30"),
        ("c[0]", "−0.500"),
        ("c[1]", "−0.280"),
        ("c[2]", "−0.130"),
        (" c[2] ", "−0.130"),
    ],
)
def test_numbers_are_written_as_in_the_lessons(path, text):
    assert format_number(path, drawn_memory()) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (24832.0, "24832"),
        (0.0, "0"),
        (-0.0, "0"),
        (-2.0, "−2"),
        (0.13899, "0.139"),
        (-0.0199973, "−0.020"),
        (0.00049, "0.000490"),
        (-1.234e-5, "−0.0000123"),
        (1.5e-46, "1.50×10⁻⁴⁶"),
        (12.3456, "12.346"),
    ],
)
def test_computed_numbers(value, text):
    assert decimal(value) == text


@pytest.mark.parametrize(
    ("source", "filled"),
    [
        ("c_0={{ c0 }}", "c_0=-0.5"),
        ("f={{f}}", "f=0.2, 1.0"),
        (r"f_1\times{{ c0 }}", r"f_1\times(-0.5)"),
        ("0.2 + {{ c0 }}", "0.2 + (-0.5)"),
        ("0.2-{{ c0 }}", "0.2-(-0.5)"),
        (r"0.2\,{{ c0 }}", r"0.2\,(-0.5)"),
        ("f_1{{ c0 }}", "f_1(-0.5)"),
        ("({{ c0 }})", "(-0.5)"),
        ("{{ c0 }}^2", "(-0.5)^2"),
        (r"c_1\approx {{ c[1] }}", r"c_1\approx -0.280"),
        (r"0.2\times{{ i }}", r"0.2\times0.30"),
        (r"\frac{a}{b}", r"\frac{a}{b}"),
    ],
)
def test_negative_numbers_in_formulas_get_brackets_after_an_operator(source, filled):
    assert fill((MathBlock(source),), drawn_memory()) == (MathBlock(filled),)
    assert fill((Paragraph((Maths(source),)),), drawn_memory()) == (Paragraph((Maths(filled),)),)


def test_slots_are_filled_everywhere():
    inline = (Text("is "), Placeholder("c[1]"), Text("."))
    right = (Text("is "), Text("−0.280"), Text("."))
    table = Table((inline,), ((inline,),), ("left",))
    drawn = drawn_memory()
    blocks = (Paragraph(inline), Listing(((Paragraph(inline),),)), table)
    assert fill(blocks, drawn) == (
        Paragraph(right),
        Listing(((Paragraph(right),),)),
        Table((right,), ((right,),), ("left",)),
    )
    after = fill((Paragraph((Text("0.2 × "), Placeholder("c0"))),), drawn)
    assert after == (Paragraph((Text("0.2 × "), Text("(−0.5)"))),)
    asked = replace(MEMORY, hints=(blocks,), why=(Paragraph(inline),), title=inline)
    told = fill_question(asked, drawn)
    assert told.why == (Paragraph(right),)
    assert told.title == right
    assert told.hints[0][0] == Paragraph(right)


def test_an_unknown_path_in_the_text_is_named():
    with pytest.raises(VariantError) as error:
        fill((MathBlock("{{ q }}"),), drawn_memory())
    assert error.value.key == "variant.path"
    assert error.value.values["path"] == "q"


# ---- shuffling -----------------------------------------------------------------------------


def options(n, fixed=()):
    return tuple(Option(str(i), words(str(i)), i == 0, fixed=i in fixed) for i in range(n))


def asked(body, kind="single"):
    return Question("gates.q", kind, words("?"), (), body, ())


def test_fixed_options_stay_where_they_are():
    question = asked(Single(options(5, fixed=(2, 4))))
    orders = {order_of(question, "s", n) for n in range(200)}
    assert all(order[2] == 2 and order[4] == 4 for order in orders)
    assert {tuple(sorted(order)) for order in orders} == {(0, 1, 2, 3, 4)}
    assert len(orders) == 6


def test_every_order_of_options_is_about_equally_likely():
    """All six orders of three options occur, so that the position does not reveal the key."""
    question = asked(Single(options(3)))
    counts = [0] * 6
    for n in range(600):
        counts[list(itertools.permutations(range(3))).index(order_of(question, "s", n))] += 1
    assert min(counts) > 60


def test_orders_never_start_solved():
    """An untouched list must not be the right answer."""
    question = asked(Order(options(3), options(2)), "order")
    for n in range(200):
        order = order_of(question, "s", n)
        assert sorted(order) == [0, 1, 2, 3, 4]
        assert [i for i in order if i < 3] != [0, 1, 2]


def test_the_right_column_holds_every_cell_once():
    pairs = tuple((words(str(n)), words(str(n))) for n in range(3))
    question = asked(Match((words("a"), words("b")), pairs, (words("extra"),)), "match")
    assert sorted(order_of(question, "s", 1)) == [0, 1, 2, 3]


def test_a_shuffle_is_the_same_everywhere():
    assert order_of(asked(Single(options(5))), "salt", 1) == SHUFFLED
    assert order_of(MEMORY, "salt", 1) == ()
