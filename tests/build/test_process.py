"""Only one module starts processes, and the child process imports no other part of the package."""

from __future__ import annotations

import ast
from pathlib import Path

import rnntutor.build

BUILD = Path(rnntutor.build.__file__).parent


def modules(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def imported(path: Path) -> set[str]:
    return {name.split(".")[0] for name in modules(path)}


def test_only_one_module_starts_processes() -> None:
    starters = {p.name for p in BUILD.rglob("*.py") if "subprocess" in imported(p)}
    assert starters == {"process.py"}


def test_the_program_that_runs_the_learners_code_imports_nothing_else_of_ours() -> None:
    own = "rnntutor.build.child"
    for path in (BUILD / "child").glob("*.py"):
        ours = {name for name in modules(path) if name.startswith("rnntutor")}
        assert all(name.startswith(own) for name in ours), path
