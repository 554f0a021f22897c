"""A file that was opened, on the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any


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
