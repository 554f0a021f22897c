"""The simulation `cell`: runs are reproducible and follow their settings."""

from __future__ import annotations

import numpy as np
import pytest

from rnntutor.nn.trace import Trace
from rnntutor.sims import find
from rnntutor.sims.cell import make, trace

CELL = find("cell")
FORGET = {
    "cell": "lstm",
    "units": 1,
    "x": [1, -1, 0, 2],
    "c0": 0.8,
    "W_f": 1.5,
    "U_f": 0.0,
    "forget_bias": 1.0,
    "clamp_i": 0,
}
SENTENCE = "이 영화는 전혀 지루하지 않다"


def run(**given: object) -> Trace:
    return trace(make(given))


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_same_settings_give_the_same_bits(cell: str) -> None:
    """A trace is a pure function of its settings."""
    given = {"cell": cell, "text": SENTENCE, "outputs": 3, "target": 1, "first": "그"}
    one, two = trace(make(given)), trace(make(given))
    assert make(given) == make(given)
    assert one.arrays.keys() == two.arrays.keys()
    assert all(one.arrays[n].tobytes() == two.arrays[n].tobytes() for n in one.arrays)


def test_the_step_of_the_course_by_hand() -> None:
    """The forget gate's worked example agrees with a pocket calculator."""
    t = trace(make(FORGET))
    assert np.asarray(t["a_f"]).ravel() == pytest.approx([2.5, -0.5, 1.0, 4.0])
    assert np.asarray(t["f"]).ravel() == pytest.approx([0.924, 0.378, 0.731, 0.982], abs=5e-4)
    assert np.asarray(t["c"]).ravel() == pytest.approx([0.8, 0.739, 0.279, 0.204, 0.200], abs=6e-4)


@pytest.mark.parametrize(("bias", "left"), [(1, 0.250), (2, 0.529), (3, 0.768), (4, 0.903)])
def test_share_left_by_forget_bias(bias: float, left: float) -> None:
    """The goal of the forget gate's challenge is reached at b_f = 2."""
    settings = make({**FORGET, "forget_bias": bias})
    assert CELL.measures["retention"](settings, trace(settings)) == pytest.approx(left, abs=1e-3)


def test_one_setting_leaves_what_is_drawn_for_the_others() -> None:
    """Turning a knob changes only what it names."""
    base = {"cell": "lstm", "text": SENTENCE}
    plain, scaled = run(**base), run(**base, scale=2)
    assert np.allclose(np.asarray(scaled["W_f"]), 2 * np.asarray(plain["W_f"]))
    biased = run(**base, forget_bias=3)
    same = [n for n in plain.fixed if n != "b_f"]
    assert all(np.array_equal(plain.fixed[n], biased.fixed[n]) for n in same)
    assert set(np.asarray(biased["b_f"])) == {3.0}
    headed = run(**base, outputs=2)
    assert np.array_equal(np.asarray(headed["h"]), np.asarray(plain["h"]))
    longer = run(**base, T=9)
    assert np.array_equal(np.asarray(longer["h"])[:6], np.asarray(plain["h"]))


def test_equal_words_have_equal_vectors_wherever_they_stand() -> None:
    one, two = run(text="안 비싸고 맛있다"), run(text="비싸고 안 맛있다")
    assert np.array_equal(one.at("x", 1), two.at("x", 2))
    assert not np.array_equal(one.at("x", 1), one.at("x", 2))


def test_one_hot_is_as_wide_as_there_are_different_words() -> None:
    t = run(text="가 나 가 다", embedding="one-hot")
    assert np.array_equal(np.asarray(t["x"]), np.eye(3)[[0, 1, 0, 2]])


def test_length_repeats_or_cuts_the_inputs() -> None:
    assert np.asarray(run(x=[1, -1], T=5)["x"]).ravel().tolist() == [1, -1, 1, -1, 1]
    assert run(text=SENTENCE, T=2).labels == ("이", "영화는")
    assert run(x="1, -1 0").steps == 3


def test_parameters_by_hand() -> None:
    """A number fills, a list is a vector, a matrix is kept, and single entries are set last."""
    t = run(units=2, x=[[1, 0], [0, 1]], W=0.5, U=[[1, 2], [3, 4]], b=[7, 8], **{"U[1][0]": 9})
    assert np.asarray(t["W"]).tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert np.asarray(t["U"]).tolist() == [[1, 2], [9, 4]]
    assert np.asarray(t["b"]).tolist() == [7, 8]
    assert np.asarray(run(units=1, x=[[1, 0]], W=[3, 4])["W"]).tolist() == [[3, 4]]


