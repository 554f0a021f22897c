"""Question models of reading both ways: two sets of weights, and the sizes after merging."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnntutor import question_models
from rnntutor.nn.layers import Bidirectional

READ: question_models.Values = {"x": [1, -1], "W": 0.5, "U": 0.8, "W_back": 1.2, "U_back": -0.6}
SIZE: question_models.Values = {"merge": "concat", "D": 3, "H": 4, "K": 5, "T": 10}


def test_the_second_direction_starts_at_the_end() -> None:
    """Its first state belongs to the last step, and its weights are its own."""
    trace = question_models.find("both_ways").run(READ)
    last = math.tanh(-1.2)
    assert trace["h_back[2]"] == pytest.approx(last)
    assert trace["h_back[1]"] == pytest.approx(math.tanh(1.2 - 0.6 * last))
    assert trace["h[1]"] == pytest.approx(math.tanh(0.5))
    assert trace["summed[1]"] == pytest.approx(math.tanh(0.5) + trace["h_back[1]"])


def test_each_slip_is_the_mistake_it_names() -> None:
    """The mistakes are shared weights, starting at the wrong end, and no recurrence."""
    slips = question_models.find("both_ways").slips
    same = math.tanh(0.5 + 0.8 * math.tanh(-0.5))
    assert slips["same_weights"](READ)["h_back[1]"] == pytest.approx(same)
    assert slips["from_the_start"](READ)["h_back[1]"] == pytest.approx(math.tanh(1.2))
    assert slips["alone"](READ)["h_back[1]"] == pytest.approx(math.tanh(1.2))


@pytest.mark.parametrize("merge", ["concat", "sum"])
def test_the_size_is_that_of_the_net_that_runs(merge: str) -> None:
    """Parameters and columns are counted as in the layer of the demos."""
    trace = question_models.find("two_way_size").run({**SIZE, "merge": merge})
    layer = Bidirectional(np.random.default_rng(0), "rnn", 3, 4, np.float32, merge=merge)
    assert trace["cells"] == layer.size == 64
    assert trace["reads"] == layer.output_size
    assert trace["count"] == 64 + 5 * layer.output_size


def test_slips_of_the_size() -> None:
    """The mistakes are one cell instead of two, the other merge, no bias, weights for each step."""
    slips = question_models.find("two_way_size").slips
    assert slips["same_weights"](SIZE)["count"] == 32 + 40
    assert slips["other_merge"](SIZE)["count"] == 64 + 20
    assert slips["no_bias"](SIZE)["count"] == 56 + 40
    assert slips["per_step"](SIZE)["count"] == 104 * 10
