"""A learner's source with a seam behind every definition, at which a value can be seen or replaced.

A definition is what gives a value a name or hands it on: an assignment, what a function is called
with, what it returns, what is appended to a list. `sewn` writes the source anew with a call of
`__seam__` behind each, and with a function `__again__` that runs the learner's function once for
each of several plans (`child/again.py`). A plan says which of the values that pass the seams are
replaced by which; the empty plan leaves all as they are. What comes back are the values that passed
in the first run, and how far the results of each run were off.
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
    """Where a value is given a name or handed on.

    line: of the source. name: of the variable, or "return". kind: RETURN, ARGUMENT or "". inside:
    the line of the function that it stands in; own: whether that is the exercise's own function.
    names: the variables that are returned as they are.
    """

    line: int
    name: str
    kind: str
    inside: int
    own: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passing:
    """A value that passed a seam. definition: number of it; turn: for the how manieth time; place:
    its number among the values that passed together, as those of a dictionary do."""

    definition: int
    turn: int
    place: int
    value: Array


@dataclass(frozen=True)
class Replacement:
    """Put `value` in the place of what passes there; None: other numbers in the place of all that
    passes at this definition."""

    definition: int
    turn: int
    place: int
    value: Array | None


Plan = tuple[Replacement, ...]


def sewn(source: str, name: str) -> tuple[str, tuple[Definition, ...]]:
    """The source with seams, for function `name`, and its definitions in the order of the text."""
    tree = ast.parse(source)
    own = [n.lineno for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name]
    sewing = _Sewing(own[-1] if own else 0)
    tree = ast.fix_missing_locations(sewing.visit(tree))
    last = _LAST.format(again=AGAIN, name=name)
    return f"{ast.unparse(tree)}\n{last}", tuple(sewing.definitions)


def shakes(definitions: Sequence[Definition]) -> list[Plan]:
    """For each definition a plan that puts other numbers there: what depends on it changes."""
    return [(Replacement(number, 0, 0, None),) for number in range(len(definitions))]


def asked(case: Case, arguments: Sequence[Any], plans: Sequence[Plan]) -> list[list[Any]]:
    """What `__again__` is given: the plans, the results that are wanted, the function's own
    arguments."""
    told = [[[r.definition, r.turn, r.place, r.value] for r in plan] for plan in plans]
    wanted = [case.result(result) for result in case.wanted]
    return [[told, wanted, [ABSOLUTE, RELATIVE], *arguments]]


def answered(ran: CallResults) -> tuple[tuple[Passing, ...], tuple[Array | None, ...]]:
    """The values that passed in the first run; and of each run how far every array of its results
    was off: right up to 1, of another shape below 0; None if it stopped. Both are empty if the
    function could not be run again."""
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
            Passing(definition, turn, place, value)
            for place, value in enumerate(values)
            if isinstance(value, np.ndarray) and value.size
        ]
    return tuple(passings), tuple(off if isinstance(off, np.ndarray) else None for off in offs)


class _Sewing(ast.NodeTransformer):
    """Puts the seams in. Line numbers are those of the source as it was."""

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
        """A statement of a function, with the seams of what it defines behind it."""
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
        """`goal = __seam__(…, goal)`. in_place: what is replaced is so in the same array."""
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
    """The variable of which this is the value or an entry; "" for what is computed."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _names(target: ast.expr) -> list[ast.expr]:
    """The names that a loop gives to what it goes through."""
    return [node for node in ast.walk(target) if isinstance(node, ast.Name)]


def _goals(node: ast.stmt) -> list[ast.expr]:
    """What a statement assigns to, each entry of a tuple by itself."""
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
