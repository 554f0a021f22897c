"""The source code that computes the present phase, with the lines that do it marked."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from rnntutor.session.stage import Stage

RETURN = "return"  # names a function's return value among the names of computed values


@dataclass(frozen=True, slots=True)
class SourceExcerpt:
    """The source of one function.

    Attributes:
        location: file and line.
        lines: the source lines as in the file.
        marked: indices of the lines that compute the present phase.
    """

    location: str
    lines: tuple[str, ...]
    marked: frozenset[int] = frozenset()


def phase_of(stage: Stage) -> str:
    """Return the phase at the cursor; before the start, the first phase."""
    return stage.phases[max(0, stage.cursor.phase - 1)]


def pieces(stage: Stage) -> tuple[SourceExcerpt, ...]:
    """Return the functions that compute the present phase, innermost first.

    Only the innermost function has marked lines: those that the simulation names for the phase,
    else its whole body.
    """
    phase, simulation = phase_of(stage), stage.simulation
    inner, *outer = simulation.source(stage.settings, phase) or (None,)
    if inner is None:
        return ()
    names = simulation.source_lines.get(phase, ())
    return (_piece(inner, names, mark=True), *(_piece(function) for function in outer))


def _piece(
    function: Callable[..., Any], names: Collection[str] = (), *, mark: bool = False
) -> SourceExcerpt:
    function = inspect.unwrap(function)  # a cached function's wrapper has no source file
    source, first = inspect.getsourcelines(function)
    file = (inspect.getsourcefile(function) or "").rpartition("rnntutor")[2]
    lines = tuple(line.rstrip("\n") for line in source)
    marked = frozenset(_computing("".join(source), names)) if mark else frozenset()
    return SourceExcerpt(f"rnntutor{file}:{first}", lines, marked)


def _computing(source: str, names: Collection[str]) -> Iterator[int]:
    """Yield the indices of the lines that compute one of `names`.

    Without names, yield all lines except the function's head and docstring.
    """
    (function,) = ast.parse(textwrap.dedent(source)).body
    assert isinstance(function, ast.FunctionDef)
    body = function.body[1:] if ast.get_docstring(function) else function.body
    for statement in body:
        if not names or set(_assigned_names(statement)) & set(names):
            yield from range(statement.lineno - 1, statement.end_lineno or statement.lineno)


def _assigned_names(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement assigns.

    An attribute yields its own name, a return statement RETURN.
    """
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
