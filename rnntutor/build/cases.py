"""One run of an exercise: what the learner's function is given, and what the engine makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rnntutor.build.formulas import Formula, evaluate
from rnntutor.nn.arrays import Array


@dataclass(frozen=True)
class Quantity:
    """One quantity of the engine in one run.

    key: its name, `c` or, in a sequence, `c[2]`. value: its array. formula: how it is computed.
    reads: name in the formula -> key of the quantity or input that it stands for. part_of: the key
    of the quantity of which this is an intermediate result (`fc` of `c`), else "".
    """

    key: str
    value: Array
    formula: Formula
    reads: Mapping[str, str]
    part_of: str = ""

    @property
    def family(self) -> str:
        """What it has in common with its like: `a` for `a_f` and `a_i`, `h` for `h[2]`."""
        return self.key.split("[")[0].split("_")[0]


@dataclass(frozen=True)
class Case:
    """One run.

    given: the arguments of the learner's function, by name. wanted: the keys of what it returns,
    in order; a result that is a dictionary or a list is given by the keys of its entries.
    inputs: what is given, flat, by key. quantities: by key, in the order of computation.
    """

    given: Mapping[str, Any]
    wanted: tuple[Result, ...]
    inputs: Mapping[str, Array]
    quantities: Mapping[str, Quantity] = field(default_factory=dict)

    def value(self, key: str) -> Array:
        """The value of a quantity or an input."""
        return self.quantities[key].value if key in self.quantities else self.inputs[key]

    @property
    def wanted_keys(self) -> tuple[str, ...]:
        """The keys of all results, in order."""
        return tuple(key for result in self.wanted for _, key in result.entries)

    def result(self, result: Result) -> Any:
        """What is to be returned for one of the results."""
        values = {label: self.value(key) for label, key in result.entries}
        return list(values.values()) if result.as_list else values.get("", values)

    def after(self) -> Mapping[str, frozenset[str]]:
        """For each quantity all quantities that depend on it."""
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
    """One thing that the function returns. entries: (label, key) of the values of a dictionary or
    list; of a single value one entry whose label is "". as_list: the entries stand in a list."""

    name: str
    entries: tuple[tuple[str, str], ...]
    as_list: bool = False


def step_of(key: str) -> str:
    """The time step of a key, as it is written: "[2]"; "" for none."""
    return key[key.index("[") :] if "[" in key else ""


def single(key: str, name: str = "") -> Result:
    """A result that is one array or number."""
    return Result(name or key, (("", key),))


def computed(
    formulas: Iterable[Formula],
    inputs: Mapping[str, Array],
    known: Mapping[str, Quantity] | None = None,
    *,
    rename: Mapping[str, str] | None = None,
    suffix: str = "",
    parts: Mapping[str, str] | None = None,
) -> dict[str, Quantity]:
    """The quantities that `formulas` compute from `inputs` and those already known.

    rename: name in the formulas -> key, for what does not go by its own name (`h_prev` is `h[1]` at
    step 2). suffix: what the new keys end in. parts: name -> name of which it is a part.
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
