"""The first screen is fast: it loads few words, and the garbage collector is off until it is
shown."""

from __future__ import annotations

import gc
from functools import cache

import pytest

from rnntutor import words
from rnntutor.words import LANGUAGES, Words


@pytest.mark.parametrize("lang_known", [True, False])
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_first_screen_is_said_with_one_file_of_words(
    monkeypatch: pytest.MonkeyPatch, tutor, size: tuple[int, int], lang_known: bool
) -> None:
    monkeypatch.setattr(words, "_load", cache(Words))
    async with tutor("ko", size, lang_known=lang_known) as t:
        assert t.text.strip()
        unread = {file.name for lang in LANGUAGES for file in words.load(lang)._unread}
    assert "ui.toml" in unread
    assert "home.toml" not in {file.name for file in words.load("ko")._unread}


def test_a_word_is_found_in_whatever_file_it_stands() -> None:
    """A word is found in any file, also if it is the first word that is requested."""
    known = {"home.minutes": "home.toml", "search.title": "ui.toml", "lab.title": "lab.toml"}
    every = Words("en").table()
    for key, file in known.items():
        asked = Words("en")
        assert file in {path.name for path in asked._unread}
        assert asked(key) == every[key]
        assert file not in {path.name for path in asked._unread}


async def test_the_collector_is_back_once_the_first_screen_stands(tutor) -> None:
    """The collector, which the command line disables, is enabled after the first screen."""
    gc.disable()
    try:
        async with tutor("en") as t:
            assert t.text.strip()
            assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
