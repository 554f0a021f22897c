"""The simulation `gate`: one gate by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnntutor.nn.trace import PathError
from rnntutor.sims import find
from rnntutor.sims.base import SettingError

GATE = find("gate")


def value(**given: object) -> float:
    settings = GATE.make(given)
    return GATE.measures["value"](settings, GATE.trace(settings))


def test_a_gate_by_hand() -> None:
    trace = GATE.trace(GATE.make({"x": -1, "h": 0.5, "W": 1.5, "U": 2, "b": 1, "c": 0.8}))
    assert float(trace["a[1]"]) == pytest.approx(0.5)
    assert float(trace["value[1]"]) == pytest.approx(1 / (1 + math.exp(-0.5)))
    assert float(trace["kept[1]"]) == pytest.approx(0.8 * 0.6224593)


def test_the_sum_that_gives_nine_tenths_can_be_reached() -> None:
    """The steps of the bias's knob reach 0.9, as the lesson asks."""
    knob = GATE.knob(GATE.make({}), "b")
    steps = np.arange(knob.low, knob.high, knob.step).round(6)
    assert any(abs(value(W=0, b=float(b)) - 0.9) <= 0.005 for b in steps)
    assert abs(value() - 0.9) > 0.05


@pytest.mark.parametrize(
    ("a", "steps"), [(-1, 0.5), (0, 1.0), (1, 2.2), (2, 5.5), (3, 14), (4, 38), (5, 103), (7, 760)]
)
def test_half_life_of_a_memory(a: float, steps: float) -> None:
    settings = GATE.make({"W": 0, "b": a})
    found = GATE.measures["half_life"](settings, GATE.trace(settings))
    assert found == pytest.approx(steps, rel=0.06)


def test_far_sums_do_not_overflow() -> None:
    assert value(W=10, x=3, b=10) == pytest.approx(1)
    assert value(W=-10, x=3, b=-10) == pytest.approx(0, abs=1e-12)
    assert value(W=10, x=-3, activation="tanh") == pytest.approx(-1)


def test_a_candidate_keeps_no_share() -> None:
    settings = GATE.make({"activation": "tanh", "b": -1.5})
    trace = GATE.trace(settings)
    assert float(trace["value[1]"]) == pytest.approx(math.tanh(-0.5))
    assert "kept" not in trace
    assert GATE.phases(settings) == ("sum", "squash")
    assert all(GATE.source(settings, phase) for phase in GATE.phases(settings))


def test_slips() -> None:
    settings = GATE.make({"x": 2, "h": 0.5, "W": 0.5, "U": -1, "b": 1.5, "c": 0.8})
    trace = GATE.trace(settings)
    a = 0.5 * 2 - 0.5 + 1.5

    def slip(name: str, path: str = "value[1]") -> float:
        return GATE.misconceptions[name](settings, trace, path)

    assert slip("no_bias", "a[1]") == pytest.approx(a - 1.5)
    assert slip("swap_W_U", "a[1]") == pytest.approx(-1 * 2 + 0.5 * 0.5 + 1.5)
    assert slip("no_squash") == pytest.approx(a)
    assert slip("other_squash") == pytest.approx(math.tanh(a))
    assert slip("inverted") == pytest.approx(1 - 1 / (1 + math.exp(-a)))
    assert slip("subtracted", "kept[1]") == pytest.approx(0.8 - 1 / (1 + math.exp(-a)))
    for path in ("x[1]", "nothing[1]"):
        with pytest.raises(PathError):
            slip("no_bias", path)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"x": 9}, "setting.range"),
        ({"activation": "relu"}, "setting.choice"),
        ({"W_f": 1}, "setting.unknown"),
    ],
)
def test_what_cannot_be_is_refused(given: dict[str, object], key: str) -> None:
    with pytest.raises(SettingError) as error:
        GATE.make(given)
    assert error.value.key == key
