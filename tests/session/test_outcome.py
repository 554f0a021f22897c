"""Outcomes of a stage: completed tasks, missed challenges, pending verdicts, training runs."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.course.sim_spec import Condition, PredictChoice, PredictNumber, PredictOption, SimSpec
from rnntutor.nn.training import Update
from rnntutor.session import advance, knobs, outcome, predicting
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage, open_stage

TRAINED = Condition("updates", "at_least", 1)
NEVER = Condition("updates", "at_least", 10**9)


def race(**more: object) -> Stage:
    return open_stage(SimSpec("race", (("T", 5), ("units", 2)), **more))


def trained(stage: Stage, updates: int = 1) -> Stage:
    assert stage.training is not None
    running = advance.train(stage, stage.training.toggle())
    return advance.add_report(running, Update(updates, 0.5))


def test_each_task_has_its_own_tick_where_there_are_as_many_conditions() -> None:
    half = trained(race(do=(TRAINED, NEVER)))
    assert [outcome.task_done(half, index, 2) for index in (0, 1)] == [True, False]
    assert not outcome.task_done(None, 0, 1)


def test_one_tick_stands_for_all_tasks_where_the_conditions_are_fewer() -> None:
    for stage, ticked in ((race(do=(TRAINED,)), False), (trained(race(do=(TRAINED,))), True)):
        assert {outcome.task_done(stage, index, 3) for index in range(3)} == {ticked}
    assert not outcome.task_done(trained(race()), 0, 0)  # a step without tasks


def test_a_challenge_is_missed_when_its_training_is_over_and_not_before() -> None:
    going = trained(race(goal=(NEVER,)))
    assert not outcome.missed(going)
    over = advance.add_report(going, None)
    assert outcome.missed(over)
    assert not outcome.missed(advance.add_report(trained(race(goal=(TRAINED,))), None))
    assert not outcome.missed(advance.add_report(trained(race()), None))


def test_a_challenge_is_missed_at_the_end_of_its_run_once_something_was_done() -> None:
    spec = SimSpec("cell", goal=(Condition("t", "at_least", 99),))
    stage = open_stage(spec)
    ended = replace(stage, transport=stage.transport.end())
    assert not outcome.missed(ended)  # as it was opened
    assert outcome.missed(advance.move(stage, stage.transport.end()))
    assert not outcome.missed(advance.move(stage, stage.transport.phase(1)))


def test_there_is_no_verdict_before_an_answer_and_none_without_one() -> None:
    asked = open_stage(SimSpec("cell", predict=PredictNumber("h[1][0]", 0.01)))
    assert asked.prediction is not None and not asked.prediction.because_read
    assert outcome.verdict(asked) is None
    skipped = replace(asked, prediction=replace(asked.prediction, state=stages.SKIPPED))
    assert outcome.verdict(skipped) is None
    assert outcome.verdict(open_stage(SimSpec("cell"))) is None


def test_the_verdict_names_the_quantity_that_decided_if_it_has_a_symbol() -> None:
    decided = {}
    for path in ("h[1][0]", "units"):
        option = PredictOption((), Condition(path, "at_least", -9.0))
        stage = open_stage(SimSpec("cell", predict=PredictChoice((option, option))))
        made = predicting.predict(stage, 0)
        verdict = outcome.verdict(advance.move(made, made.transport.end()))
        decided[path] = verdict and (verdict.of, verdict.value)
    known = float(stage.trace["h[1][0]"])
    assert decided == {"h[1][0]": ("h₁", known), "units": ("", 0.0)}


def test_the_outcome_speaks_of_the_training_run_in_which_the_task_was_done_first() -> None:
    first = trained(race(do=(TRAINED,), controls=("units",)))
    assert first.training is not None and first.bound is not None
    assert first.bound.generation == first.training.generation and outcome.told(first)
    other = knobs.set_knob(first, "units", 3)
    assert not outcome.told(other)
    again = trained(other)
    assert outcome.fulfilled(again)
    assert again.bound == first.bound and not outcome.told(again)


def test_a_training_does_not_begin_while_a_prediction_is_open() -> None:
    stage = race(predict=PredictNumber("loss", 0.01))
    assert stage.training is not None
    assert advance.train(stage, stage.training.toggle()) is stage
    run = open_stage(SimSpec("cell"))
    assert advance.train(run, stage.training.toggle()) is run


def test_to_start_a_training_is_an_act() -> None:
    stage = race()
    assert stage.training is not None and not stage.acted
    assert advance.train(stage, stage.training.toggle()).acted
