"""Coupled gates and the connection from t-2, against their equations written independently."""

from __future__ import annotations

import math

import pytest

from rnntutor.course.load import open_course
from rnntutor.course.sim_spec import Condition
from rnntutor.package_data import lessons_dir
from rnntutor.session.knobs import set_knob
from rnntutor.session.stage import Stage, open_stage
from rnntutor.sims import find
from rnntutor.words import load


def states(cell: str, **given: object) -> list[float]:
    simulation = find("cell")
    trace = simulation.trace(simulation.make({"cell": cell, "units": 1, **given}))
    return [float(trace.at("h", t)[0]) for t in range(trace.steps + 1)]


def test_coupled_gates_are_an_lstm_whose_input_gate_is_what_f_leaves() -> None:
    given = {"x": [1, -1, 0.5], "h0": 0.2, "c0": -0.4, "clamp_f": 0.7}
    weights = {"W_o": 0.5, "U_o": -0.3, "W_g": 1.2, "U_g": 0.8}
    coupled = states("coupled", **given, **weights)
    assert coupled == pytest.approx(states("lstm", **given, **weights, clamp_i=0.3))


def test_the_second_link_brings_the_state_two_steps_before() -> None:
    found = states("skip", x=[1, 0, 0, 0], W=0.5, U=0.0, p_h=0.9, h0=0.0)
    one = math.tanh(0.5)
    three = math.tanh(0.9 * one)
    assert found == pytest.approx([0.0, one, 0.0, three, 0.0])


def test_the_second_link_computes_the_numbers_of_fibonacci_where_tanh_is_straight() -> None:
    """For tiny states tanh is linear, so h_t ≈ h_{t-1} + h_{t-2}."""
    found = states("skip", x=[1e-6, 0, 0, 0, 0, 0], W=1.0, U=1.0, p_h=1.0)
    assert [value / 1e-6 for value in found[1:]] == pytest.approx([1, 1, 2, 3, 5, 8], rel=1e-6)


# Challenge -> the answer that its page names, in the order of its goal.
ANSWERS = {
    "unseen-peephole": {"p_f[0]": -3.0, "b_f": 10.0},
    "unseen-coupled": {"W_f": -4.0, "b_f": 5.0, "W_o": -4.0, "b_o": -5.0},
    "unseen-mgu": {"W_f": 4.0, "b_f": -5.0},
    "unseen-skip": {"U": 0.0, "p_h[0]": 2.0},
}


@pytest.mark.parametrize("step_id", ANSWERS)
def test_a_challenge_is_met_by_the_answer_that_its_page_tells_and_not_before(step_id: str) -> None:
    course = open_course(lessons_dir(), load("en"))
    step = next(step for step in course.lesson("beyond", "en").steps if step.id == step_id)
    assert step.sim is not None
    stage = open_stage(step.sim, predicted=True)
    assert not all(holds(goal, stage) for goal in step.sim.goal)
    for name, value in ANSWERS[step_id].items():
        stage = set_knob(stage, name, value)
        assert stage.complaint is None
    assert all(holds(goal, stage) for goal in step.sim.goal)


def holds(goal: Condition, stage: Stage) -> bool:
    value = float(stage.trace[goal.of])
    if goal.test == "between":
        low, high = goal.value
        return low <= value <= high
    return value >= goal.value if goal.test == "at_least" else value <= goal.value
