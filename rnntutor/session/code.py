"""The code that computes the present phase, read from the modules that run, and which of its
lines do it."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from rnntutor.session.stage import Stage

RETURN = "return"  # stands for a function's value where lines are named by what they compute


@dataclass(frozen=True, slots=True)
class SourceExcerpt:
    """One function. place: its file and line. lines: as they stand in the file. marked: which of
    them, from 0, compute the present phase."""

    place: str
    lines: tuple[str, ...]
    marked: frozenset[int] = frozenset()


def phase_of(stage: Stage) -> str:
    """The phase that the cursor stands on; before the start, the first."""
    return stage.phases[max(0, stage.at.phase - 1)]


def pieces(stage: Stage) -> tuple[SourceExcerpt, ...]:
    """The functions of the present phase, the innermost first: that one is marked, or of it the
    lines that the simulation names."""
    phase, simulation = phase_of(stage), stage.simulation
    inner, *outer = simulation.source(stage.settings, phase) or (None,)
    if inner is None:
        return ()
    names = simulation.within.get(phase, ())
    return (_piece(inner, names, mark=True), *(_piece(function) for function in outer))


def _piece(
    function: Callable[..., Any], names: Collection[str] = (), *, mark: bool = False
) -> SourceExcerpt:
    function = inspect.unwrap(function)  # what is kept in a cache has no file of its own
    source, first = inspect.getsourcelines(function)
    file = (inspect.getsourcefile(function) or "").rpartition("rnntutor")[2]
    lines = tuple(line.rstrip("\n") for line in source)
    marked = frozenset(_computing("".join(source), names)) if mark else frozenset()
    return SourceExcerpt(f"rnntutor{file}:{first}", lines, marked)


def _computing(source: str, names: Collection[str]) -> Iterator[int]:
    """The lines, from 0, of the statements that compute one of `names`; without names, of all of
    the function but its head and docstring."""
    (function,) = ast.parse(textwrap.dedent(source)).body
    assert isinstance(function, ast.FunctionDef)
    body = function.body[1:] if ast.get_docstring(function) else function.body
    for statement in body:
        if not names or set(_computed(statement)) & set(names):
            yield from range(statement.lineno - 1, statement.end_lineno or statement.lineno)


def _computed(statement: ast.stmt) -> Iterator[str]:
    """What a statement computes: names, and attributes by their own."""
    if isinstance(statement, ast.Return):
        yield RETURN
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AugAssign | ast.AnnAssign):
        targets = [statement.target]
    for target in targets:
        if isinstance(target, ast.Attribute):
            yield target.attr
        elif isinstance(target, ast.Name):
            yield target.id
