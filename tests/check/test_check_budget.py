"""The check of any course ends, and reports if its time was not enough for everything."""

from __future__ import annotations

import os
import threading
from itertools import count

import pytest
from course_files import EN1, FILES, write

from rnntutor import deadline
from rnntutor.check import check_course
from rnntutor.cli import checking
from rnntutor.course import inline, parse
from rnntutor.words import load
from tests.sampling import sampled

WORDS = load("en")
FRACTIONS = r"\frac{a}{" * 50 + "b" + "}" * 50
ROOTS = r"\sqrt{\frac{a}{" * 25 + "b" + "}}" * 25


@pytest.fixture
def clock(monkeypatch):
    """Replace the clock with one that advances by a second whenever it is read."""
    seconds = count()
    monkeypatch.setattr(deadline, "monotonic", lambda: float(next(seconds)))
    monkeypatch.setattr(deadline, "process_time", lambda: float(next(seconds)))


def hostile(more: str) -> dict[str, str]:
    return {**FILES, EN1: f"{FILES[EN1]}\n## More {{#more}}\n\n{more}"}


@pytest.mark.parametrize(
    "more",
    [
        "## Step\n\ntext\n\n" * 900,  # headings
        "".join(f"text $x_{{{n}}}$\n\n" for n in range(900)),  # paragraphs with formulas
        "".join(f"### Q {{#rnn.q{n} type=single}}\n\n- [x] a\n- [ ] b\n\n" for n in range(900)),
    ],
)
@pytest.mark.usefixtures("clock")
def test_a_check_ends_when_its_time_is_up_and_says_so(more, tmp_path):
    """The loops themselves test the time, without a timer of the system."""
    problems = check_course(write(tmp_path, hostile(more)), WORDS, seconds=500)
    assert [p.rule for p in problems].count("budget") == 1


def test_it_ends_outside_the_main_thread_too(tmp_path):
    found = []
    there = write(tmp_path, FILES)
    thread = threading.Thread(target=lambda: found.extend(check_course(there, WORDS, seconds=0)))
    thread.start()
    thread.join()
    assert [p.rule for p in found].count("budget") == 1


def test_on_a_busy_machine_the_time_is_not_up_before_anything_has_been_computed(monkeypatch):
    """Time used by other processes does not count."""
    monkeypatch.setattr(deadline, "process_time", lambda: 0.0)
    with deadline.deadline(0, 1):
        deadline.tick()


def test_a_course_that_is_checked_in_time_is_checked_whole(tmp_path):
    problems = check_course(write(tmp_path, FILES), WORDS)
    assert "budget" not in [p.rule for p in problems]


def test_of_ten_thousand_headings_a_thousand_are_read_and_a_sentence_says_so(tmp_path):
    problems = check_course(write(tmp_path, hostile("## Step\n\n" * 10_000)), WORDS)
    said = [p for p in problems if p.text == WORDS("course.headings", at=0, most=parse.MOST)]
    assert len(said) == 1
    assert len(problems) < 3 * parse.MOST


def test_a_lesson_of_seven_megabytes_is_refused_with_its_size(tmp_path):
    problems = check_course(write(tmp_path, hostile("text\n" * 1_400_000)), WORDS)
    assert any(p.rule == "unreadable" and "MB" in p.text for p in problems)


@pytest.mark.parametrize(
    "mark", sampled(["[", "![a", "**a_b", "[a]("], lambda mark: mark in ("**a_b", "[a]("))
)
def test_a_paragraph_of_nothing_but_marks_is_told_and_left_as_it_is(mark, tmp_path):
    """Searching for the ends of the marks would take minutes."""
    line = mark * (3 * inline.LONGEST // len(mark))
    problems = check_course(write(tmp_path, hostile(line)), WORDS)
    said = WORDS("course.long", at=0, count=len(line), most=inline.LONGEST)
    assert said in [p.text for p in problems]


@pytest.mark.parametrize("formula", [FRACTIONS, ROOTS, "x+" * 100_000])
def test_a_formula_bomb_is_read_or_told_and_the_check_goes_on(formula, tmp_path):
    """Parsing nested fractions once took twice as long for each level."""
    problems = check_course(write(tmp_path, hostile(f"${formula}$\n\n$$\n{formula}\n$$\n")), WORDS)
    assert "budget" not in [p.rule for p in problems]


@pytest.mark.parametrize("toml", ["a = " + "[" * 100_000, "a" + ".a" * 10_000 + " = 1", "[" * 9999])
def test_a_course_file_nested_deeply_is_a_problem_of_that_file(toml, tmp_path):
    files = {**FILES, "course.toml": FILES["course.toml"] + "\n" + toml}
    problems = check_course(write(tmp_path, files), WORDS)
    assert any(p.rule == "unreadable" and p.path.endswith("course.toml") for p in problems)


def test_two_hundred_problems_are_printed_and_the_others_counted(tmp_path, capsys):
    there = write(tmp_path, hostile("## Step\n\n" * 500))
    problems = check_course(there, WORDS)
    assert checking.check(there, WORDS, runs=False)
    said = capsys.readouterr().out
    assert said.count(f"{there}") == checking.MOST_PROBLEMS
    more = len(problems) - checking.MOST_PROBLEMS
    assert WORDS("cli.check_more", n=more) in said
    assert f"Errors: {sum(not p.warning for p in problems)}" in said


@pytest.mark.parametrize("name", ["course.toml", EN1])
def test_a_pipe_instead_of_a_file_is_a_problem_of_that_file(name, tmp_path):
    there = write(tmp_path, FILES)
    (there / name).unlink()
    os.mkfifo(there / name)
    assert any(p.rule == "unreadable" and p.path.endswith(name) for p in check_course(there, WORDS))
