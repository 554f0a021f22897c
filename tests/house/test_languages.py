"""Detecting the language of a text, and the order in which languages are listed."""

from __future__ import annotations

import unicodedata

import pytest

from rnntutor import languages
from rnntutor.languages import in_order, language_of

BOTH = ("ko", "en")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("very good", "en"),
        ("정말 좋다", "ko"),
        ("LSTM은 기억을 오래 유지한다", "ko"),
        ("The street is called 세종대로, and it is a long one.", "en"),
        (unicodedata.normalize("NFD", "정말 좋다"), "ko"),
    ],
)
@pytest.mark.parametrize("otherwise", BOTH)
def test_the_letters_tell_the_language(text: str, lang: str, otherwise: str) -> None:
    assert language_of(text, BOTH, otherwise) == lang


@pytest.mark.parametrize("text", ["", "123 + 4 = ?", "まだ"])
@pytest.mark.parametrize("otherwise", BOTH)
def test_where_they_do_not_it_is_the_one_that_is_given(text: str, otherwise: str) -> None:
    assert language_of(text, BOTH, otherwise) == otherwise


def test_of_two_languages_with_the_same_letters_it_is_the_one_that_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scripts = {"en": ["LATIN"], "fr": ["LATIN"], "ja": ["HIRAGANA", "KATAKANA", "CJK"]}
    monkeypatch.setattr(languages, "_TOLD", {"scripts": scripts})
    three = tuple(scripts)
    assert [language_of("le chat", three, otherwise) for otherwise in three] == ["en", "fr", "en"]
    assert language_of("RNNを学ぶ", three, "en") == "ja"


def test_a_language_without_a_rank_comes_last() -> None:
    assert in_order(["ja", "en", "de", "ko"]) == ("ko", "en", "de", "ja")
