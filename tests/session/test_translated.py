"""Changing the language replaces settings from the lesson and keeps those of the learner."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.course.blocks import Text
from rnntutor.course.sim_spec import PredictNumber, SimSpec
from rnntutor.session import knobs
from rnntutor.session.stage import open_stage, translate

HERE = SimSpec("types", (("type", "vec-seq"),), controls=("noise",))
THERE = SimSpec("types", (("type", "vec-seq"), ("language", "ko")), controls=("noise",))


def test_a_setting_that_one_language_alone_names_comes_and_goes() -> None:
    """A setting that only one language's lesson has is reset in the other language."""
    stage = open_stage(HERE)
    away = translate(stage, THERE)
    assert away.settings.language == "ko"
    assert translate(away, HERE).settings == stage.settings


def test_what_the_learner_has_set_stays() -> None:
    stage = knobs.set_knob(open_stage(HERE), "seed", 3)
    away = translate(stage, THERE)
    assert (away.settings.seed, away.settings.language) == (3, "ko")
    back = translate(away, HERE)
    assert (back.settings.seed, back.settings.language) == (3, stage.settings.language)


def test_what_is_asked_to_be_predicted_is_asked_in_the_new_language() -> None:
    here, there = (
        replace(spec, predict=PredictNumber("h[1][0]", 0.01, say=(Text(said),)))
        for spec, said in ((HERE, "여기"), (THERE, "there"))
    )
    away = translate(open_stage(here), there)
    assert away.prediction is not None and away.prediction.spec == there.predict
    plain = translate(open_stage(HERE), THERE)
    assert plain.prediction is None
