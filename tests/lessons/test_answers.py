"""The steps, simulations and questions named in docs/coverage.md exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rnntutor import sims
from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.words import load

COURSE = open_course(lessons_dir(), load("en"))
TEXT = (Path(__file__).parents[2] / "docs" / "coverage.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if re.match(r"\| \d+ \|", line)
]
NONE = "–"
LESSONS = [COURSE.lesson(entry.id, "en") for entry in COURSE.entries]
STEPS = {f"{lesson.id}.{step.id}": step for lesson in LESSONS for step in lesson.steps}
QUESTIONS = {question.id for lesson in LESSONS for question in lesson.questions}


def test_both_tables_are_whole() -> None:
    assert [int(row[0]) for row in ROWS] == [*range(1, 41), *range(1, 31)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{len(row)}.{row[0]}")
def test_what_a_row_names_is_there(row: list[str]) -> None:
    _, _, step, *stage, question = row
    assert step == NONE or step in STEPS
    assert question == NONE or question in QUESTIONS
    for name in stage:
        assert name == NONE or name in sims.names()
        if name != NONE and step in STEPS and (sim := STEPS[step].sim) is not None:
            assert sim.use == name, f"{step} has another stage"


def test_the_counts_are_those_of_the_tables() -> None:
    learners = [row for row in ROWS if len(row) == 5]
    exams = [row for row in ROWS if len(row) == 4]
    assert f"Taught, seen and asked: {sum(NONE not in row for row in learners)}." in TEXT
    assert f"Taught and asked: {sum(NONE not in row for row in exams)}." in TEXT
