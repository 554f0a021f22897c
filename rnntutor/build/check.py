"""Check a learner's function: run it and report the most important finding."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any

import numpy as np

from rnntutor.build import runner
from rnntutor.build.cases import Case, Result, step_of
from rnntutor.build.computations import COMPUTATIONS, cases
from rnntutor.build.formulas import Formula, inline_parts
from rnntutor.build.formulas import formula as written
from rnntutor.build.leaves import close
from rnntutor.build.locate import Located, Rerun, Suspect, locate
from rnntutor.build.process import Process, Trouble
from rnntutor.build.runner import CallResult
from rnntutor.build.slips import Slip, explain, laid_otherwise
from rnntutor.nn.arrays import Array


@dataclass(frozen=True)
class Passed:
    """All runs gave the right results.

    Attributes:
        runs: number of runs.
        entries: number of array entries compared.
        largest: largest absolute difference.
        printed: the beginning of the function's output.
    """

    runs: int
    entries: int
    largest: float
    printed: str = ""


@dataclass(frozen=True)
class WrongShape:
    """A result has the wrong shape, or the number of results is wrong.

    Attributes:
        name: the result.
        wanted: the expected shape.
        found: the actual shape, or None if the result is not an array.
        kind: the type of a result that is not an array.
        count: (expected, actual) number of results, if that is what is wrong.
    """

    name: str
    wanted: tuple[int, ...]
    found: tuple[int, ...] | None
    kind: str = ""
    count: tuple[int, int] | None = None


@dataclass(frozen=True)
class Overflowed:
    """The results are right, but an intermediate value overflowed."""

    line: int


@dataclass(frozen=True)
class Misplaced:
    """The right value was computed, but a different one was returned."""

    name: str
    line: int


@dataclass(frozen=True)
class Renamed:
    """A variable has the name of one quantity and the value of another, with the key `key`."""

    name: str
    key: str
    line: int


@dataclass(frozen=True)
class Missing:
    """The first wrong value.

    Attributes:
        suspect: the value with its line and its expected meaning.
        at: index of the entry with the largest error.
        wanted: the expected number at that index.
        found: the actual number, or None if the value has another size.
        right: keys of the quantities that were computed correctly.
        slip: the common mistake that gives exactly this value, if there is one.
        alone: replacing this value alone makes all results right.
    """

    suspect: Suspect
    at: tuple[int, ...]
    wanted: float
    found: float | None
    right: tuple[str, ...]
    slip: Slip | None
    alone: bool = False


@dataclass(frozen=True)
class WrongValue:
    """A result with the right shape and wrong numbers.

    Attributes:
        key: the quantity that it should be.
        name: the result as the learner sees it.
        found: the returned array.
    """

    key: str
    name: str
    found: Array


Finding = Trouble | Passed | WrongShape | Overflowed | Misplaced | Renamed | Missing


def check(exercise: str, source: str, stop: Event | None = None) -> Finding:
    """Check the exercise's function in `source`, in a separate process.

    Args:
        exercise: name of the exercise and of its function.
        source: the learner's code.
        stop: ends the process when set.
    """
    process = Process()

    def run(source: str, name: str, arguments: Sequence[Sequence[Any]]) -> runner.CallResults:
        return runner.request_runs(process, runner.request(source, name, arguments), stop)

    try:
        return most_important(exercise, source, exercise, cases(exercise), run)
    finally:
        process.end()


def most_important(
    exercise: str, source: str, name: str, runs: Sequence[Case], run: Rerun
) -> Finding:
    """Return the most important finding over all runs.

    Args:
        exercise: name of the exercise.
        source: the learner's code.
        name: the function to call in it.
        runs: the cases to compare with.
        run: calls a function of a source with a list of arguments.
    """
    ran = run(source, name, arguments(exercise, runs))
    if ran.trouble is not None:
        return ran.trouble
    entries, largest = 0, 0.0
    for case, one in zip(runs, ran.runs, strict=True):
        finding = judge(case, one, COMPUTATIONS[exercise].overflow)
        if isinstance(finding, WrongValue):
            return _wrong_finding(case, finding, locate(source, name, case, run))
        if not isinstance(finding, Passed):
            return finding
        entries += finding.entries
        largest = max(largest, finding.largest)
    return Passed(len(runs), entries, largest, ran.printed)


def arguments(exercise: str, runs: Sequence[Case]) -> list[list[Any]]:
    """Return the function's arguments for each run."""
    order = COMPUTATIONS[exercise].arguments
    return [[case.given[name] for name in order] for case in runs]


def judge(case: Case, run: CallResult, overflow: bool = False) -> Finding | WrongValue:
    """Return the finding of one run; for wrong results, the first of them."""
    if run.trouble is not None:
        return run.trouble
    given = run.value if isinstance(run.value, tuple) else (run.value,)
    if len(case.wanted) == 1 and (case.wanted[0].as_list or len(given) != 1):
        given = (run.value,)
    if len(given) != len(case.wanted):
        kind = run.value if isinstance(run.value, str) else ""
        return WrongShape("", (), None, kind, (len(case.wanted), len(given)))
    wrong: list[WrongValue] = []
    entries, largest = 0, 0.0
    for result, value in zip(case.wanted, given, strict=True):
        for key, label, found in returned_values(result, value):
            right = case.value(key)
            if not isinstance(found, np.ndarray) or found.shape != right.shape:
                there = isinstance(found, np.ndarray)
                kind = "" if there else str(found)
                return WrongShape(label, right.shape, found.shape if there else None, kind)
            entries += right.size
            if close(found, right):
                largest = max(largest, float(np.abs(found - right).max(initial=0.0)))
            else:
                wrong.append(WrongValue(key, label, found))
    if wrong:
        return wrong[0]
    if overflow and run.overflow:
        return Overflowed(run.overflow)
    return Passed(1, entries, largest)


