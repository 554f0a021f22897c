"""What somebody may store on the way to a quantity: every part of its formula.

Of a product each product of some of its factors, of a sum each sum of some of its terms, of a
function what stands in it. `da_i = dc g i (1 - i)` may be computed by way of `dc g`, of `i (1 -
i)` or of `1 - i`; all of these are right, though the engine stores none of them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import numpy as np

from rnntutor.build.cases import Case
from rnntutor.build.formulas import evaluate, inlined
from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.equations import sigmoid

MARK = "~"  # what the keys of helpers begin with
MOST = 6  # factors or terms of which all selections are made


def helpers(case: Case) -> dict[str, Array]:
    """The values of all parts of all formulas of a run, under keys that begin with `MARK`."""
    found: dict[tuple[tuple[int, ...], bytes], Array] = {}
    for quantity in case.quantities.values():
        parts = {
            name: case.quantities[key]
            for name, key in quantity.reads.items()
            if key in case.quantities and case.quantities[key].part_of
        }
        values: dict[str, Any] = {name: case.value(key) for name, key in quantity.reads.items()}
        for part in parts.values():
            values |= {name: case.value(key) for name, key in part.reads.items()}
        deeper = inlined(quantity.formula, {name: part.formula for name, part in parts.items()})
        for tree in (quantity.formula.tree, deeper.tree):
            for part_tree in pieces(tree):
                value = _value(part_tree, values)
                if value is not None and value.size > 1:
                    found[value.shape, value.tobytes()] = value
        if quantity.family == "a" and quantity.part_of:
            # Whoever computes all gates at once squashes each sum in both ways and uses one.
            for squashed in (np.tanh(quantity.value), sigmoid(quantity.value)):
                found[squashed.shape, squashed.tobytes()] = squashed
    return {f"{MARK}{n}": value for n, value in enumerate(found.values())}


def pieces(tree: ast.expr) -> Iterator[ast.expr]:
    """The tree and everything that may be computed on the way to it."""
    match tree:
        case ast.BinOp(op=ast.Mult()):
            yield from _selections(list(_factors(tree)), ast.Mult())
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            yield from _selections(list(_terms(tree, ast.Add())), ast.Add())
        case ast.BinOp(left=left, right=right):
            yield tree
            yield from pieces(left)
            yield from pieces(right)
        case ast.Call(args=given):
            yield tree
            for argument in given:
                yield from pieces(argument)
        case ast.UnaryOp(operand=operand):
            yield tree
            yield from pieces(operand)


def _selections(among: list[ast.expr], op: ast.operator) -> Iterator[ast.expr]:
    """All joined by an operator, and every selection of them; then their own pieces."""
    sizes = range(2, len(among) + 1) if len(among) <= MOST else (len(among),)
    for size in sizes:
        for chosen in combinations(among, size):
            joined = chosen[0]
            for other in chosen[1:]:
                joined = ast.BinOp(joined, op, other)
            yield joined
    for one in among:
        yield from pieces(one)


def _factors(tree: ast.expr) -> Iterator[ast.expr]:
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult):
        yield from _factors(tree.left)
        yield from _factors(tree.right)
    else:
        yield tree


def _terms(tree: ast.expr, sign: ast.operator) -> Iterator[ast.expr]:
    """The terms of a sum; those that are subtracted with a minus."""
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add | ast.Sub):
        yield from _terms(tree.left, sign)
        minus = isinstance(tree.op, ast.Sub) != isinstance(sign, ast.Sub)
        yield from _terms(tree.right, ast.Sub() if minus else ast.Add())
    else:
        yield ast.UnaryOp(ast.USub(), tree) if isinstance(sign, ast.Sub) else tree


def _value(tree: ast.expr, values: Mapping[str, Any]) -> Array | None:
    with np.errstate(all="ignore"):
        try:
            return np.squeeze(np.asarray(evaluate(tree, values), np.float64))
        except (ValueError, KeyError, TypeError):
            return None
