"""What a value of the learner's may have been meant to be: the quantities of the engine, what is
given, and every part of a formula.

Nobody has to store what the engine stores. `da_i = dc g i (1 - i)` may be computed by way of
`dc g`, of `i (1 - i)` or of `1 - i`: of a product each product of some of its factors, of a sum
each sum of some of its terms, of a function what stands in it.
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
from rnntutor.build.formulas import Formula, inlined, value_of
from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.equations import sigmoid

MARK = "~"  # what the keys of parts begin with
MOST = 6  # factors or terms of which all selections are made
_GATE = re.compile(r"\b(\w+_)?([fiogrzn])\b")


@dataclass
class Candidate:
    """Something that a value may be.

    name: of a quantity, without its time step. tree: the part of its formula, None for all of it.
    whole: not a selection of some factors or terms. given: to the function. at: its values, by time
    step (0 where there is none).
    """

    name: str
    tree: ast.expr | None
    whole: bool
    given: bool = False
    at: dict[int, Array] = field(default_factory=dict)

    def key(self, t: int) -> str:
        """The key of the quantity at a time step."""
        return f"{self.name}[{t}]" if t else self.name

    @cached_property
    def gate(self) -> str:
        """The gate that it belongs to, "" for none."""
        match = _GATE.search(self.name)
        return match[2] if match else ""

    @cached_property
    def pattern(self) -> str:
        """The same for its like of all gates."""
        text = self.name if self.tree is None else f"{self.name}: {ast.unparse(self.tree)}"
        return _GATE.sub(lambda m: f"{m[1] or ''}?" if m[2] == self.gate else m[0], text)


def candidates(case: Case) -> tuple[Candidate, ...]:
    """All of them, the quantities first; of those that are the same numbers only the first."""
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


def squashed(case: Case) -> Iterator[Array]:
    """Each sum of a gate in both ways: whoever computes all gates at once may do that and then
    take of each what is wanted."""
    for quantity in case.quantities.values():
        if quantity.family == "a" and quantity.part_of:
            yield np.tanh(quantity.value)
            yield sigmoid(quantity.value)


def split(key: str) -> tuple[str, int]:
    """The name and the time step of a key: `h[2]` as h and 2, `c` as c and 0."""
    name, _, rest = key.partition("[")
    return name, int(rest[:-1]) if rest else 0


def parts(case: Case, quantity: Quantity) -> Iterator[tuple[ast.expr, bool, Array]]:
    """Every part of the formula of a quantity, whether it is a whole one, and its value."""
    values, deeper = _readable(case, quantity)
    for formula in (quantity.formula, deeper):
        for tree, whole in pieces(formula.tree):
            value = value_of(tree, values)
            if value is not None and value.size > 1:
                yield tree, whole, value


def ingredients(case: Case, quantity: Quantity, tree: ast.expr) -> Iterator[tuple[int, Array]]:
    """What a part of a quantity's formula is made of: of a product each selection of its factors,
    of a sum of its terms, with how many they are; what a function is given counts as one. Of a sum
    no single term counts as one: it counts as two."""
    match tree:
        case ast.BinOp(op=ast.Mult()) if not _slope(tree):
            inside = list(_factors(tree))
            trees = [(1, one) for one in inside] + list(_joined(inside, ast.Mult()))
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            inside = list(_terms(tree, ast.Add()))
            trees = [(2, one) for one in inside] + list(_joined(inside, ast.Add()))
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
    """The values of all names in the formula of a quantity and in those of its parts; and the
    formula with theirs in their places."""
    inner = {
        name: case.quantities[key]
        for name, key in quantity.reads.items()
        if key in case.quantities and case.quantities[key].part_of
    }
    values: dict[str, Any] = {name: case.value(key) for name, key in quantity.reads.items()}
    for part in inner.values():
        values |= {name: case.value(key) for name, key in part.reads.items()}
    return values, inlined(quantity.formula, {name: part.formula for name, part in inner.items()})


def pieces(tree: ast.expr) -> Iterator[tuple[ast.expr, bool]]:
    """The tree and everything that may be computed on the way to it; whether it is whole: no
    selection of some factors or terms."""
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
    """Every selection of some of them, joined by an operator; then their own pieces."""
    for _, joined in _joined(among, op):
        yield joined, _slope(joined)
    for one in among:
        yield from pieces(one)


def _joined(among: list[ast.expr], op: ast.operator) -> Iterator[tuple[int, ast.expr]]:
    """Every selection of some but not all of them, joined, with their number."""
    for size in range(2, len(among)) if len(among) <= MOST else ():
        for chosen in combinations(among, size):
            joined = chosen[0]
            for other in chosen[1:]:
                joined = ast.BinOp(joined, op, other)
            yield size, joined


def _slope(tree: ast.expr) -> bool:
    """Whether it is f (1 - f), which is one thing."""
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
    """The terms of a sum; those that are subtracted with a minus."""
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add | ast.Sub):
        yield from _terms(tree.left, sign)
        minus = isinstance(tree.op, ast.Sub) != isinstance(sign, ast.Sub)
        yield from _terms(tree.right, ast.Sub() if minus else ast.Add())
    else:
        yield ast.UnaryOp(ast.USub(), tree) if isinstance(sign, ast.Sub) else tree
