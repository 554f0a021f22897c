"""How far a challenge is from its goal: each part with its number and what is wanted, in one row
where it can be."""

from __future__ import annotations

import re

import pytest

from rnntutor.course.load import open_course
from rnntutor.pages.stage import goal_row
from rnntutor.places import lessons_dir
from rnntutor.render.primitives.wrap import wrap
from rnntutor.session import stage as stages
from rnntutor.session.naming import condition_word
from rnntutor.spans import plain, width
from rnntutor.words import LANGUAGES, load


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cells", [56, 76, 96])
def test_no_row_begins_with_what_belongs_to_the_row_before(lang: str, cells: int) -> None:
    words = load(lang)
    course = open_course(lessons_dir(), words)
    steps = [step for entry in course.entries for step in course.lesson(entry.id, lang).steps]
    goals = [step.sim for step in steps if step.sim is not None and step.sim.goal]
    assert goals
    for spec in goals:
        row = goal_row(stages.open_stage(spec, predicted=True), words, cells)
        signs = [n for n, span in enumerate(row) if span.text[0] in "✓✗"]
        longest = max(width(row[n:m]) for n, m in zip(signs, (*signs[1:], len(row)), strict=True))
        for found in wrap(row, cells):
            assert not plain(found).startswith(" ")
            if longest <= cells:
                assert not plain(found).startswith("(")
                assert not re.search(r"\) [✓✗]", plain(found))  # parts stand apart


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_goal_speaks_of_is_told_in_the_language_of_its_lesson(lang: str) -> None:
    """A symbol stays; a name from inside the program is no word."""
    words = load(lang)
    course = open_course(lessons_dir(), words)
    steps = [step for entry in course.entries for step in course.lesson(entry.id, lang).steps]
    for spec in (step.sim for step in steps if step.sim is not None):
        stage = stages.open_stage(spec, predicted=True)
        for name in (condition_word(stage, words, goal) for goal in spec.goal):
            assert "_" not in name
            assert lang == "en" or not re.search("[a-z]{4}", name), name


@pytest.mark.parametrize(("value", "wanted"), [(16, "16"), (951.0, "951"), (0.0, "0")])
def test_a_count_has_no_decimals(value: float, wanted: str, monkeypatch) -> None:
    """16 units, 951 parameters; what is compared with 0.5 keeps its three decimals."""
    words = load("en")
    spec = next(
        s.sim for s in open_course(lessons_dir(), words).lesson("types", "en").steps[::-1] if s.sim
    )
    stage = stages.open_stage(spec, predicted=True)
    monkeypatch.setattr(stages, "now", lambda stage, condition: value)
    share, count = (part for part in re.split(r" (?=[✓✗])", plain(goal_row(stage, words)))[1:])
    assert count.replace("\u00a0", " ").split("  ")[0].endswith(f" {wanted}")
    assert "." in share.replace("\u00a0", " ").split("  ")[0] or value > 100
