"""Instruments a learner's source so that each value it defines can be recorded or replaced.

A definition gives a value a name or passes it on: an assignment, an argument of a call, a return
value, an item appended to a list. `sewn` inserts a call of `__seam__` after each definition and
adds a function `__again__`, which runs the learner's function once for each of several plans
(`child/again.py`). A plan lists the values to replace; the empty plan replaces none. The answer
holds the values recorded in the first run and the error of each run's results.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnntutor.build.cases import Case
from rnntutor.build.leaves import ABSOLUTE, RELATIVE
from rnntutor.build.runner import CallResults
from rnntutor.nn.arrays import Array

AGAIN = "__again__"
RETURN, ARGUMENT = "return", "argument"


@dataclass(frozen=True)
class Definition:
    """A point in the source where a value is named or passed on.

    Attributes:
        line: line in the source.
        name: the variable, or "return".
        kind: RETURN, ARGUMENT or "".
        inside: line of the enclosing function.
        own: the enclosing function is the exercise's own.
        names: variables that are returned unchanged.
    """

    line: int
    name: str
    kind: str
    inside: int
    own: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passing:
    """A value recorded at a seam.

    Attributes:
        definition: index of the definition.
        turn: how often that definition had been passed before.
        index: index among values recorded together, such as those of a dictionary.
        value: the array.
    """

    definition: int
    turn: int
    index: int
    value: Array


@dataclass(frozen=True)
class Replacement:
    """Replace one recorded value by `value`; None replaces all values at the definition by other
    numbers."""

    definition: int
    turn: int
    index: int
    value: Array | None


Plan = tuple[Replacement, ...]


def sewn(source: str, name: str) -> tuple[str, tuple[Definition, ...]]:
    """Return the instrumented source for function `name`, and its definitions in textual order."""
    tree = ast.parse(source)
    own = [n.lineno for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name]
    sewing = _Sewing(own[-1] if own else 0)
    tree = ast.fix_missing_locations(sewing.visit(tree))
    last = _LAST.format(again=AGAIN, name=name)
    return f"{ast.unparse(tree)}\n{last}", tuple(sewing.definitions)


def shakes(definitions: Sequence[Definition]) -> list[Plan]:
    """Return one plan a definition that replaces its values by other numbers, to find what depends
    on it."""
    return [(Replacement(number, 0, 0, None),) for number in range(len(definitions))]


def encode_request(case: Case, arguments: Sequence[Any], plans: Sequence[Plan]) -> list[list[Any]]:
    """Return the arguments of `__again__`: the plans, the expected results, the tolerances, and the
    function's own arguments."""
    told = [[[r.definition, r.turn, r.index, r.value] for r in plan] for plan in plans]
    wanted = [case.result(result) for result in case.wanted]
    return [[told, wanted, [ABSOLUTE, RELATIVE], *arguments]]


def decode_answer(ran: CallResults) -> tuple[tuple[Passing, ...], tuple[Array | None, ...]]:
    """Decode the answer of `__again__`.

    Returns:
        The values recorded in the first run; and for each run the relative error of every result
        array: at most 1 if right, negative if the shape is wrong, None if the run failed. Both are
        empty if the function could not be run again.
    """
    value = ran.runs[0].value if ran.trouble is None and ran.runs else None
    if not isinstance(value, tuple):
        return (), ()
    log, *offs = value
    passings: list[Passing] = []
    turns: dict[int, int] = {}
    for number, *values in log if isinstance(log, tuple) else ():
        definition = int(number)
        turn = turns[definition] = turns.get(definition, -1) + 1
        passings += [
            Passing(definition, turn, index, value)
            for index, value in enumerate(values)
            if isinstance(value, np.ndarray) and value.size
        ]
    return tuple(passings), tuple(off if isinstance(off, np.ndarray) else None for off in offs)


