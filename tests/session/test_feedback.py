"""Messages about tasks: each is completed separately, and none before the predicted run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from predicted import CELLS, cell, course_predictions
from sampling import sampled

from rnntutor.course.blocks import Text
from rnntutor.course.sim_spec import Condition, SimSpec
from rnntutor.session import advance, feedback, knobs, outcome, predicting
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage
from rnntutor.spans import plain
from rnntutor.words import LANGUAGES, load


def test_what_the_task_has_shown_belongs_to_the_run_in_which_it_was_reached() -> None:
    words = load("en")
    spec = cell(do=(Condition("U", "at_most", 0.7), Condition("t", "at_least", 3)))
    stage = advance.move(knobs.turn(stages.open_stage(spec), "U", -1), stages_end(spec))
    assert stage.task_done and "h grew" in plain(feedback.outcome_rows(stage, words, CELLS)[0])
    other = knobs.turn(stage, "U", -1)
    assert other.task_done and feedback.outcome_rows(other, words, CELLS) == ()
    assert feedback.outcome_rows(knobs.turn(other, "U", 1), words, CELLS)
    assert feedback.outcome_rows(stages.reset(stage), words, CELLS) == ()
    back = advance.move(stage, stage.transport.start())
    assert back.task_done and feedback.outcome_rows(back, words, CELLS) == ()


def test_a_task_to_be_done_after_others_ticks_when_they_are_done() -> None:
    again = Condition("t", "at_least", 3, after=True)
    spec = cell(do=(Condition("U", "at_most", 0.7), again))
    stage = advance.move(stages.open_stage(spec), stages_end(spec))
    assert stage.ticks == frozenset()
    stage = advance.move(stage, stage.transport.start())
    stage = knobs.turn(stage, "U", -1)
    assert stage.ticks == {0} and not outcome.told(stage)
    stage = advance.move(stage, stage.transport.end())
    assert stage.task_done and outcome.told(stage)


def stages_end(spec: SimSpec) -> object:
    return stages.open_stage(spec).transport.end()


def test_what_the_lessons_own_run_shows_is_not_told_over_another() -> None:
    spec = cell(do=(Condition("t", "at_least", 3),))
    turned = knobs.turn(stages.open_stage(spec), "U", -1)
    there = advance.move(turned, turned.transport.end())
    assert there.task_done and not outcome.told(there)
    assert outcome.told(knobs.turn(there, "U", 1))


def test_a_done_step_that_is_opened_again_tells_nothing_before_its_run() -> None:
    spec = cell(do=(Condition("t", "at_least", 3),))
    again = stages.open_stage(spec, task_done=True)
    assert outcome.done(again) and not outcome.told(again)
    assert outcome.told(advance.move(again, again.transport.end()))


# ---- training runs -------------------------------------------------------------------------


def two_tasks(*do: tuple[str, object]) -> Stage:
    spec = SimSpec(
        "cell",
        (("cell", "rnn"), ("units", 1), ("x", (1, 1, 0)), ("W", 0.5), ("U", 0.8)),
        controls=("U",),
        do=tuple(Condition(of, "is", value) for of, value in do),
    )
    return stages.open_stage(spec)


def test_each_task_has_a_tick_that_stays() -> None:
    stage = two_tasks(("t", 3), ("U", -0.8))
    stage = advance.move(stage, stage.transport.end())
    assert (stage.ticks, stage.task_done) == ({0}, False)
    stage = outcome.with_ticks(stages.rerun(stage, dict(stage.given) | {"U": -0.8}))
    assert (stage.ticks, stage.task_done) == ({0, 1}, True)
    assert outcome.task_done(stage, 0, 2) and outcome.task_done(stage, 1, 2)


def test_tasks_that_exclude_each_other_are_told_where_the_last_was_done() -> None:
    stage = two_tasks(("U", 0.5), ("U", -0.8))
    first = outcome.with_ticks(stages.rerun(stage, dict(stage.given) | {"U": 0.5}))
    assert not first.task_done and not outcome.told(first)
    second = outcome.with_ticks(stages.rerun(first, dict(stage.given) | {"U": -0.8}))
    assert second.task_done and outcome.told(second)
    back = outcome.with_ticks(stages.rerun(second, dict(stage.given) | {"U": 0.5}))
    assert back.task_done and not outcome.told(back)


def test_ticks_come_back_with_the_history() -> None:
    spec = two_tasks(("t", 3), ("U", -0.8)).spec
    assert stages.open_stage(spec, task_done=True).ticks == {0, 1}
    assert stages.open_stage(spec).ticks == frozenset()


def test_what_was_told_can_be_read_again_headed_by_its_settings() -> None:
    words = load("en")
    stage = two_tasks(("t", 3), ("U", -0.8))
    stage = replace(stage, spec=replace(stage.spec, said=(Text("It turned."),)))
    stage = advance.move(stage, stage.transport.end())
    there = outcome.with_ticks(stages.rerun(stage, dict(stage.given) | {"U": -0.8}))
    assert outcome.told(there) and feedback.again_rows(there, words, CELLS) == ()
    elsewhere = outcome.with_ticks(stages.rerun(there, dict(there.given) | {"U": 0.5}))
    rows = [plain(row) for row in feedback.again_rows(elsewhere, words, CELLS)]
    assert "−0.8" in rows[0] and "It turned." in rows[1]
    assert feedback.again_rows(stages.open_stage(stage.spec), words, CELLS) == ()


OTHERWISE = {"radius": 0.5, "w": 1.0, "mask": "on", "border": "reset", "loss": "every"}


@pytest.mark.parametrize("lang", sampled(LANGUAGES, lambda lang: lang == "ko"))
def test_nothing_counts_before_the_run_that_was_predicted(lang: str) -> None:
    """With a turned knob no task is completed, and a message names the predicted settings.

    The predicted run is the step's first task, so that no learner is stuck.
    """
    words, turned = load(lang), 0
    for target, spec in course_predictions(lang):
        made = predicting.predict(stages.open_stage(spec), 0)
        there = advance.move(made, made.transport.end())
        assert not spec.do or 0 in there.ticks, target
        name = next((name for name in spec.controls if name in OTHERWISE), "")
        if not name:
            continue
        turned += 1
        away = knobs.set_knob(made, name, OTHERWISE[name])
        away = advance.move(away, away.transport.end())
        assert not away.ticks and not away.task_done, target
        assert words("predict.elsewhere", settings="").split(" ")[0] in plain(
            feedback.prediction_rows(away, words, CELLS)[0]
        )
        back = knobs.set_knob(away, name, made.simulation.value(made.settings, name))
        assert 0 in back.ticks and outcome.verdict(back) is not None
        again = knobs.set_knob(back, name, OTHERWISE[name])
        assert feedback.prediction_rows(again, words, CELLS) == (), "it has been judged"
    assert turned >= 5
