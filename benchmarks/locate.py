"""Measure how often a check finds the line of a mistake, with mutants in four styles.

    python benchmarks/locate.py [--each 520] [--jobs 2] [--style wordy] [--show]

Each mutant has one mistake: a changed operator, name, term, transpose, function or slice. For the
mutants that run and return wrong results, the line that the check names is compared with the
changed line. The ceiling printed beside it is the best possible score when only the set of wrong
results is known: for each set, always name the line that was changed most often.

Exits with 1 if a style is below 95 %.
"""

from __future__ import annotations

import argparse
import ast
import copy
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

import numpy as np

from rnntutor.build import runner
from rnntutor.build.cases import Case
from rnntutor.build.check import Misplaced, Missing, Renamed, most_important
from rnntutor.build.child import program
from rnntutor.build.computations import cases
from rnntutor.build.leaves import close

STYLES = ("wordy", "terse", "batch_first", "stacked")
EXERCISES = (
    "lstm_step",
    "lstm_backward",
    "gru_step",
    "rnn_step",
    "rnn_forward",
    "rnn_backward",
    "softmax_loss",
    "attend",
)
LEAST = 0.95
OPERATORS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult}


class Mutant(NamedTuple):
    style: str
    exercise: str
    line: int
    what: str
    source: str


class Seen(NamedTuple):
    mutant: Mutant
    said: int | None
    wrong: tuple[str, ...]
    text: str
    seconds: float


def mutants(style: str) -> Iterator[Mutant]:
    """Yield every mutant of a style's solutions, in the functions of the exercises."""
    source = (Path(__file__).parent / "solutions" / f"{style}.py").read_text(encoding="utf-8")
    tree = ast.parse(ast.unparse(ast.parse(source)))  # one line per statement, in every mutant too
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and function.name in EXERCISES:
            yield from _of(style, function, tree)


def _of(style: str, function: ast.FunctionDef, tree: ast.Module) -> Iterator[Mutant]:
    names = sorted({n.id for n in ast.walk(function) if isinstance(n, ast.Name)})
    names = [n for n in names if n not in ("np", "sigmoid", "len", "range", "zip", "dict", "sum")]
    lines = {s: s.lineno for s in ast.walk(function) if isinstance(s, ast.stmt)}
    # Only this function changes; the text of the others is written once.
    before, _, after = ast.unparse(tree).partition(ast.unparse(function))
    for statement, line in lines.items():
        if isinstance(statement, ast.FunctionDef | ast.For | ast.If):
            continue
        for node in ast.walk(statement):
            for what, undo in _changes(node, names):
                source = f"{before}{ast.unparse(function)}{after}"
                yield Mutant(style, function.name, line, what, source)
                undo()


def _changes(node: ast.AST, names: list[str]) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield each change of a node, made in place, and a function that undoes it."""
    if isinstance(node, ast.BinOp):
        op = node.op
        if type(op) in OPERATORS:
            node.op = OPERATORS[type(op)]()
            yield "operator", lambda: setattr(node, "op", op)
        if not isinstance(op, ast.MatMult):
            yield from _kept(node)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
        right = node.id
        for other in names:
            if other != right:
                node.id = other
                yield f"{right} -> {other}", lambda: setattr(node, "id", right)
    if isinstance(node, ast.Constant) and isinstance(node.value, int | str):
        value = node.value
        letters = "fiogrzn" if isinstance(value, str) and len(value) == 1 else ""
        numbers = () if isinstance(value, str) else (value + 1,)
        for changed in (*(k for k in letters if k != value), *numbers):
            node.value = changed
            yield f"{value} -> {changed}", lambda: setattr(node, "value", value)
    if isinstance(node, ast.Attribute) and node.attr in ("tanh", "exp"):
        name = node.attr
        node.attr = "exp" if name == "tanh" else "tanh"
        yield f"{name} -> {node.attr}", lambda: setattr(node, "attr", name)


def _kept(node: ast.BinOp) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the removal of each operand of an operation, and a function that undoes it.

    The other operand is multiplied by 1, so that the node stays an operation.
    """
    left, op, right = node.left, node.op, node.right

    def undo() -> None:
        node.left, node.op, node.right = left, op, right

    for side, what in ((left, "right"), (right, "left")):
        node.left, node.op, node.right = side, ast.Mult(), ast.Constant(1.0)
        yield f"without its {what} side", undo


