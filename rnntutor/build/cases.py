"""One run of an exercise: the arguments of the learner's function and the engine's quantities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rnntutor.build.formulas import Formula, evaluate
from rnntutor.nn.arrays import Array


@dataclass(frozen=True)
class Quantity:
    """A quantity that the engine computes in one run.

    Attributes:
        key: its name, `c`, or `c[2]` for step 2 of a sequence.
        value: its array.
        formula: the equation that computes it.
        reads: names in the formula -> keys of the quantities or inputs that they refer to.
        part_of: key of the quantity of which this is an intermediate result (`fc` of `c`), or "".
    """

    key: str
    value: Array
    formula: Formula
    reads: Mapping[str, str]
    part_of: str = ""

    @property
    def family(self) -> str:
        """The name without gate and step: `a` for `a_f` and `a_i`, `h` for `h[2]`."""
        return self.key.split("[")[0].split("_")[0]


@dataclass(frozen=True)
class Case:
    """The arguments, inputs, quantities and expected results of one run.

    Attributes:
        given: arguments of the learner's function, by name.
        wanted: the expected results, in order.
        inputs: the arguments flattened to arrays, by key.
        quantities: the engine's quantities by key, in order of computation.
    """

    given: Mapping[str, Any]
    wanted: tuple[Result, ...]
    inputs: Mapping[str, Array]
    quantities: Mapping[str, Quantity] = field(default_factory=dict)

    def value(self, key: str) -> Array:
        """Return the value of a quantity or an input."""
        return self.quantities[key].value if key in self.quantities else self.inputs[key]

    @property
    def wanted_keys(self) -> tuple[str, ...]:
        """The keys of all expected results, in order."""
        return tuple(key for result in self.wanted for _, key in result.entries)

    def result(self, result: Result) -> Any:
        """Return the expected value of one result."""
        values = {label: self.value(key) for label, key in result.entries}
        return list(values.values()) if result.as_list else values.get("", values)

    def after(self) -> Mapping[str, frozenset[str]]:
        """Map each quantity to all quantities that depend on it."""
        found: dict[str, frozenset[str]] = {}
        followers: dict[str, set[str]] = {key: set() for key in self.quantities}
        for key, quantity in self.quantities.items():
            for source in quantity.reads.values():
                if source in followers:
                    followers[source].add(key)
        for key in reversed(list(self.quantities)):
            found[key] = frozenset(followers[key]).union(*(found[f] for f in followers[key]))
        return found


@dataclass(frozen=True)
class Result:
    """One return value of the function.

    Attributes:
        name: its name.
        entries: (label, key) of each value of a dictionary or list; a single array has one entry
            labelled "".
        as_list: the entries form a list.
    """

    name: str
    entries: tuple[tuple[str, str], ...]
    as_list: bool = False


def step_of(key: str) -> str:
    """Return the step of a key as written, "[2]", or "" if it has none."""
    return key[key.index("[") :] if "[" in key else ""


def single(key: str, name: str = "") -> Result:
    """Return a result that is one array or number."""
    return Result(name or key, (("", key),))


def evaluate_all(
    formulas: Iterable[Formula],
    inputs: Mapping[str, Array],
    known: Mapping[str, Quantity] | None = None,
    *,
    rename: Mapping[str, str] | None = None,
    suffix: str = "",
    parts: Mapping[str, str] | None = None,
) -> dict[str, Quantity]:
    """Evaluate `formulas` on `inputs` and on quantities already known.

    Args:
        formulas: equations in order of computation.
        inputs: arrays by key.
        known: quantities computed so far; they are part of the result.
        rename: name in the formulas -> key, where they differ (`h_prev` is `h[1]` at step 2).
        suffix: appended to the keys of the new quantities.
        parts: name -> name of the quantity of which it is an intermediate result.

    Returns:
        All quantities by key, in order of computation.
    """
    quantities = dict(known or {})
    keys = dict(rename or {})
    for formula in formulas:
        reads = {name: keys.get(name, name) for name in formula.reads}
        values = {
            name: quantities[key].value if key in quantities else inputs[key]
            for name, key in reads.items()
        }
        key = formula.target + suffix
        keys[formula.target] = key
        whole = (parts or {}).get(formula.target, "")
        value = np.asarray(evaluate(formula.tree, values), np.float64)
        quantities[key] = Quantity(key, value, formula, reads, whole + suffix if whole else "")
    return quantities
