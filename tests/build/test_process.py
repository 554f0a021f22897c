"""One module starts processes, and what runs there is not ours."""

from __future__ import annotations

import ast
from pathlib import Path

import rnntutor.build

BUILD = Path(rnntutor.build.__file__).parent


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_only_the_runner_starts_a_process() -> None:
    starters = {p.name for p in BUILD.glob("*.py") if "subprocess" in imported(p)}
    assert starters == {"runner.py"}


def test_the_program_that_runs_the_learners_code_imports_nothing_of_ours() -> None:
    assert "rnntutor" not in imported(BUILD / "child.py")
