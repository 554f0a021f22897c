"""Control characters are made visible before any other processing."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from strategies import any_text

from rnntutor.course.clean import clean, freeze


def test_controls_become_signs() -> None:
    assert clean("a\x1b[31mb\x07\x7f\x9b") == "a␛[31mb␇␡\ufffd"


def test_newline_and_tab_stay_and_line_ends_are_one_kind() -> None:
    assert clean("a\r\nb\rc\td") == "a\nb\nc\td"


def test_direction_controls_are_visible_and_fillers_go() -> None:
    assert clean("a\u202eb\u2066c\u200f") == "a\ufffdb\ufffdc\ufffd"
    assert clean("\ufeff가\u3164나\u200b") == "가나"


def test_hangul_is_composed() -> None:
    assert clean(unicodedata.normalize("NFD", "망각")) == "망각"


def test_frozen_cleans_strings_in_tables_and_lists() -> None:
    assert freeze({"a": [1, ["\x1b"]]}) == {"a": (1, ("␛",))}


@given(any_text())
def test_nothing_that_acts_on_a_terminal_is_left(text: str) -> None:
    out = clean(text)
    assert all(c in "\n\t" or unicodedata.category(c) != "Cc" for c in out)
    assert clean(out) == out
