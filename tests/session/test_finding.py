"""Search by name: names before texts, also with a Korean input method."""

from __future__ import annotations

import pytest

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session.finding import (
    BODY,
    SearchEntry,
    course_entries,
    find_matches,
    possible_meanings,
    rank,
)
from rnntutor.words import LANGUAGES, load


def test_what_is_typed_with_a_korean_input_method_on_means_its_keys_too() -> None:
    assert possible_meanings("ㅎㅁㅅㄷ") == ("ㅎㅁㅅㄷ", "gate")
    assert rank("ㅎㅁㅅㄷ", ["forget gate"]) == rank("gate", ["forget gate"])
    assert possible_meanings("   ") == ()


def test_the_beginning_of_the_first_name_comes_first() -> None:
    entries = [
        SearchEntry("step", "About gates", "step:a.b"),
        SearchEntry("term", "GRU", "term:gru", names=("gated unit",)),
        SearchEntry("step", "Memory", "step:a.c", text="It has a gate."),
        SearchEntry("term", "gate", "term:gate"),
        SearchEntry("term", "delegate", "term:x"),
    ]
    assert [p.title for p in find_matches(entries, "Gate")] == [
        "gate", "About gates", "delegate", "GRU", "Memory",
    ]  # fmt: skip
    assert rank("gate", ["Memory"], "It has a gate.") == BODY
    assert rank("xyz", ["Memory"], "It has a gate.") is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_lesson_step_and_term_of_the_course_is_found(lang: str) -> None:
    course = open_course(lessons_dir(), load(lang))
    entries = course_entries(course, lang)
    links = {entry.link for entry in entries}
    assert {f"lesson:{entry.id}" for entry in course.entries} <= links
    assert {f"term:{term.id}" for term in course.terms} <= links
    lesson = course.lesson("bptt", lang)
    assert {f"step:bptt.{step.id}" for step in lesson.steps} <= links
    assert all(entry.title for entry in entries)
    step = next(p for p in entries if p.link == "step:bptt.clipping")
    assert len(step.text) > 200 and "$" not in step.text