def look(mutant: Mutant) -> Seen | None:
    """Check one mutant; return None if it does not run or returns right results.

    Mutants run in this process: they are our own code, and a process for each would take ten times
    as long.
    """
    wrong = _wrong(mutant)
    if not wrong:
        return None
    started = monotonic()
    runs = cases(mutant.exercise)
    finding = most_important(mutant.exercise, mutant.source, mutant.exercise, runs, here)
    seconds = monotonic() - started
    if isinstance(finding, Missing):
        said, text = finding.suspect.line, finding.suspect.key
    elif isinstance(finding, Renamed | Misplaced):
        said, text = finding.line, type(finding).__name__
    else:
        return None
    return Seen(mutant, said, wrong, text, seconds)


def here(source: str, name: str, arguments: Sequence[Sequence[Any]]) -> runner.CallResults:
    """Run a function in this process."""
    with np.errstate(all="ignore"):
        return runner.read(program.run(runner.request(source, name, arguments)))


def _wrong(mutant: Mutant) -> tuple[str, ...]:
    """Return the names of the wrong results in the first case that has any.

    The functions are called directly, without the much slower check: most mutants do not run.

    Returns:
        () if the mutant fails, returns another shape, or is right in all cases.
    """
    module: dict[str, Any] = {}
    try:
        with np.errstate(all="ignore"):
            exec(compile(mutant.source, "mutant", "exec"), module)
            for case in cases(mutant.exercise):
                values = module[mutant.exercise](*copy.deepcopy(list(case.given.values())))
                wrong = tuple(_off(case, values if isinstance(values, tuple) else (values,)))
                if wrong:
                    return wrong
    except Exception:
        return ()
    return ()


def _off(case: Case, values: tuple[Any, ...]) -> Iterator[str]:
    """Yield the names of the results that differ from the expected ones.

    Raises:
        ValueError: a result has the wrong shape, or the number of results is wrong.
    """
    for result, value in zip(case.wanted, values, strict=True):
        for label, key in result.entries:
            found, right = value[label] if label else value, case.value(key)
            if np.shape(found) != right.shape:
                raise ValueError(result.name)
            if not close(np.asarray(found, float), right):
                yield f"{result.name}{label}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--each", type=int, default=520, help="mutants of each style")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1, help="of the order of the mutants")
    parser.add_argument("--style", choices=STYLES, action="append")
    parser.add_argument("--show", action="store_true", help="the mutants whose line was not found")
    asked = parser.parse_args()
    bad = False
    for style in asked.style or STYLES:
        todo = list(mutants(style))
        random.Random(asked.seed).shuffle(todo)
        seen: list[Seen] = []
        with ProcessPoolExecutor(asked.jobs) as pool:
            while todo and len(seen) < asked.each:
                some, todo = todo[:120], todo[120:]
                seen += [s for s in pool.map(look, some, chunksize=8) if s is not None]
        share, ceiling = _share(seen), _ceiling(seen)
        bad |= share < LEAST
        print(f"{style:12} {len(seen):4} mutants  right line {share:6.1%}  ceiling {ceiling:6.1%}")
        for name in EXERCISES:
            own = [one for one in seen if one.mutant.exercise == name]
            print(f"   {name:14} {len(own):4}  {_share(own):6.1%}", flush=True)
        times = sorted(one.seconds for one in seen)
        print(f"   a check: median {times[len(times) // 2]:.2f} s, longest {times[-1]:.2f} s")
        for one in seen if asked.show else ():
            if one.said != one.mutant.line:
                m = one.mutant
                text = m.source.split("\n")[m.line - 1].strip()
                print(f"   {m.exercise}:{m.line} said {one.said} ({one.text}) [{m.what}] {text}")
    return int(bad)


def _share(seen: list[Seen]) -> float:
    return sum(one.said == one.mutant.line for one in seen) / max(1, len(seen))


def _ceiling(seen: list[Seen]) -> float:
    groups: dict[tuple[object, ...], Counter[int]] = defaultdict(Counter)
    for one in seen:
        groups[one.mutant.exercise, one.wrong][one.mutant.line] += 1
    return sum(max(lines.values()) for lines in groups.values()) / max(1, len(seen))


if __name__ == "__main__":
    sys.exit(main())
