"""The possible meanings of a learner's value: the engine's quantities, the arguments, and every
part of a formula.

A learner need not store what the engine stores: `da_i = dc g i (1 - i)` may be computed from `dc
g`, from `i (1 - i)` or from `1 - i`. The candidates of a product are the products of some of its
factors, of a sum the sums of some of its terms, of a function its arguments.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np

from rnntutor.build.cases import Case, Quantity, step_of
from rnntutor.build.formulas import Formula, inline_parts, value_of
from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.equations import sigmoid

MARK = "~"  # what the keys of parts begin with
MOST = 6  # factors or terms of which all selections are made
_GATE = re.compile(r"\b(\w+_)?([fiogrzn])\b")


@dataclass
class Candidate:
    """One possible meaning of a value.

    Attributes:
        name: name of the quantity, without its step.
        tree: the part of its formula that is meant, or None for the whole quantity.
        whole: it is not merely a selection of some factors or terms.
        given: it is an argument of the function.
        at: its values by time step (0 if it has none).
    """

    name: str
    tree: ast.expr | None
    whole: bool
    given: bool = False
    at: dict[int, Array] = field(default_factory=dict)

    def key(self, t: int) -> str:
        """Return the key of the quantity at step t."""
        return f"{self.name}[{t}]" if t else self.name

    @cached_property
    def gate(self) -> str:
        """The letter of its gate, or ""."""
        match = _GATE.search(self.name)
        return match[2] if match else ""

    @cached_property
    def pattern(self) -> str:
        """Its name and tree with the gate's letter blanked, equal for corresponding candidates of
        all gates."""
        text = self.name if self.tree is None else f"{self.name}: {ast.unparse(self.tree)}"
        return _GATE.sub(lambda m: f"{m[1] or ''}?" if m[2] == self.gate else m[0], text)


def candidates(case: Case) -> tuple[Candidate, ...]:
    """Return all candidates, whole quantities first; of several with equal numbers only the
    first."""
    found: dict[tuple[str, str], Candidate] = {}

    def put(key: str, tree: ast.expr | None, whole: bool, given: bool, value: Any) -> None:
        name, t = split(key)
        text = "" if tree is None else ast.unparse(tree)
        candidate = found.setdefault((name, text), Candidate(name, tree, whole, given))
        candidate.at.setdefault(t, np.asarray(value, np.float64))

    for key, quantity in case.quantities.items():
        put(key, None, True, False, quantity.value)
    for key, quantity in case.quantities.items():
        for name, source in quantity.reads.items():  # h_prev at step 2, which is h at step 1
            put(name + step_of(key), None, True, source in case.inputs, case.value(source))
    for key, value in case.inputs.items():
        put(key, None, True, True, value)
    for key, quantity in case.quantities.items():
        for tree, whole, value in parts(case, quantity):
            put(key, tree, whole, False, value)
    order = sorted(
        found.values(), key=lambda candidate: (candidate.tree is not None, not candidate.whole)
    )
    seen: set[tuple[object, ...]] = set()
    kept = []
    for candidate in order:
        same = tuple((t, v.shape, v.tobytes()) for t, v in sorted(candidate.at.items()))
        if same not in seen:
            seen.add(same)
            kept.append(candidate)
    return tuple(kept)


def squashed_sums(case: Case) -> Iterator[Array]:
    """Yield tanh and σ of the sum of every gate: code that computes all gates at once may apply
    both and select afterwards."""
    for quantity in case.quantities.values():
        if quantity.family == "a" and quantity.part_of:
            yield np.tanh(quantity.value)
            yield sigmoid(quantity.value)


def split(key: str) -> tuple[str, int]:
    """Split a key into name and step: `h[2]` into h and 2, `c` into c and 0."""
    name, _, rest = key.partition("[")
    return name, int(rest[:-1]) if rest else 0


def parts(case: Case, quantity: Quantity) -> Iterator[tuple[ast.expr, bool, Array]]:
    """Yield every part of a quantity's formula, whether it is whole, and its value."""
    values, deeper = _readable(case, quantity)
    for formula in (quantity.formula, deeper):
        for tree, whole in pieces(formula.tree):
            value = value_of(tree, values)
            if value is not None and value.size > 1:
                yield tree, whole, value


