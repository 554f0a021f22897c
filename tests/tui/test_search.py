"""Typing filters the glossary and the search; meanwhile no key is a command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import small_course
from rich.cells import cell_len
from sampling import sampled

from rnntutor.tui.screens.glossary import GlossaryScreen
from rnntutor.tui.screens.search import SearchScreen
from rnntutor.words import LANGUAGES, load


@pytest.mark.parametrize(("lang", "typed"), [("en", "gate"), ("en", "ㅎㅁㅅㄷ"), ("ko", "게이트")])
async def test_typing_filters_the_glossary(tutor, lang: str, typed: str) -> None:
    async with tutor(lang, (60, 20)) as t:
        look = t.app.theme_name
        await t.press("g")
        every = t.app.screen.count
        await t.type(typed)
        screen = t.app.screen
        assert isinstance(screen, GlossaryScreen) and 1 < screen.count < every
        assert (t.app.words.lang, t.app.theme_name) == (lang, look)
        at = t.app.cursor_position
        assert (at.x, at.y) == (cell_len(t.text.splitlines()[2]), 2)
        await t.press("escape")
        assert t.app.screen is screen and screen.count == every
        await t.press("escape")
        assert t.app.screen is not screen


@pytest.mark.parametrize("lang", sampled(LANGUAGES, lambda lang: lang == "ko"))
async def test_a_step_is_found_by_a_word_of_its_text_and_opened(tutor, lang: str) -> None:
    async with tutor(lang) as t:
        await t.press("/")
        assert load(lang)("search.empty").split()[0] in t.text
        title = (
            next(step for step in t.app.course.lesson("bptt", lang).steps if step.id == "vanishing")
            .title[0]
            .text
        )
        await t.type(title)
        screen = t.app.screen
        assert isinstance(screen, SearchScreen)
        kinds = [entry.kind for entry in screen._find()]
        assert "step" in kinds and "question" not in kinds
        await t.press(*["down"] * kinds.index("step"), "enter")
        assert (t.lesson.lesson.id, t.lesson.page.id) == ("bptt", "vanishing")


async def test_a_command_of_the_screen_below_is_found_and_carried_out(tutor) -> None:
    async with tutor("en") as t:
        await t.press("/")
        await t.type("glossa")
        kinds = [entry.kind for entry in t.app.screen._find()]
        await t.press(*["down"] * kinds.index("command"), "enter")
        assert isinstance(t.app.screen, GlossaryScreen)


@pytest.mark.parametrize("key", ["/", "j"])
async def test_the_cursor_is_sent_with_the_painting_of_what_was_typed(
    monkeypatch: pytest.MonkeyPatch, tutor, key: str
) -> None:
    """The cursor moves in the same frame as the text, since an input method opens at the cursor."""
    async with tutor("ko") as t:
        await t.open("rnn", "loop")
        await t.press(key)
        sent = []
        display = t.app._display
        monkeypatch.setattr(
            t.app, "_display", lambda *args: (sent.append(t.app.cursor_position), display(*args))
        )
        for letter in "게이트":
            await t.type(letter)
            assert sent[-1] == t.app.cursor_position, letter


@pytest.mark.parametrize("lang", sampled(LANGUAGES, lambda lang: lang == "en"))
async def test_the_kind_of_a_result_is_marked_once(tutor, lang: str) -> None:
    words = load(lang)
    async with tutor(lang) as t:
        await t.type("/LSTM")
        (row,) = (row for row in t.text.splitlines() if row.startswith("  ▸"))
        assert sum(row.count(words(f"search.{kind}")) for kind in ("term", "lesson", "step")) == 1


async def test_a_term_that_is_defined_in_one_language_is_told_in_it(tutor, tmp_path: Path) -> None:
    folder = small_course.write(tmp_path / "course")
    glossary = folder / "glossary.toml"
    text = glossary.read_text(encoding="utf-8")
    glossary.write_text(re.sub(r"definition\.en = .*\n", "", text), encoding="utf-8")
    async with tutor("en", course=folder) as t:
        await t.press("g")
        assert "LSTM이 쌓아 두는 벡터" in " ".join(t.text.split())
