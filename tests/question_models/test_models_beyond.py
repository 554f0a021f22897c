"""Question models of attention: weights, path lengths, memory size."""

from __future__ import annotations

import numpy as np
import pytest

from rnntutor import question_models
from rnntutor.nn.losses import softmax
from rnntutor.sims.base import SettingError

READ: question_models.Values = {"score": [2, 1, 0], "value": [1, -1, 4], "other": [0, 1, 2]}


def test_the_weights_are_the_engines_softmax() -> None:
    """The weights sum to 1 over the inputs, and the result is the weighted mean."""
    trace = question_models.find("attend").run(READ)
    alpha = softmax(np.array([[2.0], [1.0], [0.0]]))[:, 0]
    assert [trace[f"alpha[{s}]"] for s in (1, 2, 3)] == pytest.approx(list(alpha))
    assert trace["read"] == pytest.approx(alpha @ np.array([1, -1, 4]))
    assert sum(trace[f"exp[{s}]"] for s in (1, 2, 3)) == pytest.approx(float(trace["total"]))


@pytest.mark.parametrize(
    ("slip", "read"),
    [("no_softmax", 1.0), ("no_exp", 1 / 3), ("max_only", 1.0), ("mean", 4 / 3)],
)
def test_each_slip_of_the_weights_is_the_mistake_it_names(slip: str, read: float) -> None:
    """The mistakes are raw scores, scores divided by their sum, only the largest, equal weights."""
    assert question_models.find("attend").slips[slip](READ)["read"] == pytest.approx(read)


def test_weights_over_the_outputs_need_another_output() -> None:
    """This mistake divides by the scores of the same input for all outputs."""
    slip = question_models.find("attend").slips["sum_over_outputs"]
    assert slip(READ)["alpha[2]"] == pytest.approx(0.5)
    with pytest.raises(SettingError):
        slip({"score": [2, 1, 0], "value": [1, -1, 4]})


def test_the_way_grows_with_the_length_only_without_attention() -> None:
    """From the first of 13 symbols read to the tenth written are 22 steps, as in the simulation."""
    model = question_models.find("path_length")
    given: question_models.Values = {"S": 13, "s": 1, "t": 10}
    assert model.run(given)["rnn"] == 22
    assert model.run(given)["attention"] == 1
    slips = {name: float(slip(given)["rnn"]) for name, slip in model.slips.items()}
    assert slips == {"one_less": 21, "source_only": 12, "from_start": 11}


def test_a_state_stays_as_large_as_it_is() -> None:
    """An LSTM keeps 2H numbers for any length of input; attention keeps every h."""
    model = question_models.find("kept")
    short, long = (model.run({"H": 64, "T": T}) for T in (10, 1000))
    assert short["state"] == long["state"] == 128
    assert [float(run["all"]) for run in (short, long)] == [640, 64000]
    assert model.slips["no_c"]({"H": 64, "T": 10})["state"] == 64
    assert model.slips["with_c"]({"H": 64, "T": 10})["all"] == 1280


STATES = {"h_a": [0.9, -0.4, 0.2], "h_b": [-0.3, 0.8, 0.5], "q_a": 2.0, "q_b": -1.0}


def test_a_row_of_attention_is_the_engines_softmax_of_dot_products() -> None:
    found = question_models.find("read_states").run(STATES)
    states = np.array([STATES["h_a"], STATES["h_b"]]).T
    scores = states @ np.array([STATES["q_a"], STATES["q_b"]])
    alpha = softmax(scores[:, None])[:, 0]
    assert [found[f"score[{s}]"] for s in (1, 2, 3)] == pytest.approx(list(scores))
    assert [found[f"alpha[{s}]"] for s in (1, 2, 3)] == pytest.approx(list(alpha))
    assert [found["m_a"], found["m_b"]] == pytest.approx(list(alpha @ states))


def test_scores_that_cancel_are_zero() -> None:
    """1.5 × (−0.6) + 1 × 0.9 is shown with its result, which binary fractions miss by 10⁻¹⁶."""
    given = {"h_a": [-0.6, 0.2], "h_b": [0.9, 0.1], "q_a": 1.5, "q_b": 1}
    assert float(question_models.find("read_states").run(given)["score[1]"]) == 0


def test_each_slip_of_a_row_is_the_mistake_it_names() -> None:
    slips = question_models.find("read_states").slips
    assert slips["first_entry"](STATES)["score[2]"] == pytest.approx(2 * -0.4)
    assert slips["no_exp"](STATES)["alpha[1]"] == pytest.approx(2.1 / (2.1 - 1.6 - 0.1))
    assert slips["max_only"](STATES)["m_a"] == pytest.approx(0.9)
    assert slips["mean"](STATES)["m_a"] == pytest.approx(0.7 / 3)
