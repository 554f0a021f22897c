"""One check of a learner's function: the first thing that is to be said about it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import Any

import numpy as np

from rnntutor.build import runner
from rnntutor.build.cases import Case, Result
from rnntutor.build.computations import COMPUTATIONS, cases
from rnntutor.build.formulas import Formula, inlined
from rnntutor.build.formulas import formula as written
from rnntutor.build.leaves import Known, close
from rnntutor.build.locate import Located, Source, Suspect, locate
from rnntutor.build.process import Trouble
from rnntutor.build.runner import Run
from rnntutor.build.slips import Slip, computed, explain, places_of
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
    """The first quantity that is nowhere.

    suspect: which, and where it should have come out. at: the place of the entry that is farthest
    off; wanted, found: the values there (found None if nothing has this quantity's shape). right:
    the quantities that were found. slip: the kind of mistake that gives exactly this value.
    """

    suspect: Suspect
    at: tuple[int, ...]
    wanted: float
    found: float | None
    right: tuple[str, ...]
    slip: Slip | None


Finding = Trouble | Passed | WrongShape | Overflowed | Misplaced | Renamed | Missing


def check(
    exercise: str, source: str, name: str = "", seed: int = 0, stop: Event | None = None
) -> Finding:
    """Check function `name` (else the exercise's own name) of `source`, in a process of its own.
    stop: ends the process when it is set."""
    runs = cases(exercise, seed)
    ran = runner.run(source, name or exercise, arguments(exercise, runs), stop)
    return concluded(exercise, runs, ran)


def arguments(exercise: str, runs: Sequence[Case]) -> list[list[Any]]:
    """What the function is given in each run."""
    order = COMPUTATIONS[exercise].arguments
    return [[case.given[name] for name in order] for case in runs]


def concluded(exercise: str, runs: Sequence[Case], ran: runner.Ran) -> Finding:
    """The first thing that is to be said about all runs."""
    if ran.trouble is not None:
        return ran.trouble
    entries, largest = 0, 0.0
    for case, run in zip(runs, ran.runs, strict=True):
        finding = judged(case, run, COMPUTATIONS[exercise].overflow)
        if not isinstance(finding, Passed):
            return finding
        entries += finding.entries
        largest = max(largest, finding.largest)
    return Passed(len(runs), entries, largest, ran.printed)


def judged(case: Case, run: Run, overflow: bool = False) -> Finding:
    """What is to be said of one run."""
    if run.trouble is not None:
        return run.trouble
    given = run.value if isinstance(run.value, tuple) else (run.value,)
    if len(case.wanted) == 1 and (case.wanted[0].as_list or len(given) != 1):
        given = (run.value,)
    if len(given) != len(case.wanted):
        kind = run.value if isinstance(run.value, str) else ""
        return WrongShape("", (), None, kind, (len(case.wanted), len(given)))
    wrong: list[tuple[str, Array]] = []
    entries, largest = 0, 0.0
    for result, value in zip(case.wanted, given, strict=True):
        for key, label, found in _entries(result, value):
            right = case.value(key)
            if not isinstance(found, np.ndarray) or found.shape != right.shape:
                there = isinstance(found, np.ndarray)
                kind = "" if there else str(found)
                return WrongShape(label, right.shape, found.shape if there else None, kind)
            entries += right.size
            if close(found, right):
                largest = max(largest, float(np.abs(found - right).max(initial=0.0)))
            else:
                wrong.append((label, found))
    if wrong:
        return _missing(case, run, wrong)
    if overflow and run.overflow:
        return Overflowed(run.overflow)
    return Passed(1, entries, largest)


def _entries(result: Result, value: Any) -> Iterator[tuple[str, str, Any]]:
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


def _missing(case: Case, run: Run, wrong: list[tuple[str, Array]]) -> Finding:
    located = locate(case, run, [value for _, value in wrong])
    if located is None:
        return Misplaced(wrong[0][0], _returned(run, wrong[0][1], "[" in wrong[0][0]))
    stored = Known({str(n): value for n, value in enumerate(located.stored)})
    for suspect in located.suspects:
        sooner = _made_sooner(case, suspect, located, stored)
        if sooner is not None:
            return sooner
        explained = _explained(case, suspect, located.missing)
        if explained is not None:
            slip, values = explained
            return _at_its_source(case, suspect, slip, values, located)
    if located.renamed is not None:
        line, name, key = located.renamed
        return Renamed(name, key, line)
    return _told(case, located.suspects[0], located, None)


def _made_sooner(case: Case, suspect: Suspect, located: Located, stored: Known) -> Missing | None:
    """What is said if the value is right but for one that went into it, which stands in the place
    of a part of the formula that is nowhere: then the mistake is where that one was made."""
    if suspect.found is None:
        return None
    for formula in _formulas(case, suspect.key, located.missing):
        values = _values(case, formula, suspect.key)
        for source in located.sources:
            if not source.direct or source.line == suspect.line or _as_named(source):
                continue
            for part in places_of(formula.tree, values, suspect.found, source.value):
                right = computed(part, values)
                if right is None or stored.match(right).keys:
                    continue
                return _of_part(case, suspect, part, values, source, located)
    return None


def _as_named(source: Source) -> bool:
    """Whether a variable holds what its name says: then not this variable is the mistake, but its
    use."""
    return any(source.name == key.split("[")[0] for key in source.keys)


def _of_part(
    case: Case,
    suspect: Suspect,
    part: ast.expr,
    values: Mapping[str, Any],
    source: Source,
    located: Located,
) -> Missing:
    """What is said of a source that is not the part of the formula for which it was used."""
    wanted = computed(part, values)
    for key in located.missing:
        right = case.quantities[key].value
        fits = wanted is not None and wanted.size == right.size == source.value.size
        if fits and close(np.ravel(right), np.ravel(np.asarray(wanted))):
            own = Suspect(key, source.line, source.name, source.value.reshape(right.shape))
            explained = _explained(case, own, ())
            return _told(case, own, located, explained[0] if explained else None)
    slip = explain(part, values, source.value, {})
    return _told(case, replace(suspect, line=source.line, name=source.name), located, slip)


def _returned(run: Run, value: Array, inside: bool) -> int:
    """The line at which a result was returned; of one inside a dictionary or list, where it was put
    there."""
    lines = [
        (event.line, made.name)
        for event in run.events
        for made in event.made
        if np.array_equal(run.leaves[made.whole], value)
    ]
    if inside:
        lines = [entry for entry in lines if entry[1] != "return"] or lines
    return lines[-1][0] if lines else 0


def _explained(
    case: Case, suspect: Suspect, missing: Sequence[str]
) -> tuple[Slip, dict[str, Any]] | None:
    """The kind of mistake that gives the value that was found, and the values of its names."""
    if suspect.found is None:
        return None
    quantity = case.quantities[suspect.key]
    parts = {
        name: frozenset(q.formula.target for q in case.quantities.values() if q.part_of == key)
        for name, key in quantity.reads.items()
    }
    for formula in _formulas(case, suspect.key, missing):
        values = _values(case, formula, suspect.key)
        slip = explain(formula.tree, values, suspect.found, parts)
        if slip is not None:
            return slip, values
    return None


def _at_its_source(
    case: Case, suspect: Suspect, slip: Slip, values: Mapping[str, Any], located: Located
) -> Missing:
    """What is said of a mistake where it was made: at the line of the wrong value, or of one that
    went into it and is exactly the changed part of the formula."""
    for tree in slip.changed[:-1]:
        value = None if isinstance(tree, ast.Name) else computed(tree, values)
        for line, name, source, *_ in located.sources:
            flat = np.squeeze(source)
            if value is None or flat.shape != value.shape or not close(flat, value):
                continue
            for key in located.missing:
                if case.quantities[key].value.shape == source.shape:
                    own = Suspect(key, line, name, source)
                    explained = _explained(case, own, ())
                    if explained is not None:
                        return _told(case, own, located, explained[0])
            return _told(case, replace(suspect, line=line, name=name), located, slip)
    return _told(case, suspect, located, slip)


def _told(case: Case, suspect: Suspect, located: Located, slip: Slip | None) -> Missing:
    right = case.quantities[suspect.key].value
    # A sum whose gate is right need not be named beside it.
    found_right = tuple(
        key for key in located.right if case.quantities[key].part_of not in located.right
    )
    if suspect.found is None:
        return Missing(suspect, (), float(np.ravel(right)[0]), None, found_right, None)
    off = np.nan_to_num(np.abs(suspect.found - right), nan=np.inf)
    at = tuple(int(n) for n in np.unravel_index(int(np.argmax(off)), right.shape))
    wanted, found = float(right[at]), float(suspect.found[at])
    return Missing(suspect, at, wanted, found, found_right, slip)


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
            if quantity.formula.target != name or _step(other) != _step(key):
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


def _step(key: str) -> str:
    """The time step of a key, as it is written: "[2]"."""
    return key[key.index("[") :] if "[" in key else ""


def _values(case: Case, formula: Formula, key: str) -> dict[str, Any]:
    """The values that may stand in a formula: its own, and all others of the run by their names."""
    own = case.quantities[key]
    values: dict[str, Any] = {name: v for name, v in case.inputs.items() if "[" not in name}
    suffix = _step(key)
    for other, quantity in case.quantities.items():
        if other.endswith(suffix) and other != key:
            base = other.removesuffix(suffix)
            values[base] = quantity.value
            values |= {name: case.value(k) for name, k in quantity.reads.items() if k != key}
    values |= {name: case.value(k) for name, k in own.reads.items()}
    return values
