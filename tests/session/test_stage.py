"""The state of a stage: its views, units and rows, its knobs, its task."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.course.sim_spec import Condition, PredictNumber, SimSpec
from rnntutor.nn.training import Update
from rnntutor.render.views.view_context import Cursor
from rnntutor.session import advance, conditions, opening, outcome, viewing
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage, open_stage

LSTM = (("cell", "lstm"), ("units", 3), ("T", 4))


def cell(**more: object) -> Stage:
    return open_stage(SimSpec("cell", LSTM, **more))


def test_a_view_is_shown_by_its_index_or_in_turn() -> None:
    stage = cell(views=("strip", "gate:f", "memory"))
    assert [viewing.show(stage, n).view for n in (-1, 0, 2, 3)] == [0, 0, 2, 0]
    seen = []
    for _ in range(3):
        stage = viewing.next_view(stage)
        seen.append(stage.view)
    assert seen == [1, 2, 0]
    assert viewing.show(viewing.show(stage, 2), 0).view == 0


def test_units_come_in_turn_both_ways() -> None:
    stage = cell()
    assert viewing.next_unit(stage).unit == 1
    assert viewing.next_unit(stage, -1).unit == 2
    assert viewing.next_unit(viewing.next_unit(stage, 2), 1).unit == 0


def test_rows_are_opened_one_after_the_other_and_closed_after_the_last() -> None:
    stage = cell(views=("gate:f",))
    opened = []
    for _ in range(3):
        stage = viewing.open_next_row(stage)
        opened.append(stage.open_row)
    assert opened == ["wx_f", "uh_f", ""]
    assert viewing.open_next_row(replace(stage, open_row="elsewhere")).open_row == "wx_f"


def test_shared_weights_are_shown_and_hidden() -> None:
    stage = cell()
    assert not stage.shared
    assert viewing.share(stage).shared and not viewing.share(viewing.share(stage)).shared


def test_it_begins_at_the_cursor_of_its_lesson() -> None:
    stage = cell(cursor=2)
    assert stage.cursor == Cursor(2, len(stage.phases))
    assert cell().cursor == Cursor(0, 0)


def test_a_clamp_at_the_cursor_is_that_of_the_step_being_computed() -> None:
    stage = cell()
    phases = stage.transport.phases
    at = [0, 1, phases, phases + 1, 2 * phases]
    moved = [advance.move(stage, stage.transport.to(position)) for position in at]
    named = [stages.setting_at_cursor(each, "clamp_f@t") for each in moved]
    assert named == [f"clamp_f@{t}" for t in (1, 1, 1, 2, 2)]
    assert stages.setting_at_cursor(stage, "T") == "T"


def test_fewer_steps_units_or_views_leave_the_cursor_where_there_is_something() -> None:
    stage = replace(cell(), unit=2)
    stage = advance.move(stage, stage.transport.end())
    smaller = stages.rerun(stage, {"cell": "rnn", "units": 2, "T": 2})
    assert smaller.unit == 1
    assert smaller.cursor == Cursor(2, len(smaller.phases))
    memory = viewing.show(stage, stage.views.index("memory"))
    there = stages.rerun(memory, {"cell": "rnn"})
    assert there.views == stage.simulation.views(there.settings)
    assert there.view == 0 and "memory" not in there.views
    table = viewing.show(stage, stage.views.index("table"))
    kept = stages.rerun(table, {"cell": "rnn"})
    assert kept.views[kept.view] == "table"


def test_a_reset_keeps_what_was_achieved_and_looked_at() -> None:
    stage = stages.rerun(cell(), {"cell": "lstm", "units": 5, "T": 2})
    stage = replace(viewing.next_view(stage), unit=4, task_done=True, goal_met=True)
    again = stages.reset(stage)
    assert dict(again.given) == dict(LSTM)
    assert (again.view, again.unit, again.task_done, again.goal_met) == (1, 2, True, True)
    assert again.cursor == Cursor(0, 0) and not again.acted


def test_a_training_has_nothing_to_tell_before_its_first_report() -> None:
    stage = open_stage(SimSpec("race"))
    assert stage.training is not None
    assert conditions.last_report(stage) == {"updates": 0.0}
    told = stage.training.add_report(Update(40, 0.25, {"solved_gru": 30.0}))
    stage = replace(stage, training=told)
    assert conditions.last_report(stage) == {"updates": 40.0, "loss": 0.25, "solved_gru": 30.0}
    assert conditions.last_report(cell()) == {}


def test_a_report_with_a_smaller_net_shows_the_last_unit_that_it_has() -> None:
    stage = replace(open_stage(SimSpec("race")), unit=9)
    small = open_stage(SimSpec("race", (("units", 4),))).trace
    probed = Update(1, 0.5, trace=small)
    running = advance.train(stage, stage.training.toggle())
    assert advance.add_report(running, probed).unit == small.units - 1
    assert advance.add_report(replace(running, unit=1), probed).unit == 1


def test_a_goal_is_met_when_all_of_it_holds_and_only_where_there_is_one() -> None:
    kept, never = Condition("units", "at_least", 3), Condition("units", "at_least", 99)
    assert not outcome.with_ticks(cell()).goal_met
    assert outcome.with_ticks(cell(goal=(kept,))).goal_met
    assert not outcome.with_ticks(cell(goal=(kept, never))).goal_met


def test_the_transport_moves_in_a_run_and_not_in_the_reports_of_a_training() -> None:
    assert stages.probing(cell())
    race = open_stage(SimSpec("race"))
    assert not stages.probing(race)
    assert stages.probing(viewing.show(race, race.views.index("strip")))


def test_a_stage_rests_where_nothing_that_runs_changes_what_is_seen() -> None:
    assert not stages.resting(cell())
    memory = open_stage(SimSpec("memory"))
    readout = viewing.show(memory, memory.views.index("readout"))
    assert stages.resting(readout) and not stages.resting(memory)
    assert readout.training is not None
    assert not stages.resting(replace(readout, training=replace(readout.training, running=True)))


def test_a_text_that_was_not_changed_becomes_that_of_the_other_language() -> None:
    english = SimSpec("cell", (*LSTM, ("text", "a b")))
    korean = SimSpec("cell", (*LSTM, ("text", "가 나")))
    stage = open_stage(english)
    assert stages.translate(stage, korean).given["text"] == "가 나"
    own = stages.rerun(stage, {**stage.given, "text": "my own"})
    assert stages.translate(own, korean).given["text"] == "my own"
    assert stages.translate(stage, english).trace is stage.trace


def test_the_same_run_is_told_by_its_settings() -> None:
    stage, other = cell(), opening.spec("cell", [("cell", "gru")])
    assert stages.same_run(stage, stage.settings)
    assert not stages.same_run(stage, open_stage(other).settings)
    race = open_stage(SimSpec("race"))
    assert not stages.same_run(race, stage.settings)
    looked_at = replace(race.settings, cell="gru")  # the cell of the probe run
    assert looked_at != race.settings and stages.same_run(race, looked_at)
    assert not stages.same_run(race, replace(race.settings, units=race.settings.units + 1))


def test_what_the_learner_moves_is_an_act() -> None:
    stage = cell()
    assert not stage.acted
    assert advance.move(stage, stage.transport.phase(1)).acted


def test_a_prediction_is_asked_once() -> None:
    asked = PredictNumber("h[1][0]", 0.01)
    assert cell(predict=asked).prediction is not None
    assert open_stage(SimSpec("cell", LSTM, predict=asked), predicted=True).prediction is None
    assert cell().prediction is None


def test_an_open_prediction_holds_the_run() -> None:
    stage = cell(predict=PredictNumber("h[1][0]", 0.01))
    for ahead in (stage.transport.phase(1), stage.transport.toggle()):
        assert advance.move(stage, ahead) is stage
    assert advance.move(stage, stage.transport).acted


# ---- the run of a step's outcome ---------------------------------------------------------------

KEPT = (Condition("forget_bias", "at_least", 2.0),)


def test_the_outcome_speaks_of_the_first_run_in_which_the_learner_did_the_task() -> None:
    stage = cell(do=KEPT, controls=("forget_bias",))
    assert stage.bound is None and outcome.with_ticks(stage).bound is None
    once = opening.apply_assignment(stage, "forget_bias = 2.5")
    assert once.bound is not None and once.bound.settings == once.settings
    back = opening.apply_assignment(once, "forget_bias = 0")
    assert back.bound == once.bound
    assert opening.apply_assignment(back, "forget_bias = 3").bound == once.bound


def test_the_outcome_speaks_of_the_lessons_run_where_that_fulfils_the_task() -> None:
    """This holds for any changes that the learner made before the end."""
    stage = cell(do=(Condition("t", "at_least", 3),), controls=("forget_bias",))
    changed = opening.apply_assignment(stage, "forget_bias = 2.5")
    assert changed.bound is None
    ended = advance.move(changed, changed.transport.end())
    assert ended.task_done and ended.settings != stage.settings
    assert ended.bound is not None and ended.bound.settings == stage.settings