def returned_values(result: Result, value: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield (key, label, returned value) for each entry of a result; a missing entry has the value
    "None"."""
    for label, key in result.entries:
        if not label:
            yield key, result.name, value
        elif result.as_list:
            index = int(label)
            fits = isinstance(value, tuple) and len(value) == len(result.entries)
            yield key, f"{result.name}[{label}]", value[index] if fits else "None"
        else:
            inner = value.get(label, "None") if isinstance(value, Mapping) else "None"
            yield key, f'{result.name}["{label}"]', inner


def _wrong_finding(case: Case, wrong: WrongValue, located: Located | None) -> Finding:
    """Return the finding for wrong results: which value is the mistake, and of what kind."""
    if located is None:  # it did not run again
        right = case.value(wrong.key)
        suspect = Suspect(wrong.key, None, 0, "", right, wrong.found, wrong.found.shape)
        return _missing(case, Located(suspect, (), ()), None)
    suspect = located.suspect
    if located.returned and suspect.key in located.right:
        return Misplaced(wrong.name, suspect.line)
    if suspect.key not in case.quantities and suspect.tree is None and located.instead:
        return Renamed(suspect.name, located.instead[0], suspect.line)
    return _missing(case, located, _explain(case, suspect, located.missing))


def _missing(case: Case, located: Located, slip: Slip | None) -> Missing:
    suspect = located.suspect
    # A sum whose gate is right need not be named beside it.
    right = tuple(key for key in located.right if case.quantities[key].part_of not in located.right)
    if suspect.found is None:
        return Missing(
            suspect, (), float(np.ravel(suspect.wanted)[0]), None, right, None, located.mended
        )
    off = np.nan_to_num(np.abs(suspect.found - suspect.wanted), nan=np.inf)
    at = tuple(int(n) for n in np.unravel_index(int(np.argmax(off)), suspect.wanted.shape))
    wanted, found = float(suspect.wanted[at]), float(suspect.found[at])
    return Missing(suspect, at, wanted, found, right, slip, located.mended)


def _explain(case: Case, suspect: Suspect, missing: Sequence[str]) -> Slip | None:
    """Return the common mistake that produces the wrong value, if there is one."""
    quantity = case.quantities.get(suspect.key)
    if suspect.found is None or quantity is None:
        return None
    parts = {
        name: frozenset(q.formula.target for q in case.quantities.values() if q.part_of == key)
        for name, key in quantity.reads.items()
    }
    formulas = list(_formulas(case, suspect.key, missing))
    trees = [f.tree for f in formulas] if suspect.tree is None else [suspect.tree]
    for tree in trees:
        values = _values(case, suspect.key)
        slip = explain(tree, values, suspect.found, parts)
        if slip is not None:
            return slip
    name = ast.Name(suspect.key.split("[")[0], ast.Load()) if suspect.tree is None else suspect.tree
    return laid_otherwise(name, suspect.wanted, suspect.found)


def _formulas(case: Case, key: str, missing: Sequence[str]) -> Iterator[Formula]:
    """The formula of a quantity: from its parts; from what these are made from; and from what the
    missing ones among its sources are made from."""
    own = case.quantities[key].formula
    yield own
    seen = {ast.unparse(own.tree)}
    for through in ((), missing):
        found: dict[str, Formula] = {}
        todo = list(case.quantities[key].reads.items())
        while todo:
            name, other = todo.pop()
            quantity = case.quantities.get(other)
            if quantity is None or name in (*found, own.target):
                continue
            if quantity.formula.target != name or step_of(other) != step_of(key):
                continue  # another time step's: the same names mean other values there
            if quantity.part_of or other in through:
                found[name] = quantity.formula
                todo += quantity.reads.items()
        deeper = inline_parts(own, found)
        if ast.unparse(deeper.tree) not in seen:
            seen.add(ast.unparse(deeper.tree))
            yield deeper
    if own.target in ALSO:
        yield ALSO[own.target]


ALSO = {"loss": written("loss = -log(p[target])")}
"""Another way in which a quantity is written, nearer to how it is taught."""


def _values(case: Case, key: str) -> dict[str, Any]:
    """Return every value that may appear in a quantity's formula: its operands and all other
    quantities of the run, by name."""
    own = case.quantities[key]
    values: dict[str, Any] = {name: v for name, v in case.inputs.items() if "[" not in name}
    suffix = step_of(key)
    for other, quantity in case.quantities.items():
        if other.endswith(suffix) and other != key:
            base = other.removesuffix(suffix)
            values[base] = quantity.value
            values |= {name: case.value(k) for name, k in quantity.reads.items() if k != key}
    values |= {name: case.value(k) for name, k in own.reads.items()}
    return values
