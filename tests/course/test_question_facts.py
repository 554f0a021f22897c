"""Facts that a question gives to the check: its reasons, and those that must agree in all
languages."""

from __future__ import annotations

import pytest
from lessons_written import asked
from question_texts import VARIANT, WHY

from rnntutor.course.blocks import Inline, Text
from rnntutor.course.questions import kind_of

REASONED = """
A [[type: one]] and a [[pick: *two* / three]].

> [!WRONG]
> 1. It is one.
> 2. It is $x$. {m=M-19}

> [!WHY]
> Because.
"""


def test_reasons_of_gaps_are_a_numbered_list():
    question, problems = asked(REASONED, "cloze")
    assert problems == ()
    assert [reason.m for reason in question.body.reasons] == ["", "M-19"]
    assert len(question.hints) == 0 and question.why


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (REASONED.replace("> 1. It is one.\n", "> It is one.\n>\n"), "cloze", "numbered list"),
        (
            "\n- [x] a\n- [ ] b\n  > no\n\n> [!WRONG]\n> 1. It is a.\n\n> [!WHY]\n> So.\n",
            "single",
            "cloze and match",
        ),
    ],
)
def test_reasons_that_stand_wrong_are_a_problem(body, kind, said):
    _, problems = asked(body, kind)
    assert any(said in problem.text for problem in problems), problems


CHOICE = "[[type: a]] [[pick: *b* / c]]\n"


PAIRS = "\n| l | r |\n|---|---|\n| a | 1 |\n| b | 2 |\n| | 3 |\n"


CODED = "\n> [!WRONG]\n> 1. No.\n> 2. No. {m=M-19}\n"


def facts(body: str, kind: str) -> dict[str, object]:
    question, problems = asked(body + WHY, kind)
    assert question is not None and not problems
    return dict(kind_of(question).same_in_translation(question.body))


@pytest.mark.parametrize(
    ("kind", "body", "other"),
    [
        ("cloze", CHOICE, CHOICE.replace("type: a", "type: ㄱ").replace("b", "ㄴ")),
        ("cloze", CHOICE + CODED, CHOICE + CODED.replace("No", "아니다")),
        ("match", PAIRS, PAIRS.replace("a", "ㄱ").replace("3", "셋")),
        ("numeric", "= 5 +- 1\n~ 9 : no\n", "= 5.0 +- 1\n~ 9.0 : 아니다\n"),
        ("trace", VARIANT, VARIANT.replace("빠뜨렸다", "left out")),
    ],
)
def test_another_language_has_other_words(kind: str, body: str, other: str) -> None:
    assert facts(body, kind) == facts(other, kind)


@pytest.mark.parametrize(
    ("kind", "body", "other"),
    [
        ("cloze", CHOICE, CHOICE.replace("*b* / c", "b / *c*")),
        ("cloze", CHOICE, CHOICE.replace("*b* / c", "*b* / c / d")),
        ("cloze", CHOICE, CHOICE.replace("type: a", "pick: *a* / b")),
        ("cloze", CHOICE + CODED, CHOICE + CODED.replace("M-19", "M-05")),
        ("match", PAIRS, PAIRS.replace("| | 3 |\n", "")),
        ("match", PAIRS, PAIRS + "| c | 4 |\n"),
        ("match", PAIRS + CODED, PAIRS + CODED.replace("M-19", "M-05")),
        ("numeric", "= 5 +- 1\n", "= 5 +- 2\n"),
        ("numeric", "= 5 +- 1\n", "= 5% +- 1\n"),
        ("numeric", "= 5 +- 1\n~ 9 : no\n", "= 5 +- 1\n~ 8 : no\n"),
        ("trace", VARIANT, VARIANT.replace("0.9]", "0.8]")),
        ("trace", VARIANT, VARIANT.replace('of = "h[1]"', 'of = "h[0]"')),
        ("trace", VARIANT, VARIANT.replace('"no_tanh"', '"other"')),
        ("trace", VARIANT, VARIANT.replace('ask = "h[2]"', 'ask = "h[1]"')),
        ("trace", VARIANT, VARIANT.replace("dh_last = 1.0", "dh_last = 2.0")),
    ],
)
def test_another_language_asks_the_same(kind: str, body: str, other: str) -> None:
    assert facts(body, kind) != facts(other, kind)


def test_which_choices_and_which_cells_stand_beside_each_other() -> None:
    """Choices of a gap and cells of a column are alternatives, which must have different texts."""

    def read(body: str, kind: str) -> list[list[str]]:
        question, _ = asked(body + WHY, kind)
        assert question is not None
        groups = kind_of(question).alternatives(question.body)
        return [[text_of(inline) for _, inline in group] for group in groups]

    def text_of(inline: Inline) -> str:
        return "".join(part.text for part in inline if isinstance(part, Text))

    assert read(CHOICE, "cloze") == [[], ["b", "c"]]
    assert read(PAIRS, "match") == [["a", "b"], ["1", "2", "3"]]
    assert read("- [x] a\n- [ ] b\n", "single") == [["a", "b"]]
