"""Common kinds of mistakes: finds the small change of a formula that gives an observed value.

There is no list of mistakes. A formula is changed in one part, in each way that a person might
have miswritten it, and evaluated on the engine's values.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, cast

import numpy as np

from rnntutor.build.formulas import names, substitute, value_of
from rnntutor.build.leaves import close
from rnntutor.nn.arrays import Array

SWAPPED: Mapping[type[ast.operator], tuple[ast.operator, ...]] = {
    ast.Add: (ast.Sub(), ast.Mult()),
    ast.Sub: (ast.Add(),),
    ast.Mult: (ast.Add(),),
    ast.Div: (ast.Mult(),),
}
FAINT = 1e-3  # a smaller factor is no factor: the value is 0
FUNCTIONS = {"tanh": ("sigmoid",), "sigmoid": ("tanh",)}


@dataclass(frozen=True)
class Slip:
    """One change of a formula.

    Attributes:
        right: the correct part, with the operation around it.
        wrong: the same, changed.
    """

    right: ast.expr
    wrong: ast.expr


def explain(
    tree: ast.expr, values: Mapping[str, Any], found: Array, parts: Mapping[str, frozenset[str]]
) -> Slip | None:
    """Return the simplest single change of `tree` that gives `found`, or None.

    Args:
        tree: the correct formula.
        values: values of all names that may appear in it.
        found: the learner's value.
        parts: name -> its intermediate results, which are not tried instead, since the mistake
            would then be in that name's own formula.
    """
    flat = np.squeeze(found)
    for whole, slip in changes(tree, tuple(values), parts):
        if _gives(whole, values, flat):
            return slip
    for exchanged in _exchange_names(tree):
        if _gives(exchanged, values, flat):
            return Slip(tree, exchanged)
    return _times(tree, values, flat)


def _gives(tree: ast.expr, values: Mapping[str, Any], flat: Array) -> bool:
    """Return whether a changed formula evaluates to the value."""
    value = evaluate_changed(tree, values)
    return value is not None and value.shape == flat.shape and close(flat, value)


def _exchange_names(tree: ast.expr) -> Iterator[ast.expr]:
    """Yield the tree with two of its names exchanged."""
    for one, other in combinations(sorted(names(tree)), 2):
        yield substitute(tree, {one: ast.Name(other), other: ast.Name(one)})


def _times(tree: ast.expr, values: Mapping[str, Any], flat: Array) -> Slip | None:
    """Return the change to a constant multiple of the correct value, if it is one."""
    right = evaluate_changed(tree, values)
    if right is None or right.shape != flat.shape or right.size < 2 or not np.any(right):
        return None
    index = np.unravel_index(int(np.abs(right).argmax()), right.shape)
    factor = float(flat[index] / right[index])
    if not np.isfinite(factor) or abs(factor) < FAINT or not close(flat, factor * right):
        return None
    shown = ast.Constant(float(f"{factor:.3g}"))
    wrong = ast.UnaryOp(ast.USub(), tree) if factor == -1 else ast.BinOp(shown, ast.Mult(), tree)
    return Slip(tree, wrong)


def laid_otherwise(tree: ast.expr, right: Array, found: Array) -> Slip | None:
    """Return the change of a value as a whole: transposed, reversed, exponential or logarithm.

    Args:
        tree: the correct value as an expression.
        right: its numbers.
        found: the learner's value.
    """
    for wrong in _as_a_whole(tree):
        if _gives(_replace(wrong, tree), {SELF: right}, np.squeeze(found)):
            return Slip(tree, wrong)
    return None


SELF = "~self"


def _replace(wrong: ast.expr, tree: ast.expr) -> ast.expr:
    """Replace the part `tree` by a name for its numbers."""

    class _Replace(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            return ast.Name(SELF, ast.Load()) if node is tree else self.generic_visit(node)

    return cast(ast.expr, _Replace().visit(wrong))


def _as_a_whole(tree: ast.expr) -> Iterator[ast.expr]:
    yield ast.Attribute(tree, "T", ast.Load())
    for name in ("reverse", "exp", "log"):
        yield ast.Call(ast.Name(name, ast.Load()), [tree], [])


def evaluate_changed(tree: ast.expr, values: Mapping[str, Any]) -> Array | None:
    """Evaluate a changed formula; None if it cannot be evaluated or is not finite."""
    value = value_of(tree, values)
    return value if value is not None and np.isfinite(value).all() else None


def changes(
    tree: ast.expr, among: Sequence[str], parts: Mapping[str, frozenset[str]]
) -> Iterator[tuple[ast.expr, Slip]]:
    """Yield (whole tree with one part changed, the change)."""
    for node, around in _nodes(tree, ()):
        without = parts.get(node.id, frozenset()) if isinstance(node, ast.Name) else frozenset()
        for new in _variants(node, [name for name in among if name not in without]):
            chain = [new]
            for _, replace in reversed(around):
                chain.append(replace(chain[-1]))
            if around:
                # A change is read in what stands around it: f c_t instead of f c_{t-1}.
                yield chain[-1], Slip(around[-1][0], chain[1])
            else:
                yield new, Slip(node, new)


Around = tuple[tuple[ast.expr, Callable[[ast.expr], ast.expr]], ...]


def _nodes(node: ast.expr, around: Around) -> Iterator[tuple[ast.expr, Around]]:
    """Yield every part of a tree with its ancestors, outermost first, each with a function that
    rebuilds it around a new child."""
    yield node, around
    for inner, replace in _children(node):
        yield from _nodes(inner, (*around, (node, replace)))


def _children(node: ast.expr) -> list[tuple[ast.expr, Any]]:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return [
                (left, lambda new: ast.BinOp(new, op, right)),
                (right, lambda new: ast.BinOp(left, op, new)),
            ]
        case ast.UnaryOp(op=op_, operand=operand):
            return [(operand, lambda new: ast.UnaryOp(op_, new))]
        case ast.Attribute(value=value, attr=attr):
            return [(value, lambda new: ast.Attribute(new, attr, ast.Load()))]
        case ast.Call(func=func, args=given):
            return [
                (argument, lambda new, n=n: ast.Call(func, [*given[:n], new, *given[n + 1 :]], []))
                for n, argument in enumerate(given)
            ]
        case _:
            return []


def _sooner(gate: ast.expr, inner: ast.expr) -> Iterator[ast.expr]:
    """Yield the gate multiplied before the matrix product instead of after: U (r h) + b for r (U h
    + b)."""
    match inner:
        case ast.BinOp(left=U, op=ast.MatMult(), right=h):
            yield ast.BinOp(U, ast.MatMult(), ast.BinOp(gate, ast.Mult(), h))
        case ast.BinOp(left=ast.BinOp(left=U, op=ast.MatMult(), right=h), op=ast.Add(), right=b):
            product = ast.BinOp(U, ast.MatMult(), ast.BinOp(gate, ast.Mult(), h))
            yield ast.BinOp(product, ast.Add(), b)
        case _:
            pass


def _variants(node: ast.expr, among: Sequence[str]) -> Iterator[ast.expr]:
    """Yield expressions that might have been written for a part by mistake."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            if not isinstance(op, ast.MatMult):
                yield left
                yield right
            for other in SWAPPED.get(type(op), ()):
                yield ast.BinOp(left, other, right)
            if isinstance(op, ast.Sub | ast.Div | ast.MatMult):
                yield ast.BinOp(right, op, left)
            if isinstance(op, ast.Pow):
                yield left
            if isinstance(op, ast.Mult):
                yield from _sooner(left, right)
            if isinstance(op, ast.MatMult):
                yield ast.BinOp(ast.Attribute(left, "T", ast.Load()), op, right)
        case ast.Call(func=ast.Name(id="outer") as func, args=[first, second]):
            yield ast.Call(func, [second, first], [])
        case ast.Call(func=ast.Name(id=name), args=given):
            for other_name in FUNCTIONS.get(name, ()):
                yield ast.Call(ast.Name(other_name, ast.Load()), given, [])
            if len(given) == 1:
                yield given[0]
        case ast.Attribute(value=value, attr="T"):
            yield value
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.Constant(value=1):
            yield ast.Constant(2)
        case ast.Name(id=name):
            for other_name in among:
                if other_name != name:
                    yield ast.Name(other_name, ast.Load())
            yield ast.Call(ast.Name("tanh", ast.Load()), [node], [])
            yield ast.UnaryOp(ast.USub(), node)
        case _:
            pass
