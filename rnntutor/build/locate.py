"""Where a learner's function departs from the engine: the definition that mends it.

The function is run again and again, each time with one of its definitions given a value of the
engine's in place of its own. A definition *mends* the function if all results come out right then:
whatever stands behind it is right as it is written. Of the definitions that mend it, the first
whose own value is not right is the mistake. What a value may be meant to be is not read from names:
every quantity, every part of a formula and every argument is tried, in the layout of the value that
it replaces (rows, columns, gates side by side in any order, one step after the other). A value is
right although another in its place mends the function if a later definition only hands it on, if
the other value is there already under another name, or if it is the one place of a quantity that
the other is made from. If nothing mends the function, there are several mistakes: then the first
value counts that is nothing of the engine's.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np

from rnntutor.build.candidates import Candidate, ingredients
from rnntutor.build.cases import Case
from rnntutor.build.places import Group, Mend, Place, Places, Slot, in_another_size, laid, laid_out
from rnntutor.build.recognition import Recognition, counts, equal
from rnntutor.build.runner import Ran
from rnntutor.build.seams import (
    AGAIN,
    ARGUMENT,
    RETURN,
    Definition,
    Passing,
    Plan,
    answered,
    asked,
    sewn,
    shakes,
)
from rnntutor.nn.arrays import Array

MOST = 3000  # plans that are tried

Tried = Callable[[Sequence[Plan]], tuple[tuple[Passing, ...], tuple[Array | None, ...]]]
Rerun = Callable[[str, str, list[list[object]]], Ran]


@dataclass(frozen=True)
class Suspect:
    """A value that is wrong. key: of the quantity or argument that it should be, or be a part of;
    tree: that part of its formula, None for all of it. line, name: where it was made, and the
    variable. wanted: what it should be. found: the value itself, in the same shape; None if it has
    another size. shape: of the value."""

    key: str
    tree: ast.expr | None
    line: int
    name: str
    wanted: Array
    found: Array | None
    shape: tuple[int, ...]


@dataclass(frozen=True)
class Located:
    """Where the function departs. right: the quantities that were found, in the order of
    computation; missing: those that are nowhere. instead: the keys of what stands there, if that is
    something of the engine's. returned: all is right but what is returned. mended: with the right
    value there all results are right."""

    suspect: Suspect
    right: tuple[str, ...]
    missing: tuple[str, ...]
    instead: tuple[str, ...] = ()
    returned: bool = False
    mended: bool = False


def locate(source: str, name: str, case: Case, run: Rerun) -> Located | None:
    """The first mistake in function `name`, whose results in this case are wrong.

    run: runs a function of a source with arguments. None if this one does not run again.
    """
    text, definitions = sewn(source, name)
    given = list(case.given.values())

    def tried(plans: Sequence[Plan]) -> tuple[tuple[Passing, ...], tuple[Array | None, ...]]:
        return answered(run(text, AGAIN, asked(case, given, plans)))

    passings, offs = tried([(), *shakes(definitions)])
    if not offs or offs[0] is None:
        return None
    return _Search(case, definitions, passings, offs[0], offs[1:]).located(tried)


@dataclass(frozen=True)
class _Search:
    """passings: the values of the function as it is; off: how far its results are off; shaken: the
    same with other numbers at each of the definitions."""

    case: Case
    definitions: Sequence[Definition]
    passings: Sequence[Passing]
    off: Array
    shaken: Sequence[Array | None]

    @cached_property
    def seen(self) -> Recognition:
        """What the values are."""
        return Recognition(self.case, self.passings)

    def located(self, tried: Tried) -> Located | None:
        """See `locate`."""
        mends = list(islice(self._trials(), MOST))
        offs = tried([mend.plan for mend in mends])[1] if mends else ()
        good = [m for m, off in zip(mends, offs, strict=False) if self._mended(off)]
        chosen = self._chosen(good)
        if chosen is None:
            return self._first_unknown()
        slot, _, _ = chosen.changed[0]
        instead = self.seen.match(slot.value).whole & (
            self.case.quantities.keys() | self.case.inputs
        )
        suspect, found = self._suspect(chosen), self.seen.found()
        return Located(suspect, *found, tuple(sorted(instead)), mended=True)

    def _mended(self, off: Array | None) -> bool:
        return off is not None and off.shape == self.off.shape and bool(_rights(off).all())

    # ---- what may mend it -------------------------------------------------------------------

    def _groups(self) -> Iterator[Group]:
        """What is replaced together, in the order in which it was made."""
        made: dict[int, list[Passing]] = {}
        for passing in self.passings:
            made.setdefault(passing.definition, []).append(passing)
        yielded: set[tuple[int, int]] = set()
        for number, passings in made.items():
            definition = self.definitions[number]
            if definition.kind in (ARGUMENT, RETURN) and definition.own:
                continue
            yield Group((number,), tuple(passings))
            place = (definition.line, definition.inside)
            others = tuple(
                n
                for n in made
                if (self.definitions[n].line, self.definitions[n].inside) == place
                and self.definitions[n].kind == definition.kind
            )
            if len(others) > 1 and place not in yielded:
                yielded.add(place)
                yield Group(others, tuple(p for n in others for p in made[n]))

    def _concerns(self, group: Group) -> bool:
        """Whether every wrong result depends on it. A whole number may stay the same although it
        does."""
        if any(counts(self.case.value(key)) for key in self._wanted):
            return True
        depend = np.zeros(self.off.shape, bool)
        for number in group.definitions:
            off = self.shaken[number]
            if off is None or off.shape != self.off.shape:
                return True
            depend |= off != self.off
        return bool((depend | _rights(self.off)).all())

    def _trials(self) -> Iterator[Mend]:
        """What may be tried: what fits, and for a value that is unlike anything also what has
        another size."""
        places = Places(self.seen)
        for group in self._groups():
            for slots in places.slots(group) if self._concerns(group) else ():
                odd = all(s.value.size == 1 or not self.seen.recognised(s.passing) for s in slots)
                for given in places.given(slots):
                    plan = laid_out(slots, given)
                    if plan is None and odd and all(one.whole for one, _ in given):
                        plan = in_another_size(slots, given, places.rows)
                    if plan is not None:
                        yield Mend(group, tuple(slots), given, plan)

    # ---- which of them is the mistake -------------------------------------------------------

    def _chosen(self, mends: Sequence[Mend]) -> Mend | None:
        """The first whose own value is not right."""
        place = {id(passing): n for n, passing in enumerate(self.passings)}
        mends = sorted(
            (mend for mend in mends if mend.changed),
            key=lambda mend: min(place[id(slot.passing)] for slot, _, _ in mend.changed),
        )
        own = [mend for mend in mends if not self._handed_on(mend, mends)]
        for whole in (True, False):
            for mend in own:
                if self._misses(mend, whole):
                    return self._at_the_caller(mend, own)
        own = [mend for mend in own if mend.partly or not self._there_already(mend)]
        return own[-1] if own else None

    def _misses(self, mend: Mend, whole: bool) -> bool:
        """Whether the value that is replaced is not right for what is made of it. whole: only if
        what it should be is more than a selection of factors or terms."""
        changed = mend.changed
        if not all(self._right_somewhere(slot) for slot, _, _ in changed):
            return True
        if not any(np.any(slot.value) for slot, _, _ in changed):
            return False  # room for what is to come
        if self._stands_in(changed, self._values_of(mend, given=False)):
            return True  # another variable has the same
        if all(self._has_its_name(slot, item) for slot, item, _ in changed):
            return True
        used = [self._goes_into(slot.value, item, t) for slot, item, t in changed]
        if 1 in used or any(self._needed(mend, slot, item, t) for slot, item, t in changed):
            return False
        if self._stands_in(changed, self._values_of(mend, given=True)):
            return True  # an argument is the same
        if self._there_already(mend):
            return False  # it was not meant to be that
        return not (whole and any(used) and not all(item.whole for _, item, _ in changed))

    def _has_its_name(self, slot: Slot, item: Candidate) -> bool:
        """Whether the variable is called what it should be: that settles what values leave open."""
        return item.tree is None and self.definitions[slot.passing.definition].name == item.name

    def _needed(self, mend: Mend, slot: Slot, item: Candidate, t: int) -> bool:
        """Whether the value is a quantity of its own from which the other is made, and is nowhere
        else."""
        made = _key(item, t)
        quantities, after = self.case.quantities, self.case.after()
        return any(
            not quantities[key].part_of
            and (made in after[key] or made == key)
            and key not in self._others(mend)
            for key in self.seen.match(slot.value).whole & quantities.keys()
        )

    def _stands_in(self, changed: Sequence[Place], keys: frozenset[str]) -> bool:
        return all(self.seen.match(slot.value).whole & keys for slot, _, _ in changed)

    def _values_of(self, mend: Mend, given: bool) -> frozenset[str]:
        """The keys of the values of other variables; given: of the arguments that are arrays."""
        own = mend.group.definitions
        several = {p.definition for p in self.passings if p.place}
        return frozenset().union(
            *(
                self.seen.match(p.value).whole
                for p in self.passings
                if p.definition not in own
                and p.definition not in several
                and self._is_given(p) == given
                and not self._passes_through(p)
            )
        )

    def _is_given(self, passing: Passing) -> bool:
        definition = self.definitions[passing.definition]
        return definition.kind == ARGUMENT and definition.own

    def _there_already(self, mend: Mend) -> bool:
        """Whether what it should be was computed, and stands somewhere else."""
        others = self._others(mend)
        return all(
            not item.given and self.seen.match(item.at[t]).whole & others
            for _, item, t in mend.changed
        )

    def _others(self, mend: Mend) -> frozenset[str]:
        """The keys of all that is somewhere else."""
        return frozenset().union(
            *(
                self.seen.match(p.value).keys
                for p in self.passings
                if p.definition not in mend.group.definitions and not self._passes_through(p)
            )
        )

    def _passes_through(self, passing: Passing) -> bool:
        """Whether it is what a function within is called with or returns, or what is returned in
        the end: another name of what has one already."""
        definition = self.definitions[passing.definition]
        return definition.kind == RETURN or (definition.kind == ARGUMENT and not definition.own)

    def _right_somewhere(self, slot: Slot) -> bool:
        return self.seen.is_one_thing(slot.value) or (
            slot.value.size == slot.passing.value.size and self.seen.recognised(slot.passing)
        )

    def _goes_into(self, value: Array, item: Candidate, t: int) -> int:
        """Of how many of the factors or terms of what it should be the value is made; 0 if it is
        not made of them. A single factor, or what a function is given, is right: what should be
        made of it comes later."""
        quantity = self.case.quantities.get(_key(item, t))
        if quantity is None:
            return 0
        tree = quantity.formula.tree if item.tree is None else item.tree
        made = ingredients(self.case, quantity, tree)
        return min((count for count, part in made if equal(value, part)), default=0)

    def _handed_on(self, mend: Mend, mends: Sequence[Mend]) -> bool:
        """Whether the value is right, and a later definition that should have made something of it
        has the same value."""
        values = [slot.value for slot, _, _ in mend.changed]
        if not all(self._right_somewhere(slot) for slot, _, _ in mend.changed):
            return False
        same = [
            [slot.value for slot, _, _ in later.changed]
            for later in mends[mends.index(mend) + 1 :]
            if not set(later.group.definitions) & set(mend.group.definitions)
        ]
        names = {self.definitions[number].name for number in mend.group.definitions}
        if not names & self._returned_names:
            same.append(self._returned_wrong)
        return any(_same(values, later) for later in same)

    @property
    def _returned_names(self) -> frozenset[str]:
        """The variables that are returned as they are."""
        return frozenset(name for d in self.definitions if d.own for name in d.names)

    @cached_property
    def _returned_wrong(self) -> list[Array]:
        """What is returned and is no result."""
        wanted = [self.case.value(key) for key in self._wanted]
        return [
            p.value
            for p in self.passings
            if self.definitions[p.definition].kind == RETURN
            and self.definitions[p.definition].own
            and not any(equal(p.value, w) for w in wanted)
        ]

    def _at_the_caller(self, mend: Mend, mends: Sequence[Mend]) -> Mend:
        """What a function within is called with is the fault of whoever calls it; what it returns
        is so too if it returned something right as well."""
        definition = self.definitions[mend.group.definitions[0]]
        if definition.own:
            return mend
        some = any(self.seen.recognised(p) and not counts(p.value) for p in mend.group.passings)
        if definition.kind == ARGUMENT or (definition.kind == RETURN and some):
            for later in mends[mends.index(mend) :]:
                if self.definitions[later.group.definitions[0]].inside != definition.inside:
                    return later
        return mend

    # ---- what is said of it -----------------------------------------------------------------

    def _suspect(self, mend: Mend) -> Suspect:
        slot, candidate, t = mend.changed[0]
        definition = self.definitions[slot.passing.definition]
        wanted = candidate.at[t]
        found = laid(slot.value, wanted.shape)
        key = _key(candidate, t)
        return Suspect(
            key,
            candidate.tree,
            definition.line,
            definition.name,
            wanted,
            found,
            slot.value.shape,
        )

    def _first_unknown(self) -> Located | None:
        """Nothing mends it. Then it is what is returned, if all before it is the engine's; else
        there are several mistakes: the first value that is nothing of the engine's."""
        right, missing = self.seen.found()
        returned, unknown = None, None
        for passing in self.passings:
            definition = self.definitions[passing.definition]
            if definition.kind == RETURN and definition.own:
                returned = returned or passing
            elif unknown is None and not self.seen.recognised(passing):
                unknown = passing
        first = unknown or returned
        if first is None:
            return None
        definition = self.definitions[first.definition]
        key = self._meant(first, missing) if unknown else self._first_wrong
        wanted = self.case.value(key)
        found = laid(first.value, wanted.shape)
        shape = first.value.shape
        suspect = Suspect(key, None, definition.line, definition.name, wanted, found, shape)
        return Located(suspect, right, missing, (), unknown is None)

    @property
    def _first_wrong(self) -> str:
        """The first of the results that are wrong."""
        return self._wanted[int(np.argmin(_rights(self.off)))]

    @property
    def _wanted(self) -> list[str]:
        """The keys of all results."""
        return [key for result in self.case.wanted for _, key in result.entries]

    def _meant(self, passing: Passing, missing: Sequence[str]) -> str:
        fitting = [k for k in missing if self.case.value(k).size == passing.value.size]
        own = [k for k in fitting if not self.case.quantities[k].part_of]
        return next(iter((*own, *fitting, *missing, *self.case.quantities)))


def _key(item: Candidate, t: int) -> str:
    return f"{item.name}[{t}]" if t else item.name


def _rights(off: Array) -> Array:
    return np.asarray((off >= 0) & (off <= 1))


def _same(values: Sequence[Array], others: Sequence[Array]) -> bool:
    """Whether all of these are among those, and the other way round."""
    return all(any(equal(v, o) for o in others) for v in values) and all(
        any(equal(v, o) for v in values) for o in others
    )
