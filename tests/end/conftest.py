"""Fixtures that start the installed command in a real pseudo-terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

if os.name != "posix":
    collect_ignore_glob = ["test_*.py"]
else:
    from terminal import Start, Terminal, command


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the path of the learner's directory, which does not exist yet."""
    return tmp_path / "data"


@pytest.fixture
def environ() -> dict[str, str]:
    """Return the environment variables of an ordinary terminal; a test may change them."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TEXTUAL", "SSH_", "TERM")) and name not in ("COLUMNS", "LINES")
    }
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


@pytest.fixture
def start(environ: dict[str, str]) -> Iterator[Start]:
    """Start the tutor or another program in a terminal, and end it after the test.

    By default it is `rnntutor --lang en`.
    """
    with ExitStack() as stack:

        def begin(*arguments: str, program: list[str] | None = None, **options: object) -> Terminal:
            line = [*(command() if program is None else program), *arguments]
            if program is None and not arguments:
                line += ["--lang", "en"]
            options.setdefault("env", environ)
            return stack.enter_context(Terminal(line, **options))  # type: ignore[arg-type]

        yield begin
