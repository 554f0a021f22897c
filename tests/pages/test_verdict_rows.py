"""The rows of an answered question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnntutor.course.blocks import GapMark, Paragraph
from rnntutor.course.blocks import Text as Letters
from rnntutor.course.question import Gap, Option, Question
from rnntutor.course.questions.cloze import Cloze, gap_choices
from rnntutor.course.questions.match import Match, right_column
from rnntutor.course.questions.order import Order
from rnntutor.pages.question import ask_rows, question_rows
from rnntutor.render.prose import Context
from rnntutor.session import question as questions
from rnntutor.session.question import QuestionState
from rnntutor.spans import plain
from rnntutor.words import LANGUAGES, load

ITEMS = tuple(Option(name, (Letters(name),), True) for name in ("read", "multiply", "squash"))
FORGET = Option("forget", (Letters("forget"),), False)
ORDER = Question("a.order", "order", (), (), Order(ITEMS, (FORGET,)), ())
CLOZE = Question(
    "a.cloze",
    "cloze",
    (),
    (Paragraph((GapMark(0), Letters(" and "), GapMark(1), Letters(" and "), GapMark(2))),),
    Cloze(
        (
            Gap("type", ("first",)),
            Gap("pick", ("above",), ("above", "below")),
            Gap("type", ("third",)),
        )
    ),
    (),
)
MATCH = Question(
    "a.match",
    "match",
    (),
    (),
    Match(((), ()), tuple(((Letters(f"L{n}"),), (Letters(f"R{n}"),)) for n in range(3))),
    (),
)


def asked(question: Question) -> QuestionState:
    return questions.ask(question, salt="salt", number=0)


def ordered(*names: str) -> QuestionState:
    """Return the ordering question with these items chosen in this order."""
    it = asked(ORDER)
    shown = [option.id for option in questions.options(it)]
    for name in names:
        it = questions.pick(it, shown.index(name))
    return it


def answered(it: QuestionState) -> QuestionState:
    sure = questions.set_confidence(questions.submit(it), questions.SURE)
    return questions.set_verdict(sure, questions.verdict(sure))


def revealed(it: QuestionState) -> QuestionState:
    shown = questions.give_up(questions.give_up(it))
    return questions.set_verdict(shown, questions.verdict(shown))


def lines(it: QuestionState, lang: str = "en") -> list[str]:
    words = load(lang)
    rows = question_rows(it, words, 76, Context(words))
    return [" ".join(plain(row).split()) for row in rows]


# ---- an order ------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_order_shows_the_right_order_with_ones_own_number_behind(lang: str) -> None:
    words = load(lang)
    shown = lines(answered(ordered("multiply", "read", "squash")), lang)
    assert f"✗ 1 read {words('question.placed', n=2)}" in shown
    assert f"✗ 2 multiply {words('question.placed', n=1)}" in shown
    assert "✓ 3 squash" in shown
    assert "✓ – forget" in shown
    named = ("read", "multiply", "squash", "forget")
    found = [n for name in named for n, line in enumerate(shown) if f" {name}" in f" {line}"]
    assert found == sorted(found)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_order_says_what_was_left_out_and_what_does_not_belong(lang: str) -> None:
    words = load(lang)
    shown = lines(answered(ordered("read", "forget", "squash")), lang)
    assert "✓ 1 read" in shown
    assert f"✗ 2 multiply {words('question.unplaced')}" in shown
    assert "✓ 3 squash" in shown
    assert f"✗ – forget {words('question.placed', n=2)}" in shown


def test_an_order_that_is_right_has_a_tick_in_every_row_and_no_own_number() -> None:
    shown = lines(answered(ordered("read", "multiply", "squash")))
    assert shown[1:5] == ["✓ 1 read", "✓ 2 multiply", "✓ 3 squash", "✓ – forget"]


def test_an_order_that_is_shown_unanswered_marks_nothing_wrong() -> None:
    shown = lines(revealed(asked(ORDER)))
    assert shown[1:5] == ["1 read", "2 multiply", "3 squash", "– forget"]


# ---- gaps and pairs after giving up ---------------------------------------------------------


def filled() -> QuestionState:
    """Return the cloze question with the first gap right, the second wrong, the third empty."""
    it = questions.type_text(asked(CLOZE), "first")
    it = questions.walk(it, 1)
    return questions.pick(it, gap_choices(it.question.body, it, 1).index("below"))


def test_a_gap_that_was_right_stays_right_when_the_answer_is_shown() -> None:
    it = revealed(filled())
    assert it.verdict is not None
    assert (it.verdict.score, it.verdict.parts) == (0.0, (True, False, False))
    shown = lines(it)
    assert shown[0] == "[✓ first] and [✗ below] and [✗ ·]"
    answers = [line for line in shown if line.endswith(("first", "above", "third"))]
    assert [line[0] for line in answers] == ["✓", "✗", "✗"]


def test_no_gap_is_right_when_nothing_was_filled() -> None:
    it = revealed(asked(CLOZE))
    assert it.verdict is not None and it.verdict.parts == (False, False, False)
    assert lines(it)[0] == "[✗ ·] and [✗ ·] and [✗ ·]"


def test_a_pair_that_was_right_stays_right_when_the_answer_is_shown() -> None:
    it = asked(MATCH)
    column = right_column(it.question.body, it)
    for n, wanted in enumerate(("R0", "R2")):
        it = replace(it, cursor=n)
        it = questions.pick(it, column.index((Letters(wanted),)))
    it = revealed(it)
    assert it.verdict is not None and it.verdict.parts == (True, False, False)
    pairs = [line for line in lines(it) if " → " in line]
    yours = load("en")("question.paired", other="R2")
    assert pairs == ["✓ L0 → R0", f"✗ L1 → R1 {yours}", "✗ L2 → R2"]


# ---- requests below a question --------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_it_is_for_is_said_the_first_time_one_is_asked_how_sure_one_is(lang: str) -> None:
    words = load(lang)
    it = questions.submit(ordered("read", "multiply", "squash"))
    first, later = (
        " ".join(" ".join(plain(row) for row in ask_rows(it, words, 76, first=one)).split())
        for one in (True, False)
    )
    assert words("confidence.why") in first
    assert words("confidence.why") not in later
    assert words("confidence.ask") in later


def test_how_a_number_in_an_order_is_taken_back_is_said_once_there_is_one() -> None:
    said = load("en")("question.order-back")
    assert said not in lines(asked(ORDER))
    assert said in lines(ordered("read"))
