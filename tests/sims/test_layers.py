"""Two layers and dropout: the effect of dropping the values of each arrow."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnntutor.nn.cells.reference import trace
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
        assert found.at("h", t) == pytest.approx([low, low])
        assert found.at("h2", t) == pytest.approx([math.tanh(1.5 * low)] * 2)


@pytest.mark.parametrize("masks", ["each", "one"])
def test_dropout_upwards_leaves_the_memory_alone(masks: str) -> None:
    whole = run(T=10)
    dropped = run(T=10, drop="upward", masks=masks, seed=8)
    assert np.array_equal(whole["h"], dropped["h"])
    gone = dropped["up"] == 0
    assert gone.any()
    assert not dropped["h2"][1:][gone].any()
    assert dropped["h2"][1:][~gone].all()


def test_what_the_recurrent_arrow_drops_never_comes_back() -> None:
    found = run(T=10, drop="recurrent", seed=3)
    for unit in range(2):
        first = next(t for t in range(2, 11) if not found.at("across", t)[unit])
        assert found.at("h", first - 1)[unit] != 0
        assert not found["h"][first:, unit].any()


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_a_gated_cell_keeps_what_the_recurrent_arrow_drops(cell: str) -> None:
    """Where both units of an RNN lose the 1, c of an LSTM and z h of a GRU keep it."""
    given = {"T": 8, "drop": "recurrent", "seed": 14}
    assert not run(**given)["h"][8].any()
    found, whole = run(cell=cell, **given), run(T=8, cell=cell)
    memory = "c" if cell == "lstm" else "h"
    assert (found["across"] == 0).any(axis=0).all()
    assert found[memory][8] == pytest.approx(whole[memory][8], rel=0.05)
    assert (found[memory][8] != whole[memory][8]).all()  # the candidate did read the dropped value


def test_a_gated_layer_is_the_engines_cell() -> None:
    found = run(T=6, cell="lstm", U=1.5)
    one, eye = np.ones((2, 1)), np.eye(2)
    weights = {"f": (-8, 4), "i": (8, -4), "o": (0, 4), "g": (1, 0)}
    params = {
        name: value
        for k, (w, b) in weights.items()
        for name, value in {
            f"W_{k}": w * one,
            f"U_{k}": (1.5 if k == "g" else 0.0) * eye,
            f"b_{k}": np.full(2, float(b)),
        }.items()
    }
    engine = trace("lstm", params, found["x"][:, None], np.zeros(2), np.zeros(2))
    assert found["h"] == pytest.approx(engine["h"])
    assert found["c"] == pytest.approx(engine["c"])


def test_one_mask_for_the_sequence_spares_a_unit_at_every_step_or_at_none() -> None:
    """Where new masks erase both units, a unit that a single mask spares remembers."""
    found = run(T=8, drop="recurrent", masks="one", seed=14)
    assert (found["across"] == found["across"][0]).all()
    assert found["across"][0].tolist() == [2.0, 0.0]
    assert found["h"][8, 0] > 0.9 and not found["h"][2:, 1].any()
    anew = run(T=8, drop="recurrent", masks="each", seed=14)
    assert not anew["h"][8].any()


def test_masks_are_drawn_anew_at_each_step_and_keep_the_mean() -> None:
    drawn = np.concatenate([run(T=10, drop="upward", rate=0.3, seed=n)["up"] for n in range(200)])
    assert {round(float(v), 6) for v in drawn.ravel()} == {0.0, round(1 / 0.7, 6)}
    assert float(drawn.mean()) == pytest.approx(1.0, abs=0.04)
    assert (drawn[:, 0] != drawn[:, 1]).any() and (drawn[1:] != drawn[:-1]).any()
