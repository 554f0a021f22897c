"""A language is words and lessons: another one is a directory of each, and no line of code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import rnntutor

TOP = Path(rnntutor.__file__).parent.parent
LANG = "ja"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with one language more: its words are copied ones, and it has a single lesson."""
    top = tmp_path_factory.mktemp("house")
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(TOP / "rnntutor", top / "rnntutor", ignore=unwanted)
    for name in ("lessons", "assets"):  # where they stand in an installed program
        shutil.copytree(TOP / name, top / "rnntutor" / "_data" / name)
    words = top / "rnntutor" / "words"
    shutil.copytree(words / "en", words / LANG)
    home = words / LANG / "home.toml"
    home.write_text(home.read_text(encoding="utf-8").replace("English", "日本語"), encoding="utf-8")
    lessons = lessons_of(top)
    (lessons / LANG).mkdir()
    first = next((lessons / "en").glob("01-*.md"))
    text = first.read_text(encoding="utf-8").replace("# ", "# 日本語 ", 1)
    (lessons / LANG / first.name).write_text(text, encoding="utf-8")
    return top


def lessons_of(house: Path) -> Path:
    return house / "rnntutor" / "_data" / "lessons"


def run(house: Path, *argv: str, typed: str = "") -> tuple[int, str]:
    environment = {**os.environ, "PYTHONPATH": str(house), "RNNTUTOR_DATA": str(house / "data")}
    done = subprocess.run(
        [sys.executable, "-m", "rnntutor", *argv],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=house,
        env=environment,
    )
    return done.returncode, done.stdout + done.stderr


def test_every_simulation_opens_in_it(house: Path) -> None:
    """Those that bring examples along have them in English then."""
    for name in ("cell", "order", "types", "attention", "text"):
        status, text = run(house, "--lang", LANG, "sim", name, "--plain")
        assert status == 0, text


def test_a_lesson_that_it_has_not_is_read_in_english(house: Path) -> None:
    status, text = run(house, "--lang", LANG, "--plain", typed="1\n\n")
    assert status == 0 and "日本語" in text
    english = next((lessons_of(house) / "en").glob("02-*.md")).read_text(encoding="utf-8")
    title = english.partition("\n")[0].removeprefix("# ")
    status, text = run(house, "--lang", LANG, "--plain", typed="2\n\n")
    assert status == 0 and title in text


def test_it_is_offered_and_refused_like_the_others(house: Path) -> None:
    assert "ja" in run(house, "--lang", "de")[1]
    assert "日本語" in run(house, "--plain", "--data-dir", str(house / "new"), typed="\n")[1]
