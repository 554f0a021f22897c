"""Word order: a sum cannot represent it, a net that reads can."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnntutor.course.conditions import holds
from rnntutor.course.sim_spec import Condition
from rnntutor.sims import find
from rnntutor.sims.base import SettingError
from rnntutor.sims.common import demos

SIM = find("order")
WORDS = {
    "ko": ["안", "비싸고", "맛있다", "싸고", "좋다", "이", "음식은", "정말", "모르는말"],
    "en": ["not", "expensive", "but", "tasty", "very", "the", "food", "is", "xylophone"],
}


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_sum_is_the_same_and_the_reader_changes_its_mind(lang: str) -> None:
    made = SIM.make({"language": lang})
    trace = SIM.trace(made)
    assert SIM.measures["bag_change"](made, trace) == 0
    assert SIM.measures["reader_change"](made, trace) >= 0.9
    assert sorted(made.words) == sorted(made.swapped)
    assert made.words != made.swapped


def test_the_sum_is_that_of_what_the_words_add() -> None:
    made = SIM.make({})
    trace = SIM.trace(made)
    assert float(np.sum(trace["adds"])) == pytest.approx(float(trace["bag"]))
    assert sorted(trace["adds"]) == sorted(trace["adds_other"])


def test_the_same_word_twice_changes_nothing_and_shows_nothing() -> None:
    """Swapping equal words does not complete a task about another order with the same judgement."""
    made = SIM.make({"i": 2, "j": 2})
    trace = SIM.trace(made)
    assert made.swapped == made.words
    change = SIM.measures["reader_change"](made, trace)
    assert not holds(Condition("reader_change", "at_most", 0.01), change)


def test_a_number_behind_the_end_is_the_last() -> None:
    made = SIM.make({"text": "안 좋다", "i": 1, "j": 9})
    assert (made.i, made.j) == (1, 2)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), lang=st.sampled_from(["ko", "en"]))
def test_no_order_moves_the_bag(data: st.DataObject, lang: str) -> None:
    """For any words and positions the two sums are equal to the last bit."""
    words = data.draw(st.lists(st.sampled_from(WORDS[lang]), min_size=1, max_size=14))
    i, j = (data.draw(st.integers(1, 14)) for _ in range(2))
    made = SIM.make({"text": " ".join(words), "i": i, "j": j})
    assert SIM.measures["bag_change"](made, SIM.trace(made)) == 0


@pytest.mark.parametrize(
    ("given_", "key"),
    [
        ({"text": ""}, "setting.no_words"),
        ({"text": "a " * 15}, "setting.too_long"),
        ({"i": 0}, "setting.range"),
        ({"k": 1}, "setting.unknown"),
        ({"language": "fr"}, "setting.choice"),
    ],
)
def test_what_cannot_be_is_refused(given_: dict[str, object], key: str) -> None:
    with pytest.raises(SettingError) as error:
        SIM.make(given_)
    assert error.value.key == key


def test_unknown_words_are_known_to_be_unknown() -> None:
    trace = SIM.trace(SIM.make({"text": "저 망원경은 맛있다"}))
    assert list(trace["known"]) == [1, 0, 1]
    assert demos.UNKNOWN == 0
