"""Finding by name: names before texts, and with a Korean input method on too."""

from __future__ import annotations

import pytest

from rnntutor.course.load import open_course
from rnntutor.places import lessons_dir
from rnntutor.session.finding import (
    BODY,
    Place,
    course_places,
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
    places = [
        Place("step", "About gates", "step:a.b"),
        Place("term", "GRU", "term:gru", names=("gated unit",)),
        Place("step", "Memory", "step:a.c", text="It has a gate."),
        Place("term", "gate", "term:gate"),
        Place("term", "delegate", "term:x"),
    ]
    assert [p.title for p in find_matches(places, "Gate")] == [
        "gate", "About gates", "delegate", "GRU", "Memory",
    ]  # fmt: skip
    assert rank("gate", ["Memory"], "It has a gate.") == BODY
    assert rank("xyz", ["Memory"], "It has a gate.") is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_lesson_step_and_term_of_the_course_is_found(lang: str) -> None:
    course = open_course(lessons_dir(), load(lang))
    places = course_places(course, lang)
    links = {place.link for place in places}
    assert {f"lesson:{entry.id}" for entry in course.entries} <= links
    assert {f"term:{term.id}" for term in course.terms} <= links
    lesson = course.lesson("bptt", lang)
    assert {f"step:bptt.{step.id}" for step in lesson.steps} <= links
    assert all(place.title for place in places)
    step = next(p for p in places if p.link == "step:bptt.clipping")
    assert len(step.text) > 200 and "$" not in step.text
