"""The GRU's update gate keeps and writes; a slip omits the factor of the second part."""

from __future__ import annotations

import math

import pytest

from rnntutor import question_models

GRU: dict[str, question_models.Value] = {"h0": 0.8, "x": -1, "W": 0.5, "U": 1.2, "r": 0.5, "z": 0.9}


def test_only_forgetting_adds_the_whole_candidate() -> None:
    """The slip gives z h_0 plus the whole candidate, instead of 1 − z of it."""
    model = question_models.find("scalar_gru")
    candidate = math.tanh(-0.5 + 1.2 * 0.5 * 0.8)
    wrong = model.slips["forget_only"](GRU)
    assert wrong["h[1]"] == pytest.approx(0.9 * 0.8 + candidate)
    assert model.run(GRU)["h[1]"] == pytest.approx(0.9 * 0.8 + 0.1 * candidate)


def test_only_forgetting_is_carried_through_the_later_steps() -> None:
    """The wrong state of step 1 is used in step 2, as in a calculation by hand."""
    given: dict[str, question_models.Value] = {"x": [1, 0], "W": 0.8, "U": 0.0, "z": [0.2, 0.9]}
    wrong = question_models.find("scalar_gru").slips["forget_only"](given)
    assert wrong["h[2]"] == pytest.approx(0.9 * math.tanh(0.8))


def test_the_two_parts_of_a_gru_step_make_its_state() -> None:
    given = {"h0": 0.8, "x": -1, "W": 0.5, "U": 1.2, "r": 0.5, "z": 0.9}
    model = question_models.find("scalar_gru")
    found = model.run(given)
    assert found["reset[1]"] == pytest.approx(0.5 * 1.2 * 0.8)
    assert found["a[1]"] == pytest.approx(-0.5 + 0.48)
    assert found["kept[1]"] == pytest.approx(0.72)
    assert found["kept[1]"] + found["added[1]"] == pytest.approx(float(found["h[1]"]))
    assert model.slips["reset_erases"](given)["kept[1]"] == pytest.approx(0.36)
    assert model.slips["forget_only"](given)["added[1]"] == pytest.approx(math.tanh(-0.02))
