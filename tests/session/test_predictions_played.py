"""Playing the predictions of the course that `test_verdicts` leaves out.

These are predictions of training runs, and predictions of a number with every known mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from rnntutor import sims
from rnntutor.course.load import open_course
from rnntutor.course.sim_spec import PredictChoice, PredictNumber, SimSpec
from rnntutor.nn.training import Update
from rnntutor.package_data import lessons_dir
from rnntutor.session import advance, because, feedback, outcome, predicting
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage
from rnntutor.spans import plain
from rnntutor.words import LANGUAGES, load
from tests.session.test_verdicts import CELLS, flat, written

COURSE = open_course(lessons_dir(), load("en"))


def _predictions(lang: str) -> Iterator[tuple[str, SimSpec]]:
    for entry in COURSE.entries:
        for step in COURSE.lesson(entry.id, lang).steps:
            if step.sim is not None and step.sim.predict is not None:
                yield f"{entry.id}.{step.id}", step.sim


def _trains(spec: SimSpec) -> bool:
    return sims.find(spec.use).updates is not None


# ---- decided by training ------------------------------------------------------------------------


@cache
def _reports(use: str, settings: tuple[tuple[str, object], ...]) -> tuple[Update, ...]:
    """Return every report of a training run, from the untrained net to the end."""
    simulation = sims.find(use)
    assert simulation.updates is not None
    return tuple(simulation.updates(simulation.make(dict(settings))))


TRAINED = [
    pytest.param(lang, spec, given, id=f"{target}-{lang}-{given + 1}")
    for lang in LANGUAGES
    for target, spec in _predictions(lang)
    if isinstance(spec.predict, PredictChoice) and _trains(spec)
    for given in range(len(spec.predict.options))
]


@pytest.mark.long
@pytest.mark.parametrize(("lang", "spec", "given"), TRAINED)
def test_a_prediction_about_a_training_is_judged_by_the_training(
    lang: str, spec: SimSpec, given: int
) -> None:
    words, choice = load(lang), spec.predict
    assert isinstance(choice, PredictChoice)
    stage = predicting.predict(stages.open_stage(spec), given)
    own = written(choice.options[given].text, lang)
    early = set()
    for update in _reports(spec.use, spec.settings):
        stage = advance.add_report(stage, update)
        found = outcome.verdict(stage)
        if found is None:
            rows = feedback.prediction_rows(stage, words, CELLS)
            assert plain(rows[0]).startswith("· ") and own in flat(rows)
        else:
            assert 0 in stage.ticks, "told before the learner has trained as far as the task asks"
            early.add(found.key)
    stage = advance.add_report(stage, None)
    found = outcome.verdict(stage)
    assert found is not None and found.key in choice.options, "one option comes true"
    assert early <= {found.key}, "what has been told stays true"
    key = next(n for n, option in enumerate(choice.options) if option is found.key)
    _shows(stage, lang, own, right=given == key)
    if given != key:
        shown = flat(feedback.prediction_rows(stage, words, CELLS))
        assert written(choice.options[key].text, lang) in shown
        asked = because.reasons(stage)
        if (
            asked
        ):  # wrong reasons come first; the right one is followed by the mistake of the prediction
            right = next(n for n, reason in enumerate(asked) if reason.right)
            shown = flat(feedback.prediction_rows(because.choose(stage, right), words, CELLS))
        assert choice.options[given].say
        assert written(choice.options[given].say, lang) in shown


def _shows(stage: Stage, lang: str, own: str, *, right: bool) -> None:
    rows = feedback.prediction_rows(stage, load(lang), CELLS)
    assert plain(rows[0]).startswith("✓ " if right else "✗ ")
    assert own in flat(rows)
    assert all(sum(span.width for span in row) <= CELLS for row in rows)


# ---- numbers ------------------------------------------------------------------------------------

NUMBERS = [
    pytest.param(lang, spec, id=f"{target}-{lang}")
    for lang in LANGUAGES
    for target, spec in _predictions(lang)
    if isinstance(spec.predict, PredictNumber)
]


@pytest.mark.parametrize(("lang", "spec"), NUMBERS)
def test_every_mistake_that_a_number_knows_is_named(lang: str, spec: SimSpec) -> None:
    asked = spec.predict
    assert isinstance(asked, PredictNumber)
    stage = stages.open_stage(spec)
    key = predicting.asked_value(stage, asked.ask)
    right = predicting.predict(stage, f"{key:.6f}")
    _shows(right, lang, f"{key:.6f}".replace("-", "−"), right=True)
    for wrong in asked.wrong:
        value = predicting.slip_value(stage, asked.ask, wrong)
        assert value is not None, "a mistake that cannot be made here"
        missed = predicting.predict(stage, f"{value:.6f}")
        _shows(missed, lang, f"{value:.6f}".replace("-", "−"), right=False)
        shown = flat(feedback.prediction_rows(missed, load(lang), CELLS))
        assert feedback.number(key) in shown
        assert written(wrong.say, lang) in shown


def test_each_prediction_of_the_course_is_played_by_one_of_these_or_the_sweep() -> None:
    for lang in LANGUAGES:
        every = [spec for _, spec in _predictions(lang)]
        choices = [spec for spec in every if isinstance(spec.predict, PredictChoice)]
        trained = [spec for spec in choices if _trains(spec)]
        numbers = [spec for spec in every if isinstance(spec.predict, PredictNumber)]
        assert len(choices) + len(numbers) == len(every)
        assert trained, "the lesson on lengths predicts what a training gives"
