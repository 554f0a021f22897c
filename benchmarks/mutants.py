"""Measure how many small mistakes in a module its tests notice.

    python benchmarks/mutants.py [MODULE …] [--count 12] [--seconds 300] [--seed 1]

Each mutant is the module with one change: a comparison, an operator, a sign, a number, a negated
condition or a removed call. Types, decorators, constants at module level and the `strict` of a zip
are not changed, because a right program behaves the same without them. The tests run in a process
of their own; the mutant is caught at their first failure. The changes are sampled with a seed, so
that two runs can be compared. Survivors are printed with their lines: either a test is missing, or
the change has no effect.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import monotonic

ROOT = Path(__file__).parent.parent
MODULES = {  # module -> tests that should catch its mutants, likeliest first
    "course/questions": ("tests/course/test_mark.py", "tests/course/test_questions.py",
                         "tests/course/test_faded.py", "tests/course/test_answer_lines.py",
                         "tests/session/test_question.py",
                         "tests/house/test_question_kinds.py",
                         "tests/plain/test_plain_questions.py"),
    "study/schedule": ("tests/study/test_schedule.py",),
    "check/parity": ("tests/check/test_parity.py",),
    "study/log": ("tests/study/test_log.py", "tests/study/test_directory.py"),
    "session/stage": ("tests/session/test_stage.py", "tests/session/test_stage_backward.py",
                      "tests/session/test_opening.py", "tests/session/test_training.py",
                      "tests/session/test_outcome.py", "tests/session/test_translated.py"),
    "session/conditions": ("tests/session/test_conditions.py", "tests/session/test_stage.py",
                           "tests/session/test_stage_backward.py",
                           "tests/session/test_outcome.py", "tests/session/test_verdicts.py"),
    "session/viewing": ("tests/session/test_stage.py", "tests/session/test_opening.py"),
    "session/advance": ("tests/session/test_outcome.py", "tests/session/test_stage.py",
                        "tests/session/test_training.py"),
    "session/outcome": ("tests/session/test_outcome.py", "tests/session/test_stage.py",
                        "tests/session/test_verdicts.py", "tests/lessons/test_task_ticks.py"),
    "render/views/strip": ("tests/render/test_strip.py", "tests/render/test_golden_views.py",
                           "tests/render/test_views.py", "tests/render/test_roles.py"),
    "session/question": ("tests/session/test_question.py", "tests/pages/test_question_roles.py",
                         "tests/house/test_question_kinds.py",
                         "tests/plain/test_plain_questions.py"),
    "tui/terminal/cell_diff": ("tests/tui/test_cell_diff.py",),
    "nn/cells": ("tests/nn",),
}  # fmt: skip
COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
COMPUTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult}
SLOW = 120.0  # seconds; a mutant that takes longer hangs and counts as caught


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield each changed version of a node."""
    match node:
        case ast.Compare():
            for n, op in enumerate(node.ops):
                yield _with(node, ops=[*node.ops[:n], COMPARED[type(op)](), *node.ops[n + 1 :]])
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in COMPUTED:
            yield _with(node, op=COMPUTED[type(op)]())
        case ast.BoolOp():
            yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value) if value + 1 != value:
            yield ast.Constant(value + 1)
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return  # never executed
        case ast.If(test=test) | ast.IfExp(test=test) if not _turned_by_itself(test):
            yield _with(node, test=ast.UnaryOp(ast.Not(), copy.deepcopy(test)))
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case _:
            pass


def _with(node: ast.AST, **fields: object) -> ast.AST:
    """Return a copy of the node with other fields."""
    changed = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _turned_by_itself(test: ast.expr) -> bool:
    """Return whether another change already negates this condition: `==`, `is`, `in`, `not`."""
    match test:
        case ast.UnaryOp(op=ast.Not()):
            return True
        case ast.Compare(ops=[op]):
            return not isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE)
        case _:
            return False


