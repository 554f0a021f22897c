"""The language given by --lang is saved, and is not asked for again."""

from __future__ import annotations

import pytest

from rnntutor.tui.screens.home import HomeScreen
from rnntutor.tui.screens.language import LanguageScreen
from rnntutor.words import LANGUAGES


def chosen(tutor) -> list[object]:
    return [data["value"] for data in tutor.logged("setting") if data["name"] == "language"]


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_a_language_that_was_given_is_stored_once(tutor, lang: str) -> None:
    async with tutor(lang) as t:
        assert isinstance(t.app.screen, HomeScreen)
        assert chosen(t) == [lang]
    async with tutor(lang) as t:
        assert chosen(t) == [lang]


async def test_another_one_that_is_given_later_counts_from_then_on(tutor) -> None:
    async with tutor("ko"):
        pass
    async with tutor("en") as t:
        assert chosen(t) == ["ko", "en"]
        assert t.app.progress.settings["language"] == "en"


async def test_what_the_locale_suggests_is_no_choice(tutor) -> None:
    async with tutor("en", lang_known=False) as t:
        assert isinstance(t.app.screen, LanguageScreen)
        assert chosen(t) == []
