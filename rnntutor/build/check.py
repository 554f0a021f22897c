"""One check of a learner's function: the first thing that is to be said about it."""

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
from rnntutor.build.formulas import Formula, inlined
from rnntutor.build.formulas import formula as written
from rnntutor.build.leaves import close
from rnntutor.build.locate import Located, Rerun, Suspect, locate
from rnntutor.build.process import Process, Trouble
from rnntutor.build.runner import CallResult
from rnntutor.build.slips import Slip, explain, laid_otherwise
from rnntutor.nn.arrays import Array


@dataclass(frozen=True)
class Passed:
    """All runs came out right. runs: how many; entries: the numbers that were compared; largest:
    the largest difference. printed: what the function printed."""

    runs: int
    entries: int
    largest: float
    printed: str = ""


@dataclass(frozen=True)
class WrongShape:
    """A result has not the shape that is wanted. found: its shape; None if it is no array, of which
    `kind` then names the type. count: of results, where their number is wrong (wanted, found)."""

    name: str
    wanted: tuple[int, ...]
    found: tuple[int, ...] | None
    kind: str = ""
    count: tuple[int, int] | None = None


@dataclass(frozen=True)
class Overflowed:
    """All values are right, but a number overflowed on the way."""

    line: int


@dataclass(frozen=True)
class Misplaced:
    """Everything was computed, and something else was returned in its place."""

    name: str
    line: int


@dataclass(frozen=True)
class Renamed:
    """A variable has the name of a quantity and the value of another, whose key is `key`."""

    name: str
    key: str
    line: int


@dataclass(frozen=True)
class Missing:
    """The first value that is wrong.

    suspect: what it should be, and where it was made. at: the place of the entry that is farthest
    off; wanted, found: the values there (found None if it has another size). right:
    the quantities that were found. slip: the kind of mistake that gives exactly this value. alone:
    with the right value there everything else comes out right.
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
    """A result that has its shape and is not right. key: of the quantity; name: of the result."""

    key: str
    name: str
    found: Array


Finding = Trouble | Passed | WrongShape | Overflowed | Misplaced | Renamed | Missing


def check(exercise: str, source: str, stop: Event | None = None) -> Finding:
    """Check the exercise's function of `source`, in a process of its own. stop: ends the process
    when it is set."""
    process = Process()

    def run(source: str, name: str, arguments: Sequence[Sequence[Any]]) -> runner.CallResults:
        return runner.asked(process, runner.request(source, name, arguments), stop)

    try:
        return checked(exercise, source, exercise, cases(exercise), run)
    finally:
        process.end()


def checked(exercise: str, source: str, name: str, runs: Sequence[Case], run: Rerun) -> Finding:
    """The first thing that is to be said about all runs. run: runs a function of a source."""
    ran = run(source, name, arguments(exercise, runs))
    if ran.trouble is not None:
        return ran.trouble
    entries, largest = 0, 0.0
    for case, one in zip(runs, ran.runs, strict=True):
        finding = judged(case, one, COMPUTATIONS[exercise].overflow)
        if isinstance(finding, WrongValue):
            return _told(case, finding, locate(source, name, case, run))
        if not isinstance(finding, Passed):
            return finding
        entries += finding.entries
        largest = max(largest, finding.largest)
    return Passed(len(runs), entries, largest, ran.printed)


def arguments(exercise: str, runs: Sequence[Case]) -> list[list[Any]]:
    """What the function is given in each run."""
    order = COMPUTATIONS[exercise].arguments
    return [[case.given[name] for name in order] for case in runs]


def judged(case: Case, run: CallResult, overflow: bool = False) -> Finding | WrongValue:
    """What is to be said of one run; if a result is wrong, the first that is."""
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
        for key, label, found in returned(result, value):
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


def returned(result: Result, value: Any) -> Iterator[tuple[str, str, Any]]:
    """(key, label, what was returned) of a result; a missing entry is None's name."""
    for label, key in result.entries:
        if not label:
            yield key, result.name, value
        elif result.as_list:
            place = int(label)
            fits = isinstance(value, tuple) and len(value) == len(result.entries)
            yield key, f"{result.name}[{label}]", value[place] if fits else "None"
        else:
            inner = value.get(label, "None") if isinstance(value, Mapping) else "None"
            yield key, f'{result.name}["{label}"]', inner


def _told(case: Case, wrong: WrongValue, located: Located | None) -> Finding:
    """What is said of results that are wrong."""
    if located is None:  # it did not run again
        right = case.value(wrong.key)
        suspect = Suspect(wrong.key, None, 0, "", right, wrong.found, wrong.found.shape)
        return _missing(case, Located(suspect, (), ()), None)
    suspect = located.suspect
    if located.returned and suspect.key in located.right:
        return Misplaced(wrong.name, suspect.line)
    if suspect.key not in case.quantities and suspect.tree is None and located.instead:
        return Renamed(suspect.name, located.instead[0], suspect.line)
    return _missing(case, located, _explained(case, suspect, located.missing))


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


def _explained(case: Case, suspect: Suspect, missing: Sequence[str]) -> Slip | None:
    """The kind of mistake that gives the value that was found."""
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
        deeper = inlined(own, found)
        if ast.unparse(deeper.tree) not in seen:
            seen.add(ast.unparse(deeper.tree))
            yield deeper
    if own.target in ALSO:
        yield ALSO[own.target]


ALSO = {"loss": written("loss = -log(p[target])")}
"""Another way in which a quantity is written, nearer to how it is taught."""


def _values(case: Case, key: str) -> dict[str, Any]:
    """The values that may stand in the formula of a quantity: its own, and all others of the run by
    their names."""
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
