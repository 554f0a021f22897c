"""A run from step T to step 1: when values are known, and where a prediction leads."""

from __future__ import annotations

import pytest

from rnntutor.course.sim_spec import Condition, PredictNumber, SimSpec
from rnntutor.nn.training import Update
from rnntutor.render.views.view_context import Cursor
from rnntutor.session import advance, conditions, knobs, predicting
from rnntutor.session import stage as stages


def spec(**more: object) -> SimSpec:
    return SimSpec("bptt", settings=(("T", 4), ("units", 2)), **more)  # type: ignore[arg-type]


def test_a_value_is_known_once_the_way_back_has_reached_it() -> None:
    """dh[3] is known after the transport's second step, dh[1] at the end."""
    stage = stages.open_stage(spec(cursor=2))
    assert (
        conditions.current_value(stage, Condition("dh[3][0]", "at_least", 0))
        == stage.trace["dh[3][0]"]
    )
    assert conditions.current_value(stage, Condition("dh[2][0]", "at_least", 0)) is None
    end = advance.move(stage, stage.transport.end())
    assert (
        conditions.current_value(end, Condition("dh[1][0]", "at_least", 0))
        == stage.trace["dh[1][0]"]
    )


@pytest.mark.parametrize(
    ("ask", "at"),
    [
        ("dh[3][0]", Cursor(2, 2)),
        ("da[1][1]", Cursor(4, 3)),
        ("dU_terms[2][0][1]", Cursor(3, 4)),
        ("dU[0][1]", Cursor(4, 5)),
    ],
)
def test_a_prediction_is_answered_at_the_phase_that_gives_it(ask: str, at: Cursor) -> None:
    stage = stages.open_stage(spec(predict=PredictNumber(ask, 0.01)))
    key = float(stage.trace[ask])
    answered = predicting.predict(stage, f"{key:.4f}")
    assert answered.prediction is not None
    assert answered.prediction.state == stages.RIGHT
    assert answered.cursor == at


def test_the_challenge_of_the_gradient_is_ticked_at_the_end_of_the_run() -> None:
    goal = (Condition("at_20", "between", (0.1, 10)),)
    stage = stages.open_stage(SimSpec("gradient", controls=("radius",), cursor=50, goal=goal))
    assert not stage.goal_met
    for _ in range(3):
        stage = knobs.turn(stage, "radius", 1)
    assert stage.goal_met


def test_the_run_before_is_the_one_from_which_a_knob_was_turned_away() -> None:
    """Turning one knob several times keeps the first run for comparison; another knob replaces it.

    With the first value again there is nothing to compare.
    """
    names = ("radius", "scale")
    stage = stages.open_stage(SimSpec("gradient", controls=names, settings=(("radius", 0.9),)))
    first = stage.trace
    assert stage.before is None
    for _ in range(4):
        stage = knobs.turn(stage, "radius", -1)
    assert stage.before is not None and stage.before.trace is first
    last = stage.trace
    moved = advance.move(stage, stage.transport.end())
    assert moved.before is stage.before
    other = knobs.turn(moved, "scale", 1)
    assert other.before is not None and other.before.trace is last
    assert stages.reset(other).before is None
    assert knobs.set_knob(stage, "radius", 0.9).before is None


def test_the_training_before_is_the_last_that_ran() -> None:
    """Turning knobs without training keeps the last training run for comparison."""
    stage = stages.open_stage(SimSpec("memory", controls=("T", "seed"), settings=(("T", 10),)))
    assert stage.training is not None

    def trained(stage: stages.Stage, step: int) -> stages.Stage:
        return advance.add_report(stage, Update(step, 1.0, {"accuracy": 0.5}))

    first = trained(stage, 40)
    assert first.training is not None
    turned = knobs.turn(knobs.turn(first, "T", 1), "seed", 1)
    assert turned.before is not None and turned.before.history is first.training.history
    assert turned.training is not None and not turned.training.updates
    second = trained(turned, 60)
    again = knobs.turn(second, "T", 1)
    assert again.before is not None
    assert [u.step for u in again.before.history.updates] == [60]
