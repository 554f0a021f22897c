"""What every test stands on: no learner's directory, locale or colour of its own machine."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Generator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import settings

from rnntutor import environment

environment.prepare()  # before NumPy, which is imported here first: it reads its threads once

from rnntutor import words  # noqa: E402
from rnntutor.course import parse  # noqa: E402

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

# A lesson is read by hundreds of tests and changed by none of them: each text is parsed once.
parse.parse_lesson = lru_cache(maxsize=512)(parse.parse_lesson)


def pytest_configure(config: pytest.Config) -> None:
    """Where Python is told to keep no bytecode, it is kept in pytest's own cache: a hundred
    programs are started here, and each would compile the whole package."""
    cache = getattr(config, "cache", None)
    if sys.dont_write_bytecode and cache is not None:
        sys.dont_write_bytecode = False
        sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(cache.mkdir("bytecode"))
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays to the end: no garbage is looked for in it, and a test
    makes many thousand objects before it is looked for among those."""
    gc.disable()
    found = yield
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()
    return found


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A learner's directory of the test's own, and no language or colour from outside."""
    monkeypatch.setenv("RNNTUTOR_DATA", str(tmp_path / "data"))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLORTERM", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture(autouse=True)
def no_forgotten_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that was forgotten is an error here; a learner's screen shows the end of its key."""

    def raised(key: str) -> str:
        raise KeyError(key)

    monkeypatch.setattr(words, "missing", raised)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of that name beside the test, in `golden/`. `GOLDEN=write
    pytest` writes the files anew; the difference is then to be read before it is kept."""

    def compare(name: str, text: str) -> None:
        file = request.path.parent / "golden" / name
        if os.environ.get("GOLDEN") == "write":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")

    return compare
