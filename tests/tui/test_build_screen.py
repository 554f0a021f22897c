"""The editor page: typing inserts text, nothing is lost, and a check shows its findings."""

from __future__ import annotations

from pathlib import Path

import pytest
from sampling import sampled

from rnntutor.session import building, code_file
from rnntutor.spans import plain
from rnntutor.tui.messages import OpenBuild
from rnntutor.tui.screens.build import BuildScreen
from rnntutor.tui.screens.builds import BuildsScreen
from rnntutor.tui.screens.editing import CODE_ROWS
from rnntutor.tui.screens.lesson import LessonScreen
from rnntutor.tui.screens.own import OwnScreen
from rnntutor.words import LANGUAGES, load

RIGHT = "return np.tanh(W @ x + U @ h_prev + b)"


async def test_an_exercise_is_written_checked_and_mended(tutor, tmp_path: Path) -> None:
    """An exercise opened from home is edited and checked; command letters, Hangul and pastes are
    text."""
    async with tutor("en") as t:
        await t.press("w", "down", "enter")
        screen = t.app.screen
        assert isinstance(screen, BuildScreen) and screen.exercise.name == "rnn_step"
        assert screen.code.size.height >= CODE_ROWS
        await t.type("# 여기 hq?l")
        await t.press("enter")
        screen.take_text(RIGHT.replace("+ U", "- U"))
        await t.press("ctrl+r")
        assert "in place of" in t.text and "line 7" in t.text
        assert screen.code.size.height >= CODE_ROWS
        await t.press("home")
        row, column = screen.code.cursor_location
        screen.code.move_cursor((row, column + RIGHT.index("+ U")))
        await t.press("delete")
        await t.type("+")
        await t.press("ctrl+r")
        assert "✓ Right." in t.text
        await t.press("ctrl+l")
        assert "The race needs rnn_backward as well" in t.text
        await t.press("ctrl+p")
        assert isinstance(t.app.screen, OwnScreen) and "◆ your rnn_step" in t.text
        await t.press("escape")
        assert [data["passed"] for data in t.logged("build")] == [False, True, True, True]
        text = code_file.path_of(tmp_path / "learner", "rnn_step").read_text(encoding="utf-8")
        assert "    # 여기 hq?l\n    return np.tanh(" in text
        await t.press("escape")
        assert isinstance(t.app.screen, BuildsScreen)
        assert "passed" in t.text


async def test_what_was_typed_is_there_after_leaving(tutor, tmp_path: Path) -> None:
    async with tutor("en") as t:
        await t.press("w", "enter")
        await t.type("x = 1")
    assert "x = 1" in code_file.path_of(tmp_path / "learner", "sigmoid").read_text(encoding="utf-8")


async def test_what_another_program_wrote_is_kept_beside_it(tutor, tmp_path: Path) -> None:
    async with tutor("en") as t:
        await t.press("w", "enter")
        path = code_file.path_of(tmp_path / "learner", "sigmoid")
        path.write_text("theirs", encoding="utf-8")
        await t.type("mine")
        await t.press("ctrl+s")
        assert "mine" in path.read_text(encoding="utf-8")
        assert path.with_suffix(".other.py").read_text(encoding="utf-8") == "theirs"
        assert "Another program" in t.text


@pytest.mark.parametrize("over", [True, False])
async def test_what_another_program_wrote_is_not_called_saved(tutor, over: bool) -> None:
    """If another program changed the file, saving asks which text to keep, and loses neither."""
    async with tutor("en") as t:
        await t.press("w", "enter")
        screen = t.app.screen
        assert isinstance(screen, BuildScreen)
        path, begun = screen.file.path, screen.code.text
        for theirs in ("x = 1\n", "x = 2\n"):
            path.write_text(theirs, encoding="utf-8")
            await t.press("ctrl+s")
            assert "Another program has changed the file." in t.unwrapped and "Saved." not in t.text
            assert path.read_text(encoding="utf-8") == theirs
        if over:
            await t.press("ctrl+s")
            assert path.read_text(encoding="utf-8") == begun
            assert path.with_suffix(".other.py").read_text(encoding="utf-8") == theirs
        else:
            await t.press("escape", "enter")
            assert "x = 2" in t.text


async def test_a_file_that_has_gone_is_saved_though_nothing_was_typed(tutor) -> None:
    async with tutor("en") as t:
        await t.press("w", "enter")
        screen = t.app.screen
        assert isinstance(screen, BuildScreen)
        screen.file.path.unlink()
        await t.press("ctrl+s")
        assert "Saved." in t.text
        assert screen.file.path.read_text(encoding="utf-8") == screen.code.text


