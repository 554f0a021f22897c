"""Letter keys have the same meaning with a Korean input method."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnntutor.session.hangul import letters


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("n", "n"), ("ㅜ", "n"), ("누", "sn"), ("ㅃ", "q"), ("ㅖ", "p"), ("ㅘ", "hk"),
        ("값", "rkqt"), ("뷁", "qnpfr"), ("?", "?"), ("1", "1"), ("ㅄ", "qt"), ("쀍", "qnpfr"),
    ],
)  # fmt: skip
def test_the_keys_that_typed_a_character(typed: str, keys: str) -> None:
    assert letters(typed) == keys


@given(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3))
def test_every_syllable_comes_from_two_to_five_letter_keys(syllable: str) -> None:
    keys = letters(syllable)
    assert 2 <= len(keys) <= 5
    assert keys.isascii() and keys.isalpha()
