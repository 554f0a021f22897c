"""Golden files stay few enough to be read when they change, and none is left without a test."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent.parent
MOST = 80


def test_pictures_are_few() -> None:
    assert 0 < len([*TESTS.glob("**/golden/*")]) <= MOST


def test_every_picture_shows_its_colours() -> None:
    for path in TESTS.glob("**/golden/*"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert {line[:2] for line in lines} <= {"t", "t ", "r ", "b ", "══", "──"}, path
        assert any(line.startswith("r ") for line in lines), path