async def test_a_text_that_cannot_be_saved_stays_on_the_screen(
    tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with tutor("en") as t:
        await t.press("w", "enter")
        screen = t.app.screen
        assert isinstance(screen, BuildScreen)
        await t.type("mine")

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(code_file.os, "fsync", full)
        await t.press("escape")
        assert t.app.screen is screen and "mine" in screen.code.text
        assert "could not be saved: No space left" in t.unwrapped
        assert "Esc once more leaves" in t.text
        await t.press("escape")
        assert isinstance(t.app.screen, BuildsScreen)


async def test_what_became_of_the_file_is_told_beside_what_a_check_found(
    tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check reports a foreign change of the file once, and a failed save each time."""
    async with tutor("en") as t:
        await t.press("w", "enter")
        screen = t.app.screen
        assert isinstance(screen, BuildScreen)
        screen.file.path.write_text("theirs", encoding="utf-8")
        await t.type("1")
        await t.press("ctrl+r")
        assert "✗" in t.text and "Another program had changed the file." in t.unwrapped
        await t.press("ctrl+r")
        assert "✗" in t.text and "Another program" not in t.text

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(code_file.os, "fsync", full)
        await t.type("2")
        for _ in range(2):
            await t.press("ctrl+r")
            assert "✗" in t.text and "could not be saved" in t.unwrapped


async def test_lines_are_indented_as_python_wants_it(tutor) -> None:
    async with tutor("en") as t:
        await t.press("w", "enter")
        screen = t.app.screen
        assert isinstance(screen, BuildScreen)
        screen.code.load_text("")
        await t.type("if a:")
        await t.press("enter")
        await t.type("b")
        await t.press("enter", "backspace")
        await t.type("c")
        assert screen.code.text == "if a:\n    b\nc"


async def test_where_memory_is_not_bounded_the_page_says_so(
    tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "bounded", lambda: False)
    async with tutor("en") as t:
        await t.press("w", "enter")
        assert "but not its memory" in t.text


async def test_what_passes_is_told_when_it_counts(tutor, monkeypatch: pytest.MonkeyPatch) -> None:
    """ "Right." appears only when the key for the simulation already works."""
    async with tutor("en") as t:
        await t.press("w", "down", "enter")
        screen = t.app.screen
        assert isinstance(screen, BuildScreen)
        screen.take_text(RIGHT)
        painted: list[tuple[bool, bool]] = []
        paint = screen.paint

        def seen() -> None:
            told = any("Right." in plain(row) for row in screen.said(70)) if screen.said else False
            painted.append((told, screen.passed))
            paint()

        monkeypatch.setattr(screen, "paint", seen)
        await t.press("ctrl+r")
        assert (True, True) in painted
        assert (True, False) not in painted


@pytest.mark.parametrize(
    ("columns", "rows"),
    sampled([(60, 20), (80, 24), (120, 36), (180, 50)], lambda size: size in ((60, 20), (180, 50))),
)
async def test_what_is_found_stands_near_the_code(tutor, columns: int, rows: int) -> None:
    """The finding is directly below the code, also in a large window, and moves as the code
    grows. The footer tells in every window how to leave, for every letter is text here."""
    async with tutor("en", (columns, rows)) as t:
        await t.press("w", "down", "enter")
        screen = t.app.screen
        code, finding = screen.code, screen.rows("finding")
        before = code.region
        assert finding.region.y == code.region.bottom <= rows - 2
        assert code.region.height < 16
        await t.press("f7")
        t.app.screen.take_text("\n".join(f"x{n} = 1" for n in range(60)))
        await t.settle()
        assert finding.region.y == code.region.bottom and finding.region.bottom == rows - 1
        about = screen.rows("about").region
        assert about.y == 2 and code.region.y == about.bottom
        await t.press("f7", "delete")
        assert code.region == before
        await t.press("ctrl+r")
        assert finding.region.y == code.region.bottom and "✗" in t.text
        assert f"Esc {load('en')('key.build-leave')}" in t.text


async def test_the_cursor_stays_in_view_when_the_room_gets_smaller(tutor) -> None:
    """The cursor stays visible in a smaller window, and after a check with a finding below the
    code."""
    async with tutor("en", (120, 50)) as t:
        await t.press("w", "down", "enter")
        screen = t.app.screen
        assert isinstance(screen, BuildScreen)
        screen.code.load_text("\n".join(f"x{n} = {'1' * 90}" for n in range(40)))
        for cursor in ((39, 0), (20, 90)):
            screen.say("", "")
            screen.code.move_cursor(cursor)
            screen.take_text("")
            for size in ((120, 30), (60, 20)):
                await t.resize(*size)
                assert screen.code.region.contains_point(screen.code.cursor_screen_offset), size
            await t.resize(120, 50)
            screen.code.move_cursor(cursor)
            screen.say("word " * 200, "")
            await t.settle()
            assert screen.code.region.contains_point(screen.code.cursor_screen_offset), cursor


@pytest.mark.parametrize("lang", sampled(LANGUAGES, lambda lang: lang == "ko"))
async def test_the_step_of_an_exercise_leads_back_to_it(tutor, lang: str) -> None:
    """Escape in the lesson returns to the editor, as does the exercise's key, without losing
    text."""
    words = load(lang)
    async with tutor(lang) as t:
        await t.press("w", "enter")
        screen = t.app.screen
        await t.type("x = 1")
        await t.press("ctrl+g")
        assert isinstance(t.app.screen, LessonScreen)
        out = [c for c in t.lesson.commands() if "escape" in c.keys]
        assert [c.label for c in out] == ["key.return"] and words("key.return") != words("key.home")
        await t.press("escape")
        assert t.app.screen is screen and "x = 1" in t.text
        await t.press("ctrl+g")
        t.app.post_message(OpenBuild(screen.exercise))
        await t.settle()
        assert t.app.screen is screen and "x = 1" in t.text
