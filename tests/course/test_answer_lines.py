"""Answers typed as one line: separators of gaps, and names of choices."""

from __future__ import annotations

import pytest
from lessons_written import asked

from rnntutor.course.questions import kind_of, order_of
from rnntutor.course.questions.base import Attempt
from rnntutor.failure import Refused

WHY = "\n> [!WHY]\n> x\n"
TASKS = "- [x] a\n- [x] b\n- [ ] c\n"
TABLE = "\n| l | r |\n|---|---|\n| a | 1 |\n| b | 2 |\n| | 3 |\n"


def attempt(body: str, kind: str) -> Attempt:
    """Return an empty attempt, with options and choices in the author's order."""
    question, problems = asked(body + WHY, kind)
    assert question is not None and not problems
    gaps = tuple(tuple(range(len(gap.choices))) for gap in getattr(question.body, "gaps", ()))
    order = tuple(range(len(order_of(question, "", 0))))
    return Attempt(question, 0, order, gaps, draft=kind_of(question).blank(question.body))


def answer(body: str, kind: str, line: str) -> object:
    blank = attempt(body, kind)
    its = kind_of(blank.question)
    read = its.read_line(blank.question.body, blank, line)
    assert read.cursor == 0 or kind in ("single", "multi")
    return its.answer(blank.question.body, read)


def refused(body: str, kind: str, line: str) -> Refused:
    with pytest.raises(Refused) as error:
        answer(body, kind, line)
    return error.value


@pytest.mark.parametrize(
    ("body", "line", "given"),
    [
        ("[[type: a]]\n", "in/out / x", ["in/out / x"]),
        ("[[type: a]] [[type: b]]\n", "x/y", ["x", "y"]),
        ("[[type: a]] [[type: b]]\n", "x/y / z", ["x/y", "z"]),
        ("[[type: a]] [[type: b]]\n", "x /y", ["x", "y"]),
        ("[[type: a]] [[type: b]] [[type: c]]\n", "x/y / z", ["x", "y", "z"]),
        ("[[type: a]] [[type: b]]\n", "x /", ["x", None]),
        ("[[pick: *up* / down / left]]\n", "1", ["up"]),
        ("[[pick: *up* / down / left]]\n", "3", ["left"]),
        ("[[pick: *up* / down / left]]\n", "down", ["down"]),
        ("[[pick: *7* / 1 / 2]]\n", "7", ["7"]),
        ("[[pick: *up* / down]] [[type: a]]\n", "/ x", [None, "x"]),
    ],
)
def test_gaps_are_parted_by_slashes_and_choices_named_by_number_or_word(
    body: str, line: str, given: list[str | None]
) -> None:
    assert answer(body, "cloze", line) == given


@pytest.mark.parametrize("line", ["0", "4", "1 2", "upward"])
def test_a_choice_that_is_not_there_is_refused_with_the_number_of_its_gap(line: str) -> None:
    error = refused("[[type: a]] [[pick: *up* / down / left]]\n", "cloze", f"x / {line}")
    assert (error.key, error.values["gap"], error.values["n"]) == ("plain.answer.choice", 2, 3)


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("[[type: a]]\n", "plain.answer.gap"),
        ("[[pick: *a* / b]]\n", "plain.answer.pick"),
        ("[[type: a]] [[pick: *a* / b]]\n", "plain.answer.cloze"),
    ],
)
def test_one_is_told_whether_to_type_a_word_or_a_number(body: str, key: str) -> None:
    blank = attempt(body, "cloze")
    assert kind_of(blank.question).line_form(blank.question.body).key == key


@pytest.mark.parametrize(
    ("body", "kind", "line", "given"),
    [
        (TASKS, "multi", "1 3", ["1", "3"]),
        (TASKS, "multi", "3", ["3"]),
        (TASKS.replace("- [x] b", "- [ ] b"), "single", "3", "3"),
        (TABLE, "match", "3 1", [2, 0]),
        (TABLE, "match", "1 2", [0, 1]),
    ],
)
def test_options_and_right_cells_are_named_by_their_numbers(
    body: str, kind: str, line: str, given: object
) -> None:
    assert answer(body, kind, line) == given


@pytest.mark.parametrize(
    ("body", "kind", "line", "key"),
    [
        (TASKS, "multi", "0", "plain.answer.multi"),
        (TASKS, "multi", "1 4", "plain.answer.multi"),
        (TASKS, "multi", "2 2", "plain.answer.twice"),
        (TABLE, "match", "1", "plain.answer.match"),
        (TABLE, "match", "1 4", "plain.answer.match"),
        (TABLE, "match", "0 1", "plain.answer.match"),
    ],
)
def test_a_number_that_names_nothing_is_refused(body: str, kind: str, line: str, key: str) -> None:
    assert refused(body, kind, line).key == key
