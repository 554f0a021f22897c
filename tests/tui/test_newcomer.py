"""The first start: language, first minute, list of lessons."""

from __future__ import annotations

from rnntutor.tui.screens.first_minute import FirstMinuteScreen
from rnntutor.tui.screens.home import HomeScreen
from rnntutor.words import load


async def test_a_newcomer_is_led_by_doing_and_arrives_at_the_lessons(tutor) -> None:
    async with tutor("en", lang_known=False) as t:
        await t.press("2")
        screen = t.app.screen
        assert isinstance(screen, FirstMinuteScreen)
        await t.press("space")
        assert screen.minute.index == 0  # the run waits for the prediction
        await t.press("1", "end", "left", "tab")
        assert load("en")("first.because.1").split(".")[0] in " ".join(t.text.split())
        await t.press("l")
        assert load("ko")("first.title") in t.text
        await t.press("right", "right", "right", "2", "enter")
        assert isinstance(t.app.screen, HomeScreen)


async def test_whoever_leaves_it_finds_it_at_home_until_a_lesson_is_opened(tutor) -> None:
    async with tutor("en", lang_known=False) as t:
        await t.press("2", "escape")
        assert isinstance(t.app.screen, HomeScreen)
        assert load("en")("home.first-minute") in t.text
        await t.press("f")
        assert isinstance(t.app.screen, FirstMinuteScreen)
        await t.press("escape")
        await t.open("sequence")
        await t.press("escape")
        assert load("en")("home.first-minute") not in t.text
