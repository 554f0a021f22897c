"""A right calculation with gaps is never marked wrong because of rounding.

This holds with the displayed lines and one's own rounded numbers, and with a new calculation to two
decimals.
"""

from __future__ import annotations

import pytest

from rnntutor.course.expression import evaluate
from rnntutor.course.faded import Faded
from rnntutor.course.fill import SLOT, decimal
from rnntutor.course.question import Question
from rnntutor.course.questions import draw, mark
from rnntutor.course.questions.base import COARSE
from rnntutor.course.variant import Instance, every_variant, number_at, usable
from tests.lessons.test_rounding import QUESTIONS, by_hand, hands, to
from tests.sampling import sampled

FADED = [question for question in QUESTIONS if question.type == "faded"]
FEW = 4  # variants of a question in every suite
DECIMALS = {"two decimals": 2, "three decimals": 3}


def body_of(question: Question) -> Faded:
    assert isinstance(question.body, Faded)
    return question.body


def variants(question: Question, most: int | None) -> list[Instance]:
    """Return the first variants, or all that a learner can get; each gap must be usable."""
    if most is not None:
        return [draw(question, "", number) for number in range(most)]
    blocks = body_of(question).variants
    every = every_variant(blocks, question.id)
    return [drawn[0] for drawn in every if all(map(usable, blocks, drawn))]


def from_the_lines(body: Faded, drawn: Instance, decimals: int) -> list[str]:
    """Fill the gaps in order, each from displayed numbers (three decimals) and earlier answers."""
    typed: dict[str, str] = {}

    def number(path: str) -> str:
        given = drawn.values.get(path)
        if path in typed:
            return f"({typed[path]})"
        if isinstance(given, int | float):
            return f"({given!r})"
        return f"({decimal(number_at(drawn.trace, path))})"

    for gap in body.gaps:
        text = SLOT.sub(lambda match: number(match[1].strip()), gap.work)
        typed[gap.of] = f"{to(decimals, evaluate(text).value):.{decimals}f}"
    return list(typed.values())


@pytest.mark.parametrize("most", sampled([FEW, None], lambda most: most == FEW))
@pytest.mark.parametrize("question", FADED, ids=lambda question: question.id)
def test_no_gap_is_wrong_for_rounding(question: Question, most: int | None) -> None:
    body, wrong = body_of(question), []
    every = variants(question, most)
    assert every
    for number, drawn in enumerate(every):
        answers = {f"lines, {n}": from_the_lines(body, drawn, p) for n, p in DECIMALS.items()}
        for name, how in hands(number).items():
            values = [by_hand(block, drawn, how) for block in body.variants]
            answers[name] = [f"{to(2, value):.2f}" for value in values]
        for name, texts in answers.items():
            verdict = mark(question, texts, instance=drawn)
            if verdict.state not in ("right", COARSE):
                wrong.append((name, dict(drawn.values), texts, verdict.right))
    assert not wrong, f"{len(wrong)}: {wrong[:3]}"


def test_a_number_of_another_method_is_still_wrong() -> None:
    """The tolerance for rounding does not accept twice the right number."""
    for question in FADED:
        body, drawn = body_of(question), variants(question, 1)[0]
        keys = [number_at(drawn.trace, gap.of) for gap in body.gaps]
        for n in range(len(keys)):
            typed = [f"{key * (2 if k == n else 1):.4f}" for k, key in enumerate(keys)]
            assert mark(question, typed, instance=drawn).state not in ("right", COARSE)