class _Sewing(ast.NodeTransformer):
    """Inserts the seams; line numbers refer to the original source."""

    def __init__(self, own: int) -> None:
        self._own = own
        self.definitions: list[Definition] = []
        self._inside = [0]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self._inside.append(node.lineno)
        node.body = [new for statement in node.body for new in self._sewn(statement)]
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        names = [ast.Name(one.arg) for one in given if one.arg != "self"]
        node.body[:0] = [self._behind(name, node.lineno, ARGUMENT) for name in names]
        self._inside.pop()
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.Lambda:
        self._inside.append(node.lineno)
        node.body = self._through(node.body, node.lineno, RETURN)
        self._inside.pop()
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.Expr:
        self.generic_visit(node)
        match node.value:
            case ast.Call(func=ast.Attribute(value=goal, attr="append"), args=[given]) as call:
                call.args = [self._through(given, node.lineno, "", ast.unparse(goal))]
            case _:
                pass
        return node

    def visit_Return(self, node: ast.Return) -> ast.Return:
        self.generic_visit(node)
        if node.value is not None:
            entries = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            names = tuple(name for entry in entries if (name := _as_it_is(entry)))
            node.value = self._through(node.value, node.lineno, RETURN)
            self.definitions[-1] = replace(self.definitions[-1], names=names)
        return node

    def _sewn(self, node: ast.stmt) -> list[ast.stmt]:
        """Return a statement of a function followed by the seams of its definitions."""
        line = node.lineno
        for name in ("body", "orelse", "finalbody"):
            inner = getattr(node, name, None)
            if inner and not isinstance(node, ast.FunctionDef | ast.ClassDef):
                setattr(node, name, [new for one in inner for new in self._sewn(one)])
        match node:
            case ast.FunctionDef() | ast.ClassDef() | ast.Return():
                return [self.visit(node)]
            case ast.For(target=target):
                for goal in reversed(_names(target)):
                    node.body.insert(0, self._behind(goal, line, ""))
                return [node]
            case ast.While() | ast.If() | ast.With() | ast.Try():
                return [node]
            case ast.Expr():
                return [self.visit(node)]
            case _:
                pass
        self.generic_visit(node)
        in_place = isinstance(node, ast.AugAssign)
        return [node, *(self._behind(goal, line, "", in_place) for goal in _goals(node))]

    def _behind(self, goal: ast.expr, line: int, kind: str, in_place: bool = False) -> ast.stmt:
        """Return the statement `goal = __seam__(…, goal)`.

        Args:
            goal: the assigned name or entry.
            line: its line.
            kind: RETURN, ARGUMENT or "".
            in_place: a replacement is written into the same array.
        """
        text = ast.unparse(goal)
        [statement] = ast.parse(f"{text} = {text}").body
        assert isinstance(statement, ast.Assign)
        name = text.split("[")[0]
        statement.value = self._through(statement.value, line, kind, name, in_place)
        return statement

    def _through(
        self, value: ast.expr, line: int, kind: str, name: str = RETURN, in_place: bool = False
    ) -> ast.expr:
        number, inside = len(self.definitions), self._inside[-1]
        self.definitions.append(Definition(line, name, kind, inside, inside == self._own))
        given = [ast.Constant(number), value, *([ast.Constant(True)] if in_place else [])]
        return ast.Call(ast.Name("__seam__", ast.Load()), given, [])


def _as_it_is(node: ast.expr) -> str:
    """Return the variable that this expression is or indexes into; "" if it is computed."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _names(target: ast.expr) -> list[ast.expr]:
    """Return the names that a loop assigns."""
    return [node for node in ast.walk(target) if isinstance(node, ast.Name)]


def _goals(node: ast.stmt) -> list[ast.expr]:
    """Return the targets of an assignment, with tuples taken apart."""
    match node:
        case ast.Assign(targets=targets):
            goals = targets
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target, value=ast.expr()):
            goals = [target]
        case _:
            return []
    found: list[ast.expr] = []
    while goals:
        goal, *goals = goals
        if isinstance(goal, ast.Tuple | ast.List):
            goals = [*goal.elts, *goals]
        elif isinstance(goal, ast.Name | ast.Subscript | ast.Attribute):
            found.append(goal)
    return found


_LAST = """
from rnntutor.build.child.again import again as __run_again__
from rnntutor.build.child.again import seam as __seam__


def {again}(plans, wanted, rounding, *given):
    return __run_again__({name}, plans, wanted, rounding, given)
"""
