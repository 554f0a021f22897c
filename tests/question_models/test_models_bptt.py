"""The scalar models of the backward pass agree with their equations, and each slip with its
mistake."""

import math

import numpy as np
import pytest

from rnntutor.question_models import find

BACK = {"U": 1.5, "slope": [0.9, 0.5, 0.8], "from_loss": [0.4, -0.2, 1.0]}
LONG = {"U": 0.9, "slope": 0.8, "k": 10}
CLIP = {"g": [6, -8], "limit": 5}

# (model, values, slip or "", path, the number worked out by hand)
BY_HAND = [
    ("scalar_backward", BACK, "", "dh[3]", 1.0),
    ("scalar_backward", BACK, "", "from_next[3]", 0.0),
    ("scalar_backward", BACK, "", "from_next[2]", 1.5 * 0.8 * 1.0),
    ("scalar_backward", BACK, "", "dh[2]", -0.2 + 1.2),
    ("scalar_backward", BACK, "", "dh[1]", 0.4 + 1.5 * 0.5 * 1.0),
    ("scalar_backward", BACK, "", "da[1]", 0.9 * 1.15),
    ("scalar_backward", BACK, "only_here", "dh[1]", 0.4),
    ("scalar_backward", BACK, "only_next", "dh[2]", 1.2),
    ("scalar_backward", BACK, "only_next", "dh[1]", 1.5 * 0.5 * 1.2),
    ("scalar_backward", BACK, "no_slope", "dh[2]", -0.2 + 1.5),
    ("scalar_backward", BACK, "no_U", "dh[2]", -0.2 + 0.8),
    ("scalar_backward", BACK, "slope_here", "dh[2]", -0.2 + 1.5 * 0.5),
    ("repeated", LONG, "", "factor", 0.72),
    ("repeated", LONG, "", "left", 0.72**10),
    ("repeated", LONG, "no_slope", "left", 0.9**10),
    ("repeated", LONG, "no_U", "left", 0.8**10),
    ("repeated", LONG, "added", "left", 7.2),
    ("repeated", LONG, "subtracted", "left", -1.8),
    ("repeated", LONG, "one_less", "left", 0.72**9),
    ("clipped", CLIP, "", "norm", 10.0),
    ("clipped", CLIP, "", "clipped[1]", 3.0),
    ("clipped", CLIP, "", "clipped[2]", -4.0),
    ("clipped", CLIP, "by_value", "clipped[2]", -5.0),
    ("clipped", CLIP, "to_zero", "clipped[1]", 0.0),
    ("clipped", CLIP, "sum_norm", "clipped[1]", 6 * 5 / 14),
]


@pytest.mark.parametrize(("model", "values", "slip", "path", "expected"), BY_HAND)
def test_models_and_slips_give_the_numbers_worked_out_by_hand(model, values, slip, path, expected):
    there = find(model)
    run = there.slips[slip] if slip else there.run
    assert float(run(values)[path]) == pytest.approx(expected, abs=1e-12)


def test_a_gradient_within_the_limit_passes_clipping_as_it_is():
    small = find("clipped").run({"g": [0.3, -0.4], "limit": 5})
    assert small["clipped"] == pytest.approx([0.3, -0.4])


def test_the_way_back_agrees_with_the_gradient_of_a_network_that_runs_forward():
    """dh_1 of L = Σ v_t h_t equals central differences of runs that start from a changed h_1."""
    U, v, h1, x = 1.3, [0.4, -0.7, 1.1], 0.35, [None, 0.2, -0.6]

    def states(first: float) -> list[float]:
        h = [first]
        for t in (1, 2):
            h.append(math.tanh(0.8 * x[t] + U * h[-1]))
        return h

    def loss(first: float) -> float:
        return float(np.dot(v, states(first)))

    slopes = [1 - h * h for h in states(h1)]
    found = find("scalar_backward").run({"U": U, "slope": slopes, "from_loss": v})
    numeric = (loss(h1 + 1e-6) - loss(h1 - 1e-6)) / 2e-6
    assert float(found["dh[1]"]) == pytest.approx(numeric, abs=1e-8)
