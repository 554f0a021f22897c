"""Recognises the values of a learner's function: quantities of the engine, or parts of formulas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from rnntutor.build.candidates import MARK, Candidate, candidates, squashed_sums
from rnntutor.build.cases import Case
from rnntutor.build.leaves import ArrayMatch, KnownArrays, close
from rnntutor.build.seams import Passing
from rnntutor.nn.arrays import Array

SQUASHED = f"{MARK}squashed."  # what the keys of `squashed_sums` begin with


class Recognition:
    """The recognised values of one run of one case."""

    def __init__(self, case: Case, passings: Sequence[Passing]) -> None:
        self.case, self.passings = case, passings
        self._matches: dict[tuple[object, ...], ArrayMatch] = {}

    @cached_property
    def items(self) -> tuple[Candidate, ...]:
        """The candidates of the case."""
        return candidates(self.case)

    @cached_property
    def _known_arrays(self) -> KnownArrays:
        """Everything that can be recognised: quantities and inputs by key, parts by index."""
        arrays = {
            f"{MARK}{n}.{t}": value
            for n, item in enumerate(self.items)
            for t, value in item.at.items()
            if item.tree is not None
        }
        arrays |= {f"{SQUASHED}{n}": value for n, value in enumerate(squashed_sums(self.case))}
        quantities = {key: q.value for key, q in self.case.quantities.items()}
        return KnownArrays({**arrays, **self.case.inputs, **quantities})

    def match(self, value: Array) -> ArrayMatch:
        """Return what is recognised in a value."""
        key = (value.shape, value.tobytes())
        if key not in self._matches:
            self._matches[key] = self._known_arrays.match(value)
        return self._matches[key]

    def recognised(self, passing: Passing) -> bool:
        """Return whether the value consists entirely of known quantities."""
        if counts(passing.value):
            return True
        match = self.match(passing.value)
        given = [key for key in match.blocks if key in self.case.inputs]
        twice = len(given) > len(set(given)) and len(given) == len(match.blocks)
        if match.whole:
            # Squashed the other way is a value only beside others that are squashed right.
            return not all(key.startswith(SQUASHED) for key in match.whole)
        return not (match.rest or twice)

    def found_and_missing(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the quantities found in some value, and the needed ones found in none."""
        seen = frozenset().union(*(self.match(p.value).keys for p in self.passings))
        after = self.case.after()
        wanted = set(self.case.wanted_keys)
        missing = tuple(
            key
            for key in self.case.quantities
            if key not in seen and not after[key] & seen and (key in wanted or after[key] & wanted)
        )
        return tuple(key for key in self.case.quantities if key in seen), missing

    def is_one_thing(self, value: Array) -> bool:
        """Return whether the value equals one known quantity."""
        return bool(self.match(value).whole)


def counts(value: Array) -> bool:
    """Return whether the value holds only zeros and ones, or is an integer: preallocated space, or
    a counter."""
    return bool(np.isin(value, (0.0, 1.0)).all()) or (
        value.size == 1 and float(value.ravel()[0]).is_integer()
    )


def equal(value: Array, other: Array) -> bool:
    """Return whether two arrays hold the same numbers in the same order, within the tolerances."""
    return value.size == other.size and close(np.ravel(value), np.ravel(other))