def mutants(source: str) -> list[tuple[int, str, str]]:
    """Return every mutant of a source text.

    Returns:
        (line number, description of the change, source of the mutant) of each.
    """
    tree = ast.parse(source)
    found: list[tuple[int, str, str]] = []
    left_out = {id(node) for top in ast.walk(tree) for node in _no_logic(top)}
    for parent in ast.walk(tree):
        if id(parent) in left_out:
            continue
        for name, value in ast.iter_fields(parent):
            for index, node in enumerate(value if isinstance(value, list) else [value]):
                if not isinstance(node, ast.AST):
                    continue
                for changed in changes(node):
                    _put(parent, name, index, changed)
                    ast.fix_missing_locations(tree)
                    told = f"{_line(node)}  →  {_line(changed)}"
                    found.append((getattr(node, "lineno", 0), told, ast.unparse(tree)))
                    _put(parent, name, index, node)
    return found


def _no_logic(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes below a node that are not mutated.

    These are types, decorators, constants at module level and the `strict` of a zip.
    """
    parts: list[ast.AST | None] = [
        getattr(node, "annotation", None),
        getattr(node, "returns", None),
    ]
    parts += getattr(node, "decorator_list", [])
    if isinstance(node, ast.keyword) and node.arg == "strict":
        parts.append(node)
    if isinstance(node, ast.Module):
        parts += [n for n in node.body if isinstance(n, ast.Assign)]
    for part in parts:
        if part is not None:
            yield from ast.walk(part)


def _put(parent: ast.AST, name: str, index: int, node: ast.AST) -> None:
    value = getattr(parent, name)
    if isinstance(value, list):
        value[index] = node
    else:
        setattr(parent, name, node)


def _line(node: ast.AST) -> str:
    return ast.unparse(node).split("\n")[0][:60]


def passes(module: Path, text: str | None, tests: tuple[str, ...]) -> bool:
    """Return whether the tests pass with another source for a module.

    The package itself stays unchanged: the tests run on a copy of it with this one file replaced.

    Args:
        module: file of the module.
        text: its source; None for the present one.
        tests: files of the tests.
    """
    with tempfile.TemporaryDirectory() as name:
        copied = Path(name)
        _linked(copied, module, text)
        command = [sys.executable, "-m", "pytest", "-x", "-n", "0", "-q", "-p", "no:cacheprovider"]
        process = subprocess.Popen(
            [*command, *tests],
            cwd=copied,
            env=os.environ | {"PYTHONPATH": str(copied), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            return process.wait(SLOW) == 0
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return False


def _linked(copied: Path, module: Path, text: str | None) -> None:
    """Copy the project by symbolic links, except for the module and the directories above it."""
    if text is None:
        text = module.read_text(encoding="utf-8")
    way = [*module.relative_to(ROOT).parts]
    here, there = ROOT, copied
    for step in way:
        for entry in here.iterdir():
            if entry.name != step and entry.name != "__pycache__":
                (there / entry.name).symlink_to(entry)
        here, there = here / step, there / step
        if here.is_dir():
            there.mkdir()
    there.write_text(text, encoding="utf-8")


def files_of(module: str) -> list[Path]:
    path = ROOT / "rnntutor" / module
    return sorted(path.glob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def run(module: str, count: int, seconds: float, seed: int) -> tuple[int, int]:
    """Test the sampled mutants of one module and print the survivors.

    Returns:
        (number caught, number tried).
    """
    tests, end = MODULES[module], monotonic() + seconds
    every = [(path, *m) for path in files_of(module) for m in mutants(path.read_text("utf-8"))]
    drawn = Random(f"{module} {seed}").sample(every, min(count, len(every)))
    if not passes(files_of(module)[0], None, tests):
        raise SystemExit(f"{module}: its tests fail as it stands")
    caught = tried = 0
    for path, line, told, text in drawn:
        if monotonic() > end:
            break
        tried += 1
        if passes(path, text, tests):
            print(f"  survived  {path.relative_to(ROOT)}:{line}  {told}", flush=True)
        else:
            caught += 1
    print(f"{module:<26} {caught:>3} of {tried:>3} caught   ({len(every)} nodes)", flush=True)
    return caught, tried


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("module", nargs="*", default=[*MODULES])
    parser.add_argument("--count", type=int, default=12, help="mutants of each module")
    parser.add_argument("--seconds", type=float, default=300.0, help="at most, for each module")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    results = [run(name, given.count, given.seconds, given.seed) for name in given.module]
    caught, tried = (sum(part) for part in zip(*results, strict=True))
    print(f"{'all':<26} {caught:>3} of {tried:>3} caught: {caught / max(1, tried):.0%}")


if __name__ == "__main__":
    main()
