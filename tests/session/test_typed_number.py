"""Choosing a list entry by typing its number: all are reachable, no digit is lost or delayed."""

from __future__ import annotations

import pytest

from rnntutor.session.typed_number import append_digit, is_whole


@pytest.mark.parametrize("count", [1, 9, 10, 25, 99, 100, 2000])
def test_every_number_of_a_list_can_be_typed(count: int) -> None:
    for number in {1, count // 2 or 1, count}:
        text = ""
        for digit in str(number):
            text = append_digit(text, digit, count)
        assert text == str(number)
        assert is_whole(text, count) == (count > 9 and len(text) == len(str(count)))


def test_a_digit_that_makes_no_number_begins_anew() -> None:
    assert append_digit("2", "7", 25) == "7"
    assert append_digit("2", "0", 9) == ""
    assert append_digit("", "0", 25) == ""
    assert append_digit("", "8", 5) == ""
    assert not is_whole("7", 9), "a list of nine waits for Enter, as it always did"
