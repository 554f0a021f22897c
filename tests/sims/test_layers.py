"""Two layers and dropout: what each arrow loses when its values are dropped."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnntutor.nn.trace import Trace
from rnntutor.sims import find

LAYERS = find("layers")


def run(**given: object) -> Trace:
    return LAYERS.trace(LAYERS.make(given))


def test_without_dropout_both_layers_follow_their_equations() -> None:
    found = run(T=5, U=2.0)
    low = 0.0
    for t in range(1, 6):
        low = math.tanh((t == 1) + 2.0 * low)
        assert float(found.at("h", t)) == pytest.approx(low)
        assert float(found.at("h2", t)) == pytest.approx(math.tanh(1.5 * low))


def test_dropout_upwards_leaves_the_memory_alone() -> None:
    whole = run(T=10)
    dropped = run(T=10, drop="upward", seed=3)
    assert np.array_equal(whole["h"], dropped["h"])
    gone = np.flatnonzero(dropped["up"] == 0)
    assert gone.size
    assert all(float(dropped.at("h2", t + 1)) == 0 for t in gone)


def test_what_the_recurrent_arrow_drops_never_comes_back() -> None:
    found = run(T=10, drop="recurrent", seed=3)
    first = next(t for t in range(2, 11) if not float(found.at("across", t)))
    assert float(found.at("h", first - 1)) != 0
    assert all(float(found.at("h", t)) == 0 for t in range(first, 11))


def test_masks_are_drawn_anew_at_each_step_and_keep_the_mean() -> None:
    drawn = np.concatenate([run(T=10, drop="upward", rate=0.3, seed=n)["up"] for n in range(400)])
    assert {round(float(v), 6) for v in drawn} == {0.0, round(1 / 0.7, 6)}
    assert float(drawn.mean()) == pytest.approx(1.0, abs=0.04)
    assert len({tuple(run(T=10, drop="upward", seed=n)["up"]) for n in range(20)}) > 15
