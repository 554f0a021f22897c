"""A right calculation of a trace question is never marked wrong because of rounding.

It is computed here with roundings of this test, and its result is marked as text: for some variants
in every suite, for every variant that a learner can get in the long one.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from random import Random

import pytest

from rnntutor import question_models
from rnntutor.course.load import open_course
from rnntutor.course.precision import DECIMALS, DIGITS, WHOLE, Precision
from rnntutor.course.question import Question
from rnntutor.course.questions import kind_of, mark
from rnntutor.course.questions.base import COARSE
from rnntutor.course.variant import Instance, Variant, every_variant, instance_of, usable
from rnntutor.package_data import lessons_dir
from rnntutor.question_models.by_hand import ByHand, Carried
from rnntutor.words import load
from tests.sampling import sampled

COURSE = open_course(lessons_dir(), load("en"))
QUESTIONS = [q for e in COURSE.entries for q in COURSE.read(e.id, "en")[0].questions]
TRACES = [question for question in QUESTIONS if question.type == "trace"]
NUMBERS = [question for question in QUESTIONS if question.type == "numeric"]


def to(decimals: int, value: float) -> float:
    """Round half up in decimal: 0.125 is 0.13."""
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def _wanted(question: Question, drawn: Instance | None) -> Precision:
    precision = kind_of(question).precision(question.body, drawn)
    assert precision is not None
    return precision


def by_hand(block: Variant, drawn: Instance, how: ByHand) -> float:
    """Return the key as computed by hand with these roundings."""
    values = {
        name: [Carried(v, how) for v in value]
        if isinstance(value, list | tuple)
        else value
        if isinstance(value, str)
        else Carried(value, how)
        for name, value in drawn.values.items()
    }
    return float(question_models.find(block.model).run(values)[block.ask])


def hands(seed: int) -> dict[str, ByHand]:
    rng = Random(seed)

    def now_and_then(value: float) -> float:
        return to(2, value) if rng.random() < 0.5 else value

    def cut(value: float) -> float:
        return math.trunc(value * 100 + math.copysign(1e-7, value)) / 100

    return {
        "after every operation": ByHand(lambda value: to(2, value), True),
        "of every value": ByHand(lambda value: to(2, value), False),
        "now and then": ByHand(now_and_then, True),
        "cut off": ByHand(cut, True),
        "three decimals": ByHand(lambda value: to(3, value), True),
    }


@cache
def variants(index: int, most: int | None) -> list[Instance]:
    """Return variants of a trace question that a learner can get: those of `most` salts, or all."""
    question = TRACES[index]
    assert isinstance(question.body, Variant)
    blocks = (question.body,)
    if most is not None:
        return [instance_of(blocks, question.id, str(salt), 0) for salt in range(most)]
    return [
        drawn for (drawn,) in every_variant(blocks, question.id) if usable(question.body, drawn)
    ]


SOME = 8  # salts in every suite
every_trace = pytest.mark.parametrize("index", range(len(TRACES)), ids=lambda n: TRACES[n].id)
some_or_all = pytest.mark.parametrize("most", sampled([SOME, None], lambda most: most == SOME))


@some_or_all
@every_trace
def test_two_decimals_in_between_are_never_a_mistake(index, most):
    question = TRACES[index]
    wrong = []
    for number, drawn in enumerate(variants(index, most)):
        for name, how in hands(number).items():
            value = by_hand(question.body, drawn, how)
            for text in (f"{value:.9f}", f"{to(2, value):.2f}"):
                verdict = mark(question, text, instance=drawn)
                if verdict.state not in ("right", COARSE):
                    wrong.append((drawn.values, drawn.key, name, text, verdict.found))
    assert not wrong, f"{len(wrong)}: {wrong[:5]}"


@some_or_all
@every_trace
def test_every_known_mistake_is_named_in_every_variant(index, most):
    """No mistake lies within the tolerance for rounding."""
    question = TRACES[index]
    for drawn in variants(index, most):
        for value, wrong in drawn.slips:
            verdict = mark(question, value, instance=drawn)
            assert verdict.state == "wrong"
            assert verdict.found == (wrong.slip or wrong.of,)


@some_or_all
@every_trace
def test_the_decimals_that_are_asked_for_are_enough(index, most):
    """The key rounded as the question requires is right in every variant."""
    question = TRACES[index]
    for drawn in variants(index, most):
        text = rounded(drawn.key, _wanted(question, drawn))
        assert mark(question, text, instance=drawn).state == "right", (drawn.values, text)


@pytest.mark.parametrize("question", NUMBERS, ids=lambda q: q.id)
def test_the_decimals_of_a_number_are_enough(question):
    body = question.body
    for value in (body.middle, math.nextafter(body.middle, 0)):
        assert mark(question, rounded(value, _wanted(question, None))).state == "right"
    for value, _ in body.slips:
        verdict = mark(question, value)
        assert verdict.state == "wrong"
        assert verdict.feedback


def rounded(value, precision):
    match precision.kind:
        case "whole":
            assert precision.kind == WHOLE
            return f"{value:.0f}"
        case "decimals":
            assert precision.kind == DECIMALS
            return f"{value:.{precision.count}f}"
    assert precision.kind == DIGITS
    return f"{value:.{precision.count - 1}e}"
