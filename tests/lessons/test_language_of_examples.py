"""The examples in a lesson's simulations are in the language of the lesson."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnntutor import sims
from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session.links import sim_links, spec_of
from rnntutor.sims.base import knobs
from rnntutor.words import LANGUAGES, load

COURSE = open_course(lessons_dir(), load("en"))


def of_no_effect(use: str, given: dict[str, object], field: str, lang: str) -> bool:
    """Return whether the language changes no other setting, because the lesson sets the
    examples."""
    make = sims.find(use).make
    made = make(given)
    return bool(made == replace(make({**given, field: lang}), **{field: getattr(made, field)}))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_stage_has_its_examples_in_the_language_of_its_lesson(lang: str) -> None:
    for entry in COURSE.every:
        for step in COURSE.lesson(entry.id, lang).steps:
            if step.sim is None:
                continue
            simulation, given = sims.find(step.sim.use), dict(step.sim.settings)
            for field, knob in knobs(simulation.settings).items():
                if not knob.spoken:
                    continue
                there = getattr(simulation.make(given), field) == lang
                assert there or of_no_effect(step.sim.use, given, field, lang), step.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_opens_its_examples_in_the_language_of_its_lesson(lang: str) -> None:
    found = 0
    for entry in COURSE.every:
        for question in COURSE.lesson(entry.id, lang).questions:
            for link in sim_links(question.why):
                spec = spec_of(link, lang)
                settings = sims.find(spec.use).make(dict(spec.settings))
                for field, knob in knobs(settings).items():
                    if knob.spoken and field not in dict(link.settings):
                        assert field not in spec.controls
                        found += 1
                        told = dict(spec.settings)
                        there = getattr(settings, field) == lang
                        assert there or of_no_effect(spec.use, told, field, lang), question.id
    assert found > 10
