"""Labels are words or symbols from the lessons, never names from the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from sampling import in_turn

from rnntutor import sims
from rnntutor.course.blocks import Link
from rnntutor.course.load import open_course
from rnntutor.course.sim_spec import Condition, PredictNumber
from rnntutor.package_data import lessons_dir
from rnntutor.pages import stage as stage_rows
from rnntutor.render.links import label
from rnntutor.render.views.registry import heading, looks_at_unit, view, view_names
from rnntutor.session import naming, opening, viewing
from rnntutor.session import stage as stages
from rnntutor.session.links import sim_links
from rnntutor.session.naming import choice_word
from rnntutor.session.stage import Stage
from rnntutor.sims.base import knobs
from rnntutor.spans import plain
from rnntutor.words import LANGUAGES, Words, load

# A letter of the formulas, perhaps with an index of letters or below the line, or an entry of a
# matrix as the lessons write it; the lessons call sizes T, D, H, K.
SYMBOL = re.compile(r"\|?[A-Za-z](_[a-zA-Z]{1,2}|[₀-₉]+)?\|?(\[\d+\])*|d[a-zA-Z]")


def in_words(text: str) -> bool:
    """Return whether a text may be displayed: a symbol, or words without programming characters."""
    return bool(SYMBOL.fullmatch(text)) or not re.search(r"[a-z]_[a-z]|_\d|\[\d|=|@", text)


COURSE = open_course(lessons_dir(), load("en"))
LESSONS = [entry.id for entry in COURSE.entries]


def lesson_stages(lesson: str, lang: str) -> Iterator[Stage]:
    for step in COURSE.lesson(lesson, lang).steps:
        if step.sim is not None:
            yield stages.open_stage(step.sim)


def lab_stages(name: str, lang: str) -> Iterator[Stage]:
    yield stages.open_stage(opening.spec(name, (), lang))
    for key, knob in knobs(sims.find(name).settings).items():
        for choice in knob.choices if key in ("cell", "type", "task") else ():
            yield stages.open_stage(opening.spec(name, ((key, str(choice)),), lang))


def texts(stage: Stage, words: Words) -> Iterator[str]:
    """Yield every label that the stage can show."""
    for name in {*stage.controls, *knobs(stage.settings)}:
        label = naming.knob_label(stage, words, name)
        assert label != name or SYMBOL.fullmatch(label) or f"knob.{name}" in words, name
        yield label
        yield from (choice_word(words, name, c) for c in stages.knob_of(stage, name).choices)
    for spec in stage.views:
        assert spec.partition(":")[0] in view_names(), f"{spec} of {stage.spec.use} is no view"
        yield heading(spec, words, stage.trace)
    yield from (words(f"phase.{phase}") for phase in stage.phases)
    yield from (words(f"measure.{name}") for name in stage.measures)
    yield from (naming.condition_word(stage, words, c) for c in stage.spec.goal)
    spec = stage.spec.predict
    if isinstance(spec, PredictNumber):
        yield naming.path_word(words, spec.ask)
    yield words(f"sim.{stage.spec.use}")
    yield words(f"lab.{stage.spec.use}")
    yield naming.title_word(stage.trace, words)


@pytest.mark.parametrize(("lesson", "lang"), in_turn(LESSONS, LANGUAGES))
def test_everything_on_a_stage_of_a_lesson_has_its_words(lesson: str, lang: str) -> None:
    words = load(lang)
    for stage in lesson_stages(lesson, lang):
        for text in texts(stage, words):
            assert in_words(text), (stage.spec.use, text)


@pytest.mark.parametrize(("name", "lang"), in_turn(sims.names(), LANGUAGES))
def test_everything_on_a_stage_of_its_own_has_its_words(name: str, lang: str) -> None:
    words = load(lang)
    for stage in lab_stages(name, lang):
        for text in texts(stage, words):
            assert in_words(text), text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_training_reports_has_its_words(lang: str) -> None:
    """Every reported metric has a label in each language."""
    words = load(lang)
    for metric in ("loss_rnn", "loss_lstm", "loss_gru", "accuracy", "error", "bits", "held_out"):
        assert in_words(naming.path_word(words, metric)), metric


def test_entries_of_a_run_are_read_as_the_lessons_write_them() -> None:
    words = load("en")
    assert naming.path_word(words, "c[2][0]") == "c₂"
    assert naming.path_word(words, "c[2][1]") == "c₂ (u1)"
    assert naming.path_word(words, "dU") == "dU"
    assert naming.path_word(words, "dU_terms[1]") == "the term of step 1 in dU"
    assert naming.path_word(words, "retention") == words("measure.retention")


def test_what_a_goal_wants_is_said_in_words_with_a_true_minus() -> None:
    words = load("en")

    def wanted(test: str, value: object) -> str:
        return naming.wanted_word(words, Condition("h[1]", test, value))

    assert wanted("at_least", -0.5) == "at least −0.5"
    assert wanted("at_most", 0.5) == "at most 0.5"
    assert wanted("between", (-1, 0.25)) == "−1 to 0.25"
    assert wanted("is", "recall") == "exactly recall"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_link_shows_a_bare_setting(lang: str) -> None:
    words = load(lang)
    course = open_course(lessons_dir(), words)
    found: list[Link] = []
    for entry in course.entries:
        for step in course.lesson(entry.id, lang).steps:
            found += sim_links(step.everything)
            for question in step.questions:
                found += sim_links(question.why)
    assert len(found) > 40
    for link in found:
        said = label(link, {}, str, words)
        # The part before " = " is a letter of the formulas.
        assert not re.search(r"[A-Za-z]{2,}\d* ?=|\S=\S|\[|_[a-z]{2}", said), said


@pytest.mark.parametrize("name", sims.names())
def test_a_title_names_the_unit_where_the_view_shows_one(name: str) -> None:
    words = load("en")
    stage = stages.open_stage(opening.spec(name, ()))
    stage = replace(stage, transport=stage.transport.to(stage.transport.last // 2))
    if stage.trace.units < 2:
        return
    for index, spec in enumerate(stage.views):
        shown = viewing.show(stage, index)
        drawn = [
            view(spec, shown.trace, stage_rows.context(replace(shown, unit=unit), words, 76, 20))
            for unit in sorted({0, 1, shown.trace.units // 2, shown.trace.units - 1})
        ]
        title = plain(stage_rows.title_row(shown, words, 200, focused=False))
        differs = any(rows != drawn[0] for rows in drawn)
        # A coloured text names its unit in its own heading, and a probe lists all units.
        itself = spec.startswith(("colour", "probe"))
        assert ("unit u0" in title) == (differs and not itself), spec
        assert looks_at_unit(spec, shown.trace) == ("unit u0" in title)


def test_settings_are_all_fields() -> None:
    """`knobs` returns only fields of the settings, so the tests above cover them all."""
    for name in sims.names():
        made = sims.find(name).make({})
        assert set(knobs(made)) <= {field.name for field in fields(made)}
