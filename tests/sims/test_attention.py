"""The encoder–decoder with and without attention."""

from __future__ import annotations

import numpy as np
import pytest

from rnntutor.sims import find
from rnntutor.sims.base import SettingError

SIM = find("attention")


@pytest.mark.parametrize("text", ["1955년 10월 18일", "18 Oct 1955", "31415926"])
def test_every_row_of_weights_sums_to_one_over_the_source(text: str) -> None:
    made = SIM.make({"text": text})
    trace = SIM.trace(made)
    look = np.asarray(trace["look"])
    said = trace.names["said"]
    assert look.shape == (len(text) + len(said), len(text))
    assert np.allclose(look[len(text) :].sum(1), 1, atol=1e-5)
    assert np.isnan(look[: len(text)]).all()
    assert SIM.measures["row_sum"](made, trace) == pytest.approx(1, abs=1e-5)


def test_the_weights_lie_where_the_digit_was() -> None:
    """For reversed digits the weights lie on the antidiagonal.

    This was observed, but need not be so: a state may carry more than its own symbol.
    """
    trace = SIM.trace(SIM.make({"text": "27182845"}))
    looked = np.asarray(trace["look"])[8:16].argmax(1)
    assert "".join(trace.names["said"]) == "54828172"
    assert np.sum(np.abs(looked - np.arange(7, -1, -1)) <= 1) >= 6


def test_without_attention_there_are_no_weights() -> None:
    for off in ("off", False):
        made = SIM.make({"attention": off, "text": "18 Oct 1955"})
        trace = SIM.trace(made)
        assert "look" not in trace
        assert "".join(trace.names["said"]) == "1955-10-18"
        assert np.isnan(SIM.measures["row_sum"](made, trace))


def test_both_ways_are_right_on_dates_and_differ_on_long_numbers() -> None:
    """The prepared figure includes lengths beyond those in training, where both fail."""
    for attention in ("on", "off"):
        made = SIM.make({"attention": attention})
        assert SIM.measures["right"](made, SIM.trace(made)) >= 0.9
    trace = SIM.trace(SIM.make({}))
    lengths, without, with_ = np.asarray(trace["by_length"])
    trained = float(trace["trained"])
    assert lengths[-1] > trained
    last = list(lengths).index(trained)
    assert with_[last] - without[last] >= 0.4
    assert max(without[-1], with_[-1]) < 0.5


def test_digits_alone_are_a_number_and_all_else_a_date() -> None:
    assert SIM.make({"text": "123"}).task == "digits"
    assert SIM.make({"text": 123}).text == "123"
    assert SIM.make({"text": "1 Mar 2026"}).task == "dates"


@pytest.mark.parametrize(
    ("given_", "key"),
    [
        ({"text": " "}, "setting.no_words"),
        ({"text": "1" * 25}, "setting.too_long"),
        ({"attention": "maybe"}, "setting.choice"),
        ({"heads": 8}, "setting.unknown"),
    ],
)
def test_what_cannot_be_is_refused(given_: dict[str, object], key: str) -> None:
    with pytest.raises(SettingError) as error:
        SIM.make(given_)
    assert error.value.key == key
