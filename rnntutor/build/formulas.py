"""Equations as small syntax trees: read from the engine's source, evaluated, written as LaTeX.

A formula is one assignment. Those of the cells are read from `nn/cells/equations.py` (`s.c = s.fc +
s.ig`); the other exercises write theirs as text, `"p = e / total"`. Only `evaluate` computes them,
and it supports only the operations below.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.equations import sigmoid

Operand = Any  # a number or an array


def onehot(index: Operand, like: Operand) -> Operand:
    """Return a one-hot vector of the length of `like`."""
    return (np.arange(np.size(like)) == index).astype(np.float64)


def count_at_most(values: Operand, bound: Operand) -> Operand:
    """Count the values that do not exceed the bound, at most all but one."""
    return min(int(np.sum(values <= bound)), np.size(values) - 1)


FUNCTIONS: Mapping[str, Callable[..., Operand]] = {
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "sum": np.sum,
    "max": np.max,
    "minimum": np.minimum,
    "outer": np.outer,
    "cumsum": np.cumsum,
    "reverse": lambda rows: np.asarray(rows)[::-1],
    "beside": lambda left, right: np.concatenate([left, right], axis=-1),
    "onehot": onehot,
    "count_at_most": count_at_most,
}
OPERATIONS: Mapping[type[ast.operator], Callable[[Operand, Operand], Operand]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.MatMult: lambda a, b: a @ b,
    ast.Pow: lambda a, b: a**b,
}


@dataclass(frozen=True)
class Formula:
    """An equation `target = tree`.

    Attributes:
        target: the name that is assigned.
        tree: the right-hand side.
        reads: names in the tree, in order of first use.
    """

    target: str
    tree: ast.expr
    reads: tuple[str, ...]


def formula(text: str) -> Formula:
    """Parse a formula written as `"target = expression"`."""
    [statement] = ast.parse(text).body
    assert isinstance(statement, ast.Assign)
    [target] = statement.targets
    assert isinstance(target, ast.Name)
    return _formula(target.id, statement.value)


@cache
def of_function(function: Callable[..., object]) -> tuple[Formula, ...]:
    """Return the formulas of a function of `nn/cells/equations.py`: its assignments to `s.NAME`, in
    order.

    Repeated assignments to one name (`s.dx += …`) are merged into one formula.
    """
    [definition] = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert isinstance(definition, ast.FunctionDef)
    found: dict[str, ast.expr] = {}
    for statement in definition.body:
        if isinstance(statement, ast.Assign):
            found[_record_name(statement.targets[0])] = _plain(statement.value)
        elif isinstance(statement, ast.AugAssign):
            name = _record_name(statement.target)
            found[name] = ast.BinOp(found[name], statement.op, _plain(statement.value))
    return tuple(_formula(name, tree) for name, tree in found.items())


def inline_parts(formula: Formula, parts: Mapping[str, Formula]) -> Formula:
    """Return the formula with each part replaced by that part's own formula."""
    inner = {name: inline_parts(parts[name], parts).tree for name in formula.reads if name in parts}
    return _formula(formula.target, substitute(formula.tree, inner))


def substitute(tree: ast.expr, inner: Mapping[str, ast.expr]) -> ast.expr:
    """Return a copy of the tree in which names are replaced by the trees in `inner`."""

    class _Substitute(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return inner.get(node.id, node)

    put: ast.expr = _Substitute().visit(_copy(tree))
    return put


def value_of(tree: ast.expr, values: Mapping[str, Operand]) -> Array | None:
    """Evaluate a tree and drop axes of length 1; None if it cannot be evaluated."""
    with np.errstate(all="ignore"):
        try:
            return np.squeeze(np.asarray(evaluate(tree, values), np.float64))
        except (ValueError, KeyError, TypeError, IndexError):
            return None


def evaluate(tree: ast.expr, values: Mapping[str, Operand]) -> Operand:
    """Evaluate a tree.

    Raises:
        KeyError: a name has no value.
        TypeError: the tree contains an unsupported operation.
    """
    match tree:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return values[name]
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATIONS[type(op)](evaluate(left, values), evaluate(right, values))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -evaluate(operand, values)
        case ast.Attribute(value=inner, attr="T"):
            return np.transpose(evaluate(inner, values))
        case ast.Subscript(value=inner, slice=index):
            return evaluate(inner, values)[int(evaluate(index, values))]
        case ast.Call(func=ast.Name(id=name), args=given):
            return FUNCTIONS[name](*(evaluate(argument, values) for argument in given))
        case _:
            raise TypeError(ast.dump(tree))


def latex(tree: ast.expr, symbols: Mapping[str, str]) -> str:
    """Return the tree as LaTeX.

    Args:
        tree: the expression.
        symbols: name -> LaTeX; a name without an entry is written as it is.
    """
    return _Latex(symbols).of(tree, 0)


def names(tree: ast.expr) -> tuple[str, ...]:
    """Return the names that a tree reads, without duplicates, in order."""
    calls = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and n not in calls]
    return tuple(dict.fromkeys(found))


