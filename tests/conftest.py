"""Fixtures for all tests, which isolate them from the machine's data, locale and colours."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Generator
from functools import lru_cache
from pathlib import Path

# Bytecode is written even where Python is told to write none: the tests start about a hundred
# programs, and each would compile the whole package. Git ignores it.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import pytest  # noqa: E402
from hypothesis import settings  # noqa: E402

from rnntutor import environment  # noqa: E402

environment.prepare()  # before NumPy, which reads the number of threads only when imported

from rnntutor import words  # noqa: E402
from rnntutor.course import parse  # noqa: E402

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

# Hundreds of tests read a lesson and none changes it, so each text is parsed only once.
parse.parse_lesson = lru_cache(maxsize=512)(parse.parse_lesson)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Freeze what is imported and collected, and collect garbage less often.

    This saves time: these objects live to the end, and a test allocates many thousands.
    """
    gc.disable()
    found = yield
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()
    return found


@pytest.fixture(autouse=True)
def own_environment(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test its own data directory, and remove languages and colours from the
    environment.

    A test without a `tmp_path` has nothing to write, so its data directory cannot be made.
    """
    has_directory = "tmp_path" in request.fixturenames
    top = request.getfixturevalue("tmp_path") if has_directory else Path(os.devnull)
    monkeypatch.setenv("RNNTUTOR_DATA", str(top / "data"))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLORTERM", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture(autouse=True)
def no_forgotten_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Raise an error for a missing word; a learner's screen shows the end of its key."""

    def raised(key: str) -> str:
        raise KeyError(key)

    monkeypatch.setattr(words, "missing", raised)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a function that compares a text with a file in `golden/` beside the test.

    `GOLDEN=write pytest` writes the files; read the difference before you commit it.
    """

    def compare(name: str, text: str) -> None:
        file = request.path.parent / "golden" / name
        if os.environ.get("GOLDEN") == "write":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")

    return compare
