"""Reading an opened file on the screen."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from sampling import sampled
from textual.events import Key
from waiting import until

from rnntutor.course.errors import CourseError
from rnntutor.course.load import open_course
from rnntutor.course.opened import lesson
from rnntutor.package_data import lessons_dir
from rnntutor.session.start import Start
from rnntutor.tui.app import TutorApp
from rnntutor.words import load


async def test_the_arrows_move_through_long_lines_of_code(tutor: Any, tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(
        f"# Notes\n\n## A\n\n```\nbegin{'.' * 90}end\n```\n\n## B\n\nshort\n", encoding="utf-8"
    )
    async with tutor("en", open_file=path) as t:
        await t.press("enter")
        assert "begin" in t.text and "end" not in t.text and "›" in t.text
        await t.press("right")
        assert "begin" not in t.text and ".end" in t.text and "‹" in t.text
        await t.press("left")
        assert "begin" in t.text
        await t.press("enter")
        assert not {"left", "right"} & {key for c in t.lesson.commands() for key in c.keys}


@pytest.mark.parametrize(
    ("columns", "rows"),
    sampled([(60, 20), (80, 24), (120, 36)], lambda size: size == (60, 20)),
)
async def test_every_heading_is_reached_in_two_keys(
    tutor: Any, tmp_path: Path, columns: int, rows: int
) -> None:
    path = tmp_path / "notes.md"
    intro = "A long beginning. " * 80
    sections = "".join(f"## {n}. Heading {n}\n\nText of {n}.\n\n" for n in range(1, 24))
    path.write_text(f"# Notes\n\n{intro}\n\n{sections}", encoding="utf-8")
    async with tutor("en", (columns, rows), open_file=path) as t:
        assert "A long beginning." in t.text.split("\n")[3], "it starts at the top"
        for n in (1, 9, 10, 23):
            await t.press(*(str(n) if n > 9 else (str(n), "enter")))
            assert f"Text of {n}." in t.text
            await t.press("escape")
            assert f"{n} ▸ {n}. Heading {n}" in t.text, "Esc leads back to where it was chosen"
        await t.press("2", "down", "3")
        assert "3 ▸ 3. Heading 3" in t.text, "another key ends a number"


async def test_the_contents_of_a_file_begin_at_their_top_and_esc_on_them_closes_it(
    tutor: Any, tmp_path: Path
) -> None:
    path = tmp_path / "notes.md"
    path.write_text("# T\n\n" + "## A\n\na\n\n" * 60, encoding="utf-8")
    async with tutor("en", (60, 20), open_file=path) as t:
        assert " 1 ▸ A" in t.text
        await t.press("end")
        assert "60 ▸ A" in t.text
        await t.press("enter", "escape")
        assert "60 ▸ A" in t.text
        await t.press("escape")
        assert t.app.return_code == 0


async def test_a_file_that_is_being_read_is_named_and_keys_wait_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "notes.md"
    path.write_text("# T\n\n## A\n\nText of A.\n", encoding="utf-8")
    go_on = threading.Event()
    read = lesson.open_started

    def slowly(*arguments: Any) -> Any:
        go_on.wait(20)
        return read(*arguments)

    monkeypatch.setattr(lesson, "open_started", slowly)
    course = open_course(lessons_dir(), load("en"))
    app = TutorApp(Start("en", True, tmp_path / "learner", course, path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(lambda: "notes.md is being read" in _shown(app))
        app.keys.put(Key("enter", None))
        go_on.set()
        await app.workers.wait_for_complete()
        await app.keys.join()
        await pilot.pause()
        assert "Text of A." in _shown(app)


def _shown(app: TutorApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip).rstrip() for strip in strips)


async def test_a_file_that_cannot_be_read_after_all_is_a_sentence(
    tutor: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "notes.md"
    path.write_text("# T\n", encoding="utf-8")

    def gone(*_: Any) -> Any:
        raise CourseError("course.error.missing", path=path)

    monkeypatch.setattr(lesson, "open_started", gone)
    async with tutor("en", open_file=path, crashing=True) as t:
        assert "There is no file" in t.text.replace("\n", " ")
        await t.press("escape")
        assert t.app.return_code == 0