_ROMAN = r"\mathrm"
_FUNCTION_NAMES = {
    "sigmoid": r"\sigma",
    "minimum": r"\min",
    "exp": r"\exp",
    "log": r"\log",
    "tanh": r"\tanh",
    "max": r"\max",
}
_POWER = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.MatMult: 3, ast.Div: 3, ast.Pow: 4}


@dataclass(frozen=True)
class _Latex:
    symbols: Mapping[str, str]

    def of(self, tree: ast.expr, outside: int) -> str:
        """Return the tree as LaTeX, bracketed if it binds more weakly than its surroundings.

        Args:
            tree: the expression.
            outside: binding strength of the surrounding operator.
        """
        match tree:
            case ast.Constant(value=value):
                return f"{value:g}" if isinstance(value, int | float) else str(value)
            case ast.Name(id=name):
                return self.symbols.get(name, name)
            case ast.UnaryOp(operand=operand):
                return self._bracket("-" + self.of(operand, 2), 1, outside)
            case ast.Attribute(value=inner):
                return self.of(inner, 4) + "^T"
            case ast.Subscript(value=inner, slice=index):
                return f"{self.of(inner, 4)}[{self.of(index, 0)}]"
            case ast.Call(func=ast.Name(id=name), args=given):
                if name == "outer":
                    return rf"{self.of(given[0], 4)}\,{self.of(given[1], 4)}^T"
                inside = ", ".join(self.of(argument, 0) for argument in given)
                if name == "sqrt":
                    return rf"\sqrt{{{inside}}}"
                return f"{_FUNCTION_NAMES.get(name, f'{_ROMAN}{{{name}}}')}({inside})"
            case ast.BinOp(left=left, op=op, right=right):
                return self._binary(left, op, right, outside)
            case _:
                raise TypeError(ast.dump(tree))

    def _binary(self, left: ast.expr, op: ast.operator, right: ast.expr, outside: int) -> str:
        power = _POWER[type(op)]
        if isinstance(op, ast.Div):
            return rf"\frac{{{self.of(left, 0)}}}{{{self.of(right, 0)}}}"
        if isinstance(op, ast.Pow):
            return f"{self.of(left, 5)}^{{{self.of(right, 0)}}}"
        sign = {ast.Add: "+", ast.Sub: "-", ast.Mult: r"\odot ", ast.MatMult: r"\,"}[type(op)]
        if isinstance(op, ast.Mult) and isinstance(left, ast.Constant):
            sign = r"\,"  # a number and a vector
        first = self.of(left, power)
        # what stands behind a minus keeps its brackets
        second = self.of(right, power + isinstance(op, ast.Sub))
        return self._bracket(f"{first}{sign}{second}", power, outside)

    def _bracket(self, text: str, power: int, outside: int) -> str:
        return f"({text})" if power < outside else text


def _formula(target: str, tree: ast.expr) -> Formula:
    return Formula(target, tree, names(tree))


def _copy(tree: ast.expr) -> ast.expr:
    return ast.parse(ast.unparse(tree), mode="eval").body


def _record_name(target: ast.expr) -> str:
    assert isinstance(target, ast.Attribute)
    return target.attr


class _Plain(ast.NodeTransformer):
    """Turns `s.f` and `p.W_f` into plain names and `np.outer` into a function's name."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if isinstance(node.value, ast.Name) and node.value.id in ("s", "p", "np"):
            return ast.Name(node.attr, ast.Load())
        self.generic_visit(node)
        return node


def _plain(tree: ast.expr) -> ast.expr:
    plain: ast.expr = _Plain().visit(tree)
    return plain