def test_clamps_from_the_run_to_a_single_unit() -> None:
    """The more specific clamp wins, in any order of the settings."""
    t = run(cell="lstm", text=SENTENCE, **{"clamp_f@3.1": 0.25, "clamp_f@3": 0, "clamp_f": 1})
    f = np.asarray(t["f"])
    assert f[2].tolist() == [0, 0.25, 0, 0]
    assert (np.delete(f, 2, axis=0) == 1).all()
    assert ("f", 3, 1) in t.clamped


def test_a_step_can_be_freed_from_a_clamp_of_the_whole_run() -> None:
    free = np.asarray(run(cell="lstm", text=SENTENCE)["f"])
    held = np.asarray(run(cell="lstm", text=SENTENCE, **{"clamp_f": 1, "clamp_f@1": "free"})["f"])
    assert np.array_equal(held[0], free[0])
    assert (held[1:] == 1).all()


def test_a_clamp_beyond_the_run_holds_nothing() -> None:
    """So the length can be changed while a gate is clamped."""
    assert not run(cell="lstm", text=SENTENCE, **{"clamp_f@9": 0}).clamped


def test_another_first_input_makes_a_second_run() -> None:
    t = run(text=SENTENCE, first="그")
    other = run(text="그 " + SENTENCE.split(" ", 1)[1])
    assert np.allclose(np.asarray(t["h_other"]), np.asarray(other["h"]))
    assert np.asarray(t["diff"])[0] == 0
    assert np.asarray(t["diff"])[1] > 0


def test_targets_give_a_loss_and_gradients() -> None:
    t = run(text=SENTENCE, outputs=2, target=1)
    assert np.asarray(t["loss"])[:-1].tolist() == [0] * 4
    assert float(t["loss[5]"]) == pytest.approx(-np.log(t.at("p", 5)[1]))
    assert "dU" in t


# ---- every parameter reaches everything that depends on it ---------------------------------

GATES = {"rnn": ("",), "lstm": ("_f", "_i", "_o", "_g"), "gru": ("_z", "_r", "_n")}


@pytest.mark.parametrize("cell", list(GATES))
def test_every_weight_changes_every_value_that_depends_on_it(cell: str) -> None:
    """A block's weight changes its own sum, no independent block at step 1, and later the state."""
    given = {"cell": cell, "units": 2, "x": [[0.7, -0.4], [0.5, 0.9], [-0.8, 0.3]]}
    given |= {"h0": [0.3, -0.6], "c0": [0.5, 0.2], "outputs": 2}
    base = trace(make(given))
    for name in base.fixed:
        if name in ("b_y", "biases"):
            continue
        values = np.asarray(base.fixed[name])
        for index in np.ndindex(values.shape):
            changed = values.copy()
            changed[index] += 0.25
            t = trace(make({**given, name: changed.tolist()}))
            unit, tail = index[0], name[1:].replace("nU", "n")
            if name == "V":
                assert np.array_equal(np.asarray(t["h"]), np.asarray(base["h"]))
                assert (np.asarray(t["y"])[:, unit] != np.asarray(base["y"])[:, unit]).all()
                continue
            moved = np.asarray(t[f"a{tail}"]) != np.asarray(base[f"a{tail}"])
            assert moved[0].tolist() == [u == unit for u in range(2)], name
            assert moved[1:].all(), name
            for other in set(GATES[cell]) - {tail}:
                apart = np.asarray(t[f"a{other}"]) != np.asarray(base[f"a{other}"])
                first = (cell, name[1:], other) == ("gru", "_r", "_n")
                assert apart[0].any() == first, (name, other)
                assert apart[1:].all(), (name, other)
            h = np.asarray(t["h"]) != np.asarray(base["h"])
            assert not h[0].any()
            assert h[1, unit]
            assert h[2:].all(), name
            assert (np.asarray(t["y"]) != np.asarray(base["y"])).all(), name


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_a_second_bias_is_counted_and_changes_no_state(cell: str) -> None:
    one, two = ({"cell": cell, "units": 4, "inputs": 3, "biases": n} for n in (1, 2))
    counts = [CELL.measures["parameters"](make(g), trace(make(g))) for g in (one, two)]
    blocks = {"rnn": 1, "lstm": 4, "gru": 3}[cell]
    assert counts == [blocks * 4 * (3 + 4 + 1), blocks * 4 * (3 + 4 + 2)]
    assert np.array_equal(run(**one)["h"], run(**two)["h"])
