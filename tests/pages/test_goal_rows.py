"""The progress of a challenge: each part with its value and its limit, in one row if possible."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from sampling import in_turn

from rnntutor.course.load import open_course
from rnntutor.course.sim_spec import SimSpec
from rnntutor.package_data import lessons_dir
from rnntutor.pages.goal import goal_row
from rnntutor.pages.stage import stage_rows
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.views.registry import heading
from rnntutor.session import conditions
from rnntutor.session import stage as stages
from rnntutor.session.naming import condition_word
from rnntutor.spans import plain, width
from rnntutor.words import LANGUAGES, load


@cache
def goals(lang: str) -> tuple[SimSpec, ...]:
    """Return the simulations of all challenges."""
    course = open_course(lessons_dir(), load(lang))
    steps = [step for entry in course.entries for step in course.lesson(entry.id, lang).steps]
    found = tuple(s.sim for s in steps if s.sim is not None and s.sim.goal)
    assert len(found) > 5
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cells", [56, 76, 96])
def test_no_row_begins_with_what_belongs_to_the_row_before(lang: str, cells: int) -> None:
    words = load(lang)
    for spec in goals(lang):
        row = goal_row(stages.open_stage(spec, predicted=True), words, cells)
        signs = [n for n, span in enumerate(row) if span.text[0] in "✓✗"]
        longest = max(width(row[n:m]) for n, m in zip(signs, (*signs[1:], len(row)), strict=True))
        for found in wrap(row, cells):
            assert not plain(found).startswith(" ")
            if longest <= cells:
                assert not plain(found).startswith("(")
                assert not re.search(r"\) [✓✗]", plain(found))  # parts are separated


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_goal_speaks_of_is_told_in_the_language_of_its_lesson(lang: str) -> None:
    """Symbols are allowed, but names from the code are not."""
    words = load(lang)
    for spec in goals(lang):
        stage = stages.open_stage(spec, predicted=True)
        for name in (condition_word(stage, words, goal) for goal in spec.goal):
            assert "_" not in name
            assert lang == "en" or not re.search("[a-z]{4}", name), name


@pytest.mark.parametrize(("value", "wanted"), [(16, "16"), (951.0, "951"), (0.0, "0")])
def test_a_count_has_no_decimals(value: float, wanted: str, monkeypatch) -> None:
    """Counts like 16 units or 951 parameters have none; a value compared with 0.5 has three."""
    words = load("en")
    spec = next(
        s.sim for s in open_course(lessons_dir(), words).lesson("types", "en").steps[::-1] if s.sim
    )
    stage = stages.open_stage(spec, predicted=True)
    monkeypatch.setattr(conditions, "current_value", lambda stage, condition: value)
    share, count = (part for part in re.split(r" (?=[✓✗])", plain(goal_row(stage, words)))[1:])
    assert count.replace("\u00a0", " ").split("  ")[0].endswith(f" {wanted}")
    assert "." in share.replace("\u00a0", " ").split("  ")[0] or value > 100


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cells", [56, 76, 96])
def test_the_word_for_the_goal_does_not_stand_in_a_row_alone(lang: str, cells: int) -> None:
    words = load(lang)
    for spec in goals(lang):
        rows = wrap(goal_row(stages.open_stage(spec, predicted=True), words, cells), cells)
        assert plain(rows[0]).strip() != words("stage.goal")
        assert "✓" in plain(rows[0]) or "✗" in plain(rows[0])


@pytest.mark.parametrize(("size", "lang"), in_turn([(56, 28), (56, 29), (96, 43)], LANGUAGES))
def test_the_view_below_stays_when_the_goal_is_told(size: tuple[int, int], lang: str) -> None:
    """At 120×36 and 180×50 the progress takes more rows than the caption, but views below
    remain."""
    for spec in goals(lang):
        words, before = load(lang), stages.open_stage(spec, predicted=True)
        after = replace(before, acted=True, transport=before.transport.end())
        names = {f"{n} {heading(view, words)}" for n, view in enumerate(before.views, 1)}
        below = [
            names & {plain(row).strip() for row in stage_rows(stage, words, *size)}
            for stage in (before, after)
        ]
        assert below[0] == below[1]
