"""Questions in plain mode: each type right and wrong, hints, confidence, and their events."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from plain_talk import Talk, asked, right, wrong

from rnntutor.course.load import open_course
from rnntutor.course.question import Question
from rnntutor.course.questions.cloze import gap_choices
from rnntutor.course.variant import band, tolerance
from rnntutor.plain import questioning, tutor
from rnntutor.plain.lines import Lines
from rnntutor.session import question as questions
from rnntutor.study.log import Log, LogError
from rnntutor.words import load

TYPES = ["single", "multi", "numeric", "cloze", "order", "match", "trace"]


def question(talk: Talk, name: str) -> Question:
    lesson = open_course(talk.course, load(talk.lang)).lesson("one", talk.lang)
    return next(q for q in lesson.questions if q.id == f"rnn.{name}")


def at(talk: Talk, name: str, *typed: str) -> str:
    """Go to a question, type the lines, and return the output."""
    return talk(f"go one.rnn.{name}", *typed)


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("name", TYPES)
def test_a_right_answer_of_each_type(talk: Talk, name: str, lang: str) -> None:
    talk.lang = lang
    said = at(talk, name, right(question(talk, name)), "3")
    assert f"✓ {talk.text('verdict.right')}" in said
    assert talk.text("question.why") in said
    (answer,) = talk.answers()
    assert (answer["question"], answer["score"], answer["confidence"]) == (f"rnn.{name}", 1.0, 3)
    assert (answer["lang"], answer["variant"], answer["hints"]) == (lang, 0, 0)
    assert ("done", {"lesson": "one", "page": f"rnn.{name}"}) in talk.events("done")


@pytest.mark.parametrize("name", TYPES)
def test_a_wrong_answer_of_each_type_is_met_with_the_right_one(talk: Talk, name: str) -> None:
    it = question(talk, name)
    said = at(talk, name, wrong(it), "1")
    (answer,) = talk.answers()
    assert isinstance(answer["score"], float) and answer["score"] < 1
    key = talk.text("plain.question.key", answer="")
    shown = next(line for line in said.splitlines() if line.startswith(key)).removeprefix(key)
    if name == "trace":
        assert shown == questions.verdict(asked(it)).right
    elif name == "numeric":
        assert shown == "0.762"
    elif name == "cloze":
        assert shown == "hidden state / below / tanh"
    else:
        assert shown == right(it)


def test_an_expression_is_worked_out_before_it_is_confirmed(talk: Talk) -> None:
    said = at(talk, "numeric", "tanh(1)", "3")
    assert "\n= 0.762\n" in said
    assert talk.answers()[0]["score"] == 1.0


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_number_says_how_exact_it_has_to_be(talk: Talk, lang: str) -> None:
    talk.lang = lang
    for name in ("numeric", "trace"):
        assert talk.text("precision.decimals-3") in at(talk, name)


def test_what_was_rounded_too_early_is_asked_for_again(talk: Talk) -> None:
    it = asked(question(talk.salted(), "trace"))
    assert it.instance is not None
    block = it.question.body
    _, most = band(block, it.instance)
    coarse = (it.instance.key + tolerance(block, it.instance) + most) / 2
    said = at(talk, "trace", f"{coarse:.6f}", f"{it.instance.key:.3f}", "3")
    assert "Right method" in said
    assert [answer["score"] for answer in talk.answers()] == [1.0]
    assert [data["question"] for _, data in talk.events("coarse")] == ["rnn.trace"]


FEEDBACK = [
    ("single", "1", "Not the first."),
    ("multi", "1 2 3", "Beta is wrong."),
    ("numeric", "0.731", "That is the sigmoid."),
]


@pytest.mark.parametrize(("name", "typed", "feedback"), FEEDBACK)
def test_a_mistake_is_met_with_the_reason_behind_it(
    talk: Talk, name: str, typed: str, feedback: str
) -> None:
    assert feedback in at(talk, name, typed, "")


def test_a_slip_of_a_trace_is_named(talk: Talk) -> None:
    it = asked(question(talk, "trace"))
    assert it.instance is not None
    slip = it.instance.slips[0][0]
    assert "1−f" in at(talk, "trace", f"{slip:.4f}".replace("-", "−"), "2")


def test_a_question_is_shown_with_its_options_numbered(talk: Talk) -> None:
    said = at(talk, "single")
    assert said.split("One · question: Single\n\n")[1].splitlines()[:7] == [
        "Which one?",
        "",
        "  1  the first",
        "  2  the second",
        "  3  the third",
        "",
        "Type the number of one answer (1–3).",
    ]


def test_a_verdict_reads_from_top_to_bottom(talk: Talk) -> None:
    said = at(talk, "single", "1", "")
    assert said.partition("✗ Wrong\n")[2].splitlines() == [
        "Not the first.",
        "",
        "Right answer: 2",
        "  2  the second",
        "",
        "why",
        "It is the second. Cell (GRU, one unit)",
        "",
        "e: Cell (GRU, one unit)",
        "Blank: next page. again, u to take the answer back, ? help",
    ]


def test_gaps_are_typed_or_picked_and_named_in_the_text(talk: Talk) -> None:
    said = at(talk, "cloze")
    assert "The [1 ____] lies [2 ____] one, for it is a [3 ____]." in said
    it = asked(question(talk, "cloze"))
    choices = gap_choices(it.question.body, it, 1)
    assert f"[2]  1 {choices[0]}   2 {choices[1]}" in said


@pytest.mark.parametrize(
    "typed", ["State Vector / below / tanh", "hidden state/below/tanh", "은닉 상태 / below / TANH"]
)
def test_gaps_forgive_what_the_screens_forgive(talk: Talk, typed: str) -> None:
    at(talk, "cloze", typed, "")
    assert [answer["score"] for answer in talk.answers()] == [1.0]


def test_an_answer_that_reads_like_a_command_can_be_given(talk: Talk) -> None:
    at(talk, "letter", "= b", "")
    assert [answer["given"] for answer in talk.answers()] == [["b"]]


def test_part_of_it_right_says_which_part_is_not(talk: Talk) -> None:
    said = at(talk, "cloze", "hidden state / below / sigmoid", "")
    assert "◐ Partly right 67%" in said
    assert "Gaps that are not right: 3" in said


WRONG_INPUT = [
    ("single", ["4", "0", "x", "1 2", "-1", "1.5", "9" * 50], "plain.answer.single"),
    ("multi", ["4", "one", "1;2", "= "], "plain.answer.multi"),
    ("multi", ["1 1"], "plain.answer.twice"),
    ("order", ["5", "a b"], "plain.answer.order"),
    ("match", ["1 2", "1 2 3 4", "1 2 5", "a b c"], "plain.answer.match"),
    ("cloze", ["tanh", "a / b", "a / 1 / b / c"], "plain.answer.cloze"),
    ("cloze", ["a / 3 / b", "a / sideways / b"], "plain.answer.choice"),
    ("cloze", ["a / / b", " / 1 / b"], "question.incomplete"),
    ("numeric", ["abc", "nan", "inf"], "expression.unknown"),
    ("numeric", ["9^9^9^9"], "expression.large"),
    ("trace", ["?!"], "expression.none"),
]


@pytest.mark.parametrize(("name", "typed", "key"), WRONG_INPUT)
def test_what_cannot_be_an_answer_costs_nothing_and_says_what_can(
    talk: Talk, name: str, typed: list[str], key: str
) -> None:
    sentence = talk.text(key).partition("{")[0].partition("(")[0]
    before = at(talk, name).count(sentence)
    said = at(talk, name, *typed)
    assert said.count(sentence) == before + len(typed)
    assert talk.answers() == []


def test_hints_come_one_by_one_and_are_counted(talk: Talk) -> None:
    said = at(talk, "single", "hint", "HINT", "hint", "2", "1")
    assert said.index("Hint 1 of 2\nNeither") < said.index("Hint 2 of 2\nCount.")
    assert talk.text("plain.no_hint") in said
    assert [answer["hints"] for answer in talk.answers()] == [2]


def test_the_answer_can_be_asked_for_and_counts_as_not_known(talk: Talk) -> None:
    """The first request shows a warning, the second one the answer."""
    said = at(talk, "single", "answer", "answer")
    assert said.index(talk.text("plain.give-up")) < said.index(talk.text("verdict.shown"))
    assert "Right answer: 2" in said
    (answer,) = talk.answers()
    assert (answer["given"], answer["score"], answer["confidence"]) == (None, 0.0, None)


@pytest.mark.parametrize("between", ["hint", "3 1"])
def test_whoever_goes_on_trying_is_not_shown_the_answer(talk: Talk, between: str) -> None:
    """Any action between the two requests cancels the first."""
    said = at(talk, "single", "answer", between, "answer")
    assert said.count(talk.text("plain.give-up")) == 2
    assert talk.text("verdict.shown") not in said
    assert talk.answers() == []


def test_a_blank_line_is_a_confidence_of_two(talk: Talk) -> None:
    at(talk, "single", "2", "")
    assert [answer["confidence"] for answer in talk.answers()] == [2]


def test_before_the_confidence_the_answer_can_be_changed(talk: Talk) -> None:
    said = at(talk, "single", "1", "b", "2", "4", "three", "3")
    assert said.count(talk.text("plain.confidence")) == 2
    assert [answer["given"] for answer in talk.answers()] == [right_id(talk)]


def right_id(talk: Talk) -> str:
    shown = questions.options(asked(question(talk, "single")))
    return next(option.id for option in shown if option.right)


def test_an_answer_can_be_taken_back(talk: Talk) -> None:
    said = at(talk, "single", "1", "", "u", "2", "3", "m")
    assert talk.text("plain.undone") in said
    (_, undone) = talk.events("undo")[0]
    answered = [kind for kind, _ in talk.events("answer", "undo")]
    assert answered == ["answer", "undo", "answer"]
    assert set(undone) == {"session", "sequence"}
    assert "RNN 1 of 1 asked" in said


def test_nothing_is_taken_back_twice(talk: Talk) -> None:
    said = at(talk, "single", "1", "", "u", "u")
    assert len(talk.events("undo")) == 1
    assert talk.text("plain.answer.single", n=3) in said


def test_again_asks_another_variant(talk: Talk) -> None:
    it = question(talk, "trace")
    at(talk, "trace", right(it), "", "again", right(it, 1), "")
    answers = talk.answers()
    assert [(answer["variant"], answer["score"]) for answer in answers] == [(0, 1.0), (1, 1.0)]


def test_an_answered_question_comes_back_with_its_next_variant(talk: Talk) -> None:
    it = question(talk, "trace")
    at(talk, "trace", wrong(it), "")
    at(talk, "trace", right(it, 1), "")
    assert [answer["variant"] for answer in talk.answers()] == [0, 1]


def test_another_language_keeps_the_answer_and_the_hints(talk: Talk) -> None:
    """The language can change before and after the answer, the confidence and the verdict."""
    said = at(talk, "single", "hint", "l", "1", "l", "3", "l")
    assert said.count("어느 것인가?") == 2
    assert said.count("Which one?") == 2
    assert said.index("Not the first.") < said.index("첫째가 아니다.")
    (answer,) = talk.answers()
    assert (answer["hints"], answer["lang"], answer["confidence"]) == (1, "en", 3)
    settings = [data["value"] for _, data in talk.events("setting") if data["name"] == "language"]
    assert settings == ["en", "ko", "en", "ko"]


def test_the_answer_is_on_the_disk_before_its_verdict_is_said(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []
    say = questioning.asking.verdict

    def verdict(*args: object) -> None:
        held.append(len(talk.answers()))
        say(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(questioning.asking, "verdict", verdict)
    at(talk, "single", "1", "3", "again", "2", "3")
    assert held == [1, 2]


def test_saving_that_takes_long_is_said(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    write, said, told = Log.append, threading.Event(), Lines.say

    def append(log: Log, kind: str, **data: object) -> object:
        if kind == "answer":
            assert said.wait(30)
        return write(log, kind, **data)

    def say(lines: Lines, text: str = "", role: str = "") -> None:
        told(lines, text, role)
        if text == talk.text("status.saving"):
            said.set()

    monkeypatch.setattr(tutor, "SLOW", 0.01)
    monkeypatch.setattr(Log, "append", append)
    monkeypatch.setattr(Lines, "say", say)
    heard = at(talk, "single", "2", "3")
    assert heard.index(talk.text("status.saving")) < heard.index("✓ Right")


def test_an_answer_that_cannot_be_kept_has_no_verdict(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk the question stays open, and the next attempt counts."""
    write, refused = Log.append, []

    def append(log: Log, kind: str, **data: object) -> object:
        if kind == "answer" and not refused:
            refused.append(kind)
            raise LogError("study.full", dir=Path("there"), reason="full")
        return write(log, kind, **data)

    monkeypatch.setattr(Log, "append", append)
    said = at(talk, "single", "2", "3", "2", "1")
    full = talk.text("study.full", dir="there", reason="full")
    assert said.index(full) < said.index("✓ Right")
    assert said.count("✓ Right") == 1
    assert [answer["confidence"] for answer in talk.answers()] == [1]


def test_a_question_that_names_a_number_that_is_not_there_is_told(talk: Talk) -> None:
    """A message is shown, and the lesson continues."""
    said = at(talk.with_course({"{{ c0 }}": "{{ nowhere }}"}), "trace", "")
    assert talk.text("plain.broken") in said