def ingredients(case: Case, quantity: Quantity, tree: ast.expr) -> Iterator[tuple[int, Array]]:
    """Yield (count, value) for what a part of a formula is composed of.

    Of a product these are all selections of its factors, of a sum all selections of its terms, of a
    call its arguments; count is the number of factors or terms, 1 for an argument. A single term of
    a sum counts as 2.
    """
    match tree:
        case ast.BinOp(op=ast.Mult()) if not _slope(tree):
            inside = list(_factors(tree))
            trees = [(1, one) for one in inside] + list(_join(inside, ast.Mult()))
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            inside = list(_terms(tree, ast.Add()))
            trees = [(2, one) for one in inside] + list(_join(inside, ast.Add()))
        case ast.Call(args=given):
            trees = [(1, one) for one in given]
        case _:
            return
    values, _ = _readable(case, quantity)
    for count, one in trees:
        value = value_of(one, values)
        if value is not None:
            yield count, value


def _readable(case: Case, quantity: Quantity) -> tuple[dict[str, Any], Formula]:
    """Return the values of all names in a quantity's formula and in its parts' formulas, and the
    formula with its parts inlined."""
    inner = {
        name: case.quantities[key]
        for name, key in quantity.reads.items()
        if key in case.quantities and case.quantities[key].part_of
    }
    values: dict[str, Any] = {name: case.value(key) for name, key in quantity.reads.items()}
    for part in inner.values():
        values |= {name: case.value(key) for name, key in part.reads.items()}
    return values, inline_parts(
        quantity.formula, {name: part.formula for name, part in inner.items()}
    )


def pieces(tree: ast.expr) -> Iterator[tuple[ast.expr, bool]]:
    """Yield the tree and every intermediate expression on the way to it, with whether it is whole
    (not a selection of some factors or terms)."""
    match tree:
        case ast.BinOp(op=ast.Mult()):
            yield tree, True
            yield from _selections(list(_factors(tree)), ast.Mult())
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            yield tree, True
            yield from _selections(list(_terms(tree, ast.Add())), ast.Add())
        case ast.BinOp(left=left, right=right):
            yield tree, True
            yield from pieces(left)
            yield from pieces(right)
        case ast.Call(args=given):
            yield tree, True
            for argument in given:
                yield from pieces(argument)
        case ast.UnaryOp(operand=operand):
            yield tree, False
            yield from pieces(operand)
        case _:
            pass


def _selections(among: list[ast.expr], op: ast.operator) -> Iterator[tuple[ast.expr, bool]]:
    """Yield every selection of some operands, joined by the operator, then the pieces of each
    operand."""
    for _, joined in _join(among, op):
        yield joined, _slope(joined)
    for one in among:
        yield from pieces(one)


def _join(among: list[ast.expr], op: ast.operator) -> Iterator[tuple[int, ast.expr]]:
    """Yield (size, joined expression) for every proper selection of at least two operands."""
    for size in range(2, len(among)) if len(among) <= MOST else ():
        for chosen in combinations(among, size):
            joined = chosen[0]
            for other in chosen[1:]:
                joined = ast.BinOp(joined, op, other)
            yield size, joined


def _slope(tree: ast.expr) -> bool:
    """Return whether the tree has the form f (1 - f), which counts as one thing."""
    match tree:
        case ast.BinOp(left=left, op=ast.Mult(), right=ast.BinOp(ast.Constant(1), ast.Sub(), same)):
            return ast.unparse(left) == ast.unparse(same)
        case _:
            return False


def _factors(tree: ast.expr) -> Iterator[ast.expr]:
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult):
        yield from _factors(tree.left)
        yield from _factors(tree.right)
    else:
        yield tree


def _terms(tree: ast.expr, sign: ast.operator) -> Iterator[ast.expr]:
    """Yield the terms of a sum, negated where they are subtracted."""
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add | ast.Sub):
        yield from _terms(tree.left, sign)
        minus = isinstance(tree.op, ast.Sub) != isinstance(sign, ast.Sub)
        yield from _terms(tree.right, ast.Sub() if minus else ast.Add())
    else:
        yield ast.UnaryOp(ast.USub(), tree) if isinstance(sign, ast.Sub) else tree
