"""Finds the definition at which a learner's function departs from the engine.

The function is run many times, each time with one definition replaced by a value of the engine. A
replacement *mends* the function if all results come out right; everything after it is then right as
written. Among the replacements that mend it, the first whose own value is wrong is the mistake.

The intended meaning of a value is not taken from its name, which only settles ties: every quantity,
every part of a formula and every argument is tried in the layout of the value: as rows, columns,
gates side by side in any order, one step after another. Although replacing it mends the function, a
value is right if a later definition merely passes it on, if the replacement already exists under
another name, or if the replacement is computed from it and it exists nowhere else (see `mistake`).

If nothing mends the function, it contains several mistakes; then the first value that the engine
does not know is reported.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np

from rnntutor.build.cases import Case
from rnntutor.build.mistake import MendSelector
from rnntutor.build.recognition import Recognition, counts
from rnntutor.build.runner import CallResults
from rnntutor.build.seams import (
    AGAIN,
    ARGUMENT,
    RETURN,
    Definition,
    Passing,
    Plan,
    decode_answer,
    encode_request,
    sewn,
    shakes,
)
from rnntutor.build.substitutions import (
    Mend,
    MendGroup,
    Substitutions,
    in_another_size,
    laid,
    laid_out,
)
from rnntutor.nn.arrays import Array

MOST = 3000  # plans that are tried

Tried = Callable[[Sequence[Plan]], tuple[tuple[Passing, ...], tuple[Array | None, ...]]]
Rerun = Callable[[str, str, list[list[object]]], CallResults]


@dataclass(frozen=True)
class Suspect:
    """A wrong value.

    Attributes:
        key: the quantity or argument that it should be, or be a part of.
        tree: the part of that quantity's formula, or None for all of it.
        line: the line that computed it.
        name: the variable.
        wanted: the expected array.
        found: the actual array in the same shape, or None if the size differs.
        shape: its actual shape.
    """

    key: str
    tree: ast.expr | None
    line: int
    name: str
    wanted: Array
    found: Array | None
    shape: tuple[int, ...]


@dataclass(frozen=True)
class Located:
    """The point at which the function departs from the engine.

    Attributes:
        suspect: the wrong value.
        right: keys of the quantities that were found, in order of computation.
        missing: keys of the needed quantities that were not found.
        instead: keys of the quantities that the wrong value equals.
        returned: everything is right except the returned value.
        mended: replacing the value makes all results right.
    """

    suspect: Suspect
    right: tuple[str, ...]
    missing: tuple[str, ...]
    instead: tuple[str, ...] = ()
    returned: bool = False
    mended: bool = False


def locate(source: str, name: str, case: Case, run: Rerun) -> Located | None:
    """Find the first mistake in a function whose results are wrong in this case.

    Args:
        source: the learner's code.
        name: the function.
        case: the run with the expected values.
        run: calls a function of a source with a list of arguments.

    Returns:
        The departure, or None if the instrumented function does not run.
    """
    text, definitions = sewn(source, name)
    given = list(case.given.values())

    def tried(plans: Sequence[Plan]) -> tuple[tuple[Passing, ...], tuple[Array | None, ...]]:
        return decode_answer(run(text, AGAIN, encode_request(case, given, plans)))

    passings, offs = tried([(), *shakes(definitions)])
    if not offs or offs[0] is None:
        return None
    return _Search(case, definitions, passings, offs[0], offs[1:]).locate(tried)


@dataclass(frozen=True)
class _Search:
    """The search in one run.

    Attributes:
        case: the run with the expected values.
        definitions: the definitions of the source.
        passings: the recorded values.
        off: errors of the results, relative to the tolerance.
        shaken: the same after changing the values of each definition.
    """

    case: Case
    definitions: Sequence[Definition]
    passings: Sequence[Passing]
    off: Array
    shaken: Sequence[Array | None]

    @cached_property
    def seen(self) -> Recognition:
        """The recognised values."""
        return Recognition(self.case, self.passings)

    def locate(self, tried: Tried) -> Located | None:
        """Try the replacements and return the departure; see `locate`."""
        mends = list(islice(self._trials(), MOST))
        offs = tried([mend.plan for mend in mends])[1] if mends else ()
        good = [m for m, off in zip(mends, offs, strict=False) if self._mended(off)]
        chosen = MendSelector(self.seen, self.definitions).select(good)
        if chosen is None:
            return self._first_unknown()
        slot, _, _ = chosen.changed[0]
        instead = self.seen.match(slot.value).whole & (
            self.case.quantities.keys() | self.case.inputs
        )
        suspect, found = self._suspect(chosen), self.seen.found_and_missing()
        return Located(suspect, *found, tuple(sorted(instead)), mended=True)

    def _mended(self, off: Array | None) -> bool:
        return off is not None and off.shape == self.off.shape and bool(_rights(off).all())

    # ---- what may mend it -------------------------------------------------------------------

    def _groups(self) -> Iterator[MendGroup]:
        """Yield the values to replace together, in order of computation."""
        made: dict[int, list[Passing]] = {}
        for passing in self.passings:
            made.setdefault(passing.definition, []).append(passing)
        yielded: set[tuple[int, int]] = set()
        for number, passings in made.items():
            definition = self.definitions[number]
            if definition.kind in (ARGUMENT, RETURN) and definition.own:
                continue
            yield MendGroup((number,), tuple(passings))
            written_at = (definition.line, definition.inside)
            others = tuple(
                n
                for n in made
                if (self.definitions[n].line, self.definitions[n].inside) == written_at
                and self.definitions[n].kind == definition.kind
            )
            if len(others) > 1 and written_at not in yielded:
                yielded.add(written_at)
                yield MendGroup(others, tuple(p for n in others for p in made[n]))

    def _concerns(self, group: MendGroup) -> bool:
        """Return whether every wrong result depends on the group; integer results may depend on it
        without changing."""
        if any(counts(self.case.value(key)) for key in self.case.wanted_keys):
            return True
        depend = np.zeros(self.off.shape, bool)
        for number in group.definitions:
            off = self.shaken[number]
            if off is None or off.shape != self.off.shape:
                return True
            depend |= off != self.off
        return bool((depend | _rights(self.off)).all())

    def _trials(self) -> Iterator[Mend]:
        """Yield the replacements to try: candidates of the right size, and for unrecognised values
        also of other sizes."""
        substitutions = Substitutions(self.seen)
        for group in self._groups():
            for slots in substitutions.slots(group) if self._concerns(group) else ():
                odd = all(s.value.size == 1 or not self.seen.recognised(s.passing) for s in slots)
                for given in substitutions.given(slots):
                    plan = laid_out(slots, given)
                    if plan is None and odd and all(one.whole for one, _ in given):
                        plan = in_another_size(slots, given, substitutions.rows)
                    if plan is not None:
                        yield Mend(group, tuple(slots), given, plan)

    # ---- what is said of it -----------------------------------------------------------------

    def _suspect(self, mend: Mend) -> Suspect:
        slot, candidate, t = mend.changed[0]
        definition = self.definitions[slot.passing.definition]
        wanted = candidate.at[t]
        found = laid(slot.value, wanted.shape)
        key = candidate.key(t)
        return Suspect(
            key, candidate.tree, definition.line, definition.name, wanted, found, slot.value.shape
        )

    def _first_unknown(self) -> Located | None:
        """Return the departure when nothing mends the function.

        If all values before the return are known, the returned value is wrong; otherwise the first
        unknown value is.
        """
        right, missing = self.seen.found_and_missing()
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
        key = self._guess_meaning(first, missing) if unknown else self._first_wrong
        wanted = self.case.value(key)
        found = laid(first.value, wanted.shape)
        shape = first.value.shape
        suspect = Suspect(key, None, definition.line, definition.name, wanted, found, shape)
        return Located(suspect, right, missing, (), unknown is None)

    @property
    def _first_wrong(self) -> str:
        """The key of the first wrong result."""
        return self.case.wanted_keys[int(np.argmin(_rights(self.off)))]

    def _guess_meaning(self, passing: Passing, missing: Sequence[str]) -> str:
        fitting = [k for k in missing if self.case.value(k).size == passing.value.size]
        own = [k for k in fitting if not self.case.quantities[k].part_of]
        return next(iter((*own, *fitting, *missing, *self.case.quantities)))


def _rights(off: Array) -> Array:
    return np.asarray((off >= 0) & (off <= 1))
