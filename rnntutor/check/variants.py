"""Rules for the numbers of trace questions: every variant computes, and enough are usable."""

from __future__ import annotations

from rnntutor.check.source import Source
from rnntutor.course.question import Question
from rnntutor.course.questions import draw, kind_of
from rnntutor.course.variant import VariantError, every_variant, usable

# Smallest number of usable variants, and their smallest share of all draws: with a fifth, a
# hundred draws in a row fail once in five thousand million.
ENOUGH, SHARE = 50, 0.2


def check_variants(source: Source) -> None:
    """Check every question of the lesson with drawn numbers."""
    for question in source.lesson.questions:
        if kind_of(question).drawn:
            _variants(source, question)


def _variants(source: Source, question: Question) -> None:
    count = good = 0
    blocks = kind_of(question).variants(question.body)
    line = blocks[0].line
    try:
        for drawn in every_variant(blocks, question.id):
            count += 1
            good += all(map(usable, blocks, drawn))
    except VariantError as error:
        named = error.values.get("name", error.values.get("path", ""))
        why = source.findings.because(error.key, error.values)
        source.add_problem(source.line(str(named), line), "variant", why=why)
        return
    except (ArithmeticError, ValueError, TypeError) as error:
        source.add_problem(line, "variant", why=str(error))
        return
    if good < ENOUGH or good < SHARE * count:
        least = max(ENOUGH, round(SHARE * count))
        source.add_problem(line, "usable", good=good, count=count, least=least)
        return
    try:
        draw(question, "", 0)
    except VariantError as error:
        why = source.findings.because(error.key, error.values)
        source.add_problem(source.line(str(error.values.get("path", "")), line), "variant", why=why)
