"""A new language needs only a directory of words and one of lessons, and no code."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import rnntutor
from rnntutor import sims
from rnntutor.sims.base import knobs
from rnntutor.words import LANGUAGES

TOP = Path(rnntutor.__file__).parent.parent
LANG = next(lang for lang in ("ja", "el", "eo") if lang not in LANGUAGES)
HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the program and add a language with copied words and a single lesson."""
    top = tmp_path_factory.mktemp("house")
    shutil.copytree(TOP / "rnntutor", top / "rnntutor")
    for name in ("lessons", "assets"):  # as in an installed program
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
    """Run the command; return its exit status and output."""
    return _python(house, "-m", "rnntutor", *argv, typed=typed)


def _python(house: Path, *argv: str, typed: str = "") -> tuple[int, str]:
    environment = {**os.environ, "PYTHONPATH": str(house), "RNNTUTOR_DATA": str(house / "data")}
    done = subprocess.run(
        [sys.executable, *argv],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=house,
        env=environment,
    )
    return done.returncode, done.stdout + done.stderr


# Opens simulations in languages ("en cell") in one process: 45 of them would take a minute.
SIMULATIONS = """
import contextlib, io, json, sys
from rnntutor.cli import main

found = {}
for pair in sys.argv[1:]:
    lang, name = pair.split()
    text = io.StringIO()
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
        status = main(["--lang", lang, "sim", name, "--plain"])
    found[pair] = status, text.getvalue()
print(json.dumps(found))
"""


def opened(house: Path, *pairs: str) -> dict[str, tuple[int, str]]:
    """Open simulations ("en cell"); return the exit status and output of each."""
    status, text = _python(house, "-c", SIMULATIONS, *pairs)
    assert status == 0, text
    return {pair: (status, said) for pair, (status, said) in json.loads(text).items()}


def test_every_simulation_opens_in_it_with_the_english_example(house: Path) -> None:
    """`--lang LANG sim NAME --plain` works for every simulation; Korean differs in what is said."""
    spoken = {
        name: [f for f, knob in knobs(sims.find(name).settings).items() if knob.spoken]
        for name in sims.names()
    }
    every = [f"{lang} {name}" for lang in ("en", LANG) for name in sims.names()]
    found = opened(house, *every, *(f"ko {name}" for name, fields in spoken.items() if fields))
    assert any(spoken.values())
    for name in sims.names():
        status, english = found[f"en {name}"]
        assert status == 0 and not HANGUL.search(english), english
        assert found[f"{LANG} {name}"] == (0, english)
        for field in spoken[name]:
            assert f"--{field} en" in english and f"--{field} ko" in found[f"ko {name}"][1]


@pytest.fixture
def with_texts(house: Path) -> Iterator[Path]:
    """Add texts in the new language with their trained nets, and remove them after the test."""
    assets = house / "rnntutor" / "_data" / "assets"
    kept = house / "assets"
    shutil.copytree(assets, kept)
    for file in (assets / "data").glob("*.en.*"):
        shutil.copy(file, file.with_name(file.name.replace(".en.", f".{LANG}.")))
    shutil.copy(assets / "weights" / "text_en.npz", assets / "weights" / f"text_{LANG}.npz")
    yield house
    shutil.rmtree(assets)
    kept.rename(assets)


def trained(house: Path, name: str) -> None:
    """Add nets for the new language to a file of several nets."""
    file = house / "rnntutor" / "_data" / "assets" / "weights" / f"{name}.npz"
    with np.load(file) as arrays:
        nets = dict(arrays)
    nets |= {
        LANG + key.removeprefix("en"): value for key, value in nets.items() if key.startswith("en")
    }
    np.savez(file, allow_pickle=False, **nets)


def test_texts_of_its_own_are_found_by_their_files(with_texts: Path) -> None:
    """Texts of the language are found by file name; missing nets are an error that names the
    file."""
    status, text = run(with_texts, "--lang", LANG, "sim", "order", "--plain")
    assert status == 2 and "sentiment.npz" in text and "Traceback" not in text
    trained(with_texts, "sentiment")
    names = ("order", "types", "attention", "text")
    found = opened(with_texts, *(f"{LANG} {name}" for name in names))
    for name in names:
        field = "corpus" if name == "text" else "language"
        status, text = found[f"{LANG} {name}"]
        assert status == 0 and f"--{field} {LANG}" in text, text


def test_a_lesson_that_it_has_not_is_read_in_english(house: Path) -> None:
    status, text = run(house, "--lang", LANG, "--plain", typed="1\n\n")
    assert status == 0 and "日本語" in text
    english = next((lessons_of(house) / "en").glob("02-*.md")).read_text(encoding="utf-8")
    title = english.partition("\n")[0].removeprefix("# ")
    status, text = run(house, "--lang", LANG, "--plain", typed="2\n\n")
    assert status == 0 and title in text


def test_it_is_offered_and_refused_like_the_others(house: Path) -> None:
    assert LANG in run(house, "--lang", "xx")[1]
    assert "日本語" in run(house, "--plain", "--data-dir", str(house / "new"), typed="\n")[1]
