"""Rules about the numbers of trace questions: every variant computes, enough of them are usable."""

from __future__ import annotations

from rnntutor.check.source import Source
from rnntutor.course.blocks import Question
from rnntutor.course.variant import Variant, VariantError, every_variant, usable

# How many variants a question needs, and the least share of its draws that is usable: with a
# fifth, a hundred draws in a row fail once in five thousand million.
ENOUGH, SHARE = 50, 0.2


def check_variants(source: Source) -> None:
    """Every trace question of the lesson."""
    for question in source.lesson.questions:
        if isinstance(question.body, Variant):
            _variants(source, question, question.body)


def _variants(source: Source, question: Question, block: Variant) -> None:
    count = good = 0
    try:
        for drawn in every_variant(question):
            count += 1
            good += usable(block, drawn)
    except VariantError as error:
        named = error.values.get("name", error.values.get("path", ""))
        why = source.findings.because(error.key, error.values)
        source.add_problem(source.line(str(named), block.line), "variant", why=why)
        return
    except (ArithmeticError, ValueError, TypeError) as error:
        source.add_problem(block.line, "variant", why=str(error))
        return
    if good < ENOUGH or good < SHARE * count:
        least = max(ENOUGH, round(SHARE * count))
        source.add_problem(block.line, "usable", good=good, count=count, least=least)
