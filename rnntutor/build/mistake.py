"""Chooses the mistake among the values whose replacement mends a function: the first that is wrong
itself.

A right value may mend the function too when its replacement compensates for something forgotten
later: in `return o`, with `o tanh(c)` wanted, replacing `o` by `o tanh(c)` mends the result, and
yet `o` is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from rnntutor.build.candidates import Candidate, ingredients
from rnntutor.build.recognition import Recognition, counts, equal
from rnntutor.build.seams import ARGUMENT, RETURN, Definition, Passing
from rnntutor.build.substitutions import Mend, Slot, Substitution
from rnntutor.nn.arrays import Array


class MendSelector:
    """Chooses among the replacements that mend one run."""

    def __init__(self, seen: Recognition, definitions: Sequence[Definition]) -> None:
        self._seen, self._definitions = seen, definitions

    def select(self, mends: Sequence[Mend]) -> Mend | None:
        """Return the first replacement whose original value is wrong."""
        index = {id(passing): n for n, passing in enumerate(self._seen.passings)}
        mends = sorted(
            (mend for mend in mends if mend.changed),
            key=lambda mend: min(index[id(slot.passing)] for slot, _, _ in mend.changed),
        )
        own = [mend for mend in mends if not self._handed_on(mend, mends)]
        for whole in (True, False):
            for mend in own:
                if self._misses(mend, whole):
                    return self._at_the_caller(mend, mends)
        last = [
            mend
            for mend in own
            if mend.partly or self._copied(mend) or not self._there_already(mend)
        ]
        return last[-1] if last else None

    def _copied(self, mend: Mend) -> bool:
        """Return whether every replaced value also occurs elsewhere."""
        others = self._others(mend)
        return all(self._seen.match(slot.value).keys & others for slot, _, _ in mend.changed)

    def _misses(self, mend: Mend, whole: bool) -> bool:
        """Return whether the replaced value is wrong for its use.

        Args:
            mend: the replacement.
            whole: accept only replacements that are more than a selection of factors or terms.
        """
        changed = mend.changed
        if not all(self._right_somewhere(slot) for slot, _, _ in changed):
            return True
        once = len({slot.passing.turn for slot, _, _ in changed}) == 1
        if once and not any(np.any(slot.value) for slot, _, _ in changed):
            return False  # room for what is to come
        if self._stands_in(changed, self._values_of(mend, given=False)):
            return True  # another variable has the same
        if all(self._has_its_name(slot, item) for slot, item, _ in changed):
            return True
        if all(self._is_an_argument(slot) for slot, _, _ in changed):
            return True
        used = [self._goes_into(slot.value, item, t) for slot, item, t in changed]
        if 1 in used or any(self._needed(mend, slot, item, t) for slot, item, t in changed):
            return False
        if self._there_already(mend):
            return False  # it was not meant to be that
        if self._stands_in(changed, self._values_of(mend, given=True)):
            return True  # an argument is the same
        return not (whole and any(used) and not all(item.whole for _, item, _ in changed))

    def _has_its_name(self, slot: Slot, item: Candidate) -> bool:
        """Return whether the variable bears the name of its replacement, which settles cases that
        the values leave open."""
        return item.tree is None and self._definitions[slot.passing.definition].name == item.name

    def _is_an_argument(self, slot: Slot) -> bool:
        """Return whether an argument has the same numbers and shape, so that the value is only
        another name for it."""
        return any(
            self._is_given(p)
            and p.definition not in self._several
            and p.value.shape == slot.value.shape
            and equal(p.value, slot.value)
            for p in self._seen.passings
        )

    @cached_property
    def _several(self) -> frozenset[int]:
        """The definitions whose values contain several arrays."""
        return frozenset(p.definition for p in self._seen.passings if p.index)

    def _needed(self, mend: Mend, slot: Slot, item: Candidate, t: int) -> bool:
        """Return whether the value is a quantity of its own that the replacement is computed from
        and that occurs nowhere else."""
        made = item.key(t)
        quantities, after = self._seen.case.quantities, self._seen.case.after()
        return any(
            not quantities[key].part_of and made in after[key] and key not in self._others(mend)
            for key in self._seen.match(slot.value).whole & quantities.keys()
        )

    def _stands_in(self, changed: Sequence[Substitution], keys: frozenset[str]) -> bool:
        return all(self._seen.match(slot.value).whole & keys for slot, _, _ in changed)

    def _values_of(self, mend: Mend, given: bool) -> frozenset[str]:
        """Return the keys of the values of other variables.

        Args:
            mend: the replacement, whose own definitions are left out.
            given: only array arguments (True) or only other variables (False).
        """
        own = mend.group.definitions
        return frozenset().union(
            *(
                self._seen.match(p.value).whole
                for p in self._seen.passings
                if p.definition not in own
                and p.definition not in self._several
                and self._is_given(p) == given
                and not self._passes_through(p)
            )
        )

    def _is_given(self, passing: Passing) -> bool:
        definition = self._definitions[passing.definition]
        return definition.kind == ARGUMENT and definition.own

    def _there_already(self, mend: Mend) -> bool:
        """Return whether the replacement was computed and occurs elsewhere."""
        others = self._others(mend)
        return all(
            not item.given and self._seen.match(item.at[t]).whole & others
            for _, item, t in mend.changed
        )

    def _others(self, mend: Mend) -> frozenset[str]:
        """Return the keys of all values outside the replaced definitions."""
        return frozenset().union(
            *(
                self._seen.match(p.value).keys
                for p in self._seen.passings
                if p.definition not in mend.group.definitions and not self._passes_through(p)
            )
        )

    def _passes_through(self, passing: Passing) -> bool:
        """Return whether the value is only passed on: an argument of an inner function, or a return
        value."""
        definition = self._definitions[passing.definition]
        return definition.kind == RETURN or (definition.kind == ARGUMENT and not definition.own)

    def _right_somewhere(self, slot: Slot) -> bool:
        return self._seen.is_one_thing(slot.value) or (
            slot.value.size == slot.passing.value.size and self._seen.recognised(slot.passing)
        )

    def _goes_into(self, value: Array, item: Candidate, t: int) -> int:
        """Return how many factors or terms of the replacement the value consists of, 0 if it is not
        made of them.

        A single factor, or a function's argument, is right: the rest of the expression comes later.
        """
        quantity = self._seen.case.quantities.get(item.key(t))
        if quantity is None:
            return 0
        tree = quantity.formula.tree if item.tree is None else item.tree
        made = ingredients(self._seen.case, quantity, tree)
        return min((count for count, part in made if equal(value, part)), default=0)

    def _handed_on(self, mend: Mend, mends: Sequence[Mend]) -> bool:
        """Return whether the value is right and a later definition, which should have changed it,
        repeats it."""
        values = [slot.value for slot, _, _ in mend.changed]
        if not all(self._right_somewhere(slot) for slot, _, _ in mend.changed):
            return False
        same = [
            [slot.value for slot, _, _ in later.changed]
            for later in mends[mends.index(mend) + 1 :]
            if not set(later.group.definitions) & set(mend.group.definitions)
            and self._definition(later).kind != ARGUMENT
        ]
        names = {self._definitions[number].name for number in mend.group.definitions}
        if not names & self._returned_names:
            same.append(self._returned_wrong)
        return any(_same(values, later) for later in same)

    @property
    def _returned_names(self) -> frozenset[str]:
        """The variables that are returned unchanged."""
        return frozenset(name for d in self._definitions if d.own for name in d.names)

    @cached_property
    def _returned_wrong(self) -> list[Array]:
        """The returned values that equal no expected result."""
        case = self._seen.case
        wanted = [case.value(key) for key in case.wanted_keys]
        return [
            p.value
            for p in self._seen.passings
            if self._definitions[p.definition].kind == RETURN
            and self._definitions[p.definition].own
            and not any(equal(p.value, w) for w in wanted)
        ]

    def _at_the_caller(self, mend: Mend, mends: Sequence[Mend]) -> Mend:
        """Move the mistake from an inner function to its caller where the caller is responsible.

        A wrong argument is the caller's mistake. So is a wrong return value if the function also
        returned something right, or would with other arguments.
        """
        definition = self._definition(mend)
        some = any(self._seen.recognised(p) and not counts(p.value) for p in mend.group.passings)
        given = any(
            self._definition(one).kind == ARGUMENT
            and self._definition(one).inside == definition.inside
            for one in mends
        )
        called = definition.kind == ARGUMENT or (definition.kind == RETURN and (some or given))
        if definition.own or not called:
            return mend
        # What is called in turn by the function comes before it returns, its caller behind that.
        later = mends[mends.index(mend) :]
        returned = [
            n
            for n, one in enumerate(later)
            if self._definition(one).inside == definition.inside
            and self._definition(one).kind == RETURN
        ]
        for one in later[returned[0] if returned else 0 :]:
            if self._definition(one).inside != definition.inside:
                return self._at_the_caller(one, mends)
        return mend

    def _definition(self, mend: Mend) -> Definition:
        return self._definitions[mend.group.definitions[0]]


def _same(values: Sequence[Array], others: Sequence[Array]) -> bool:
    """Return whether both sequences contain the same arrays, in any order."""
    return all(any(equal(v, o) for o in others) for v in values) and all(
        any(equal(v, o) for v in values) for o in others
    )
