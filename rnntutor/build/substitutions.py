"""The replacements to try for a learner's values: whole values and blocks of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, permutations, product

import numpy as np

from rnntutor.build.candidates import Candidate
from rnntutor.build.recognition import Recognition, equal
from rnntutor.build.seams import Passing, Plan, Replacement
from rnntutor.nn.arrays import Array

ORDERS = 300  # ways to give several values to several slots

Given = tuple[tuple[Candidate, int], ...]  # one for each slot, each at a time step


@dataclass(frozen=True, eq=False)
class Slot:
    """A value, or a block of one, that may be replaced.

    Attributes:
        passing: the recorded value.
        cut: the slices of the block.
        row: the row that the block is in, if the value is cut by rows.
    """

    passing: Passing
    cut: tuple[slice, ...]
    row: int | None = None

    @property
    def value(self) -> Array:
        """The numbers of the block."""
        return self.passing.value[self.cut]

    @property
    def tall(self) -> bool:
        """Whether the block belongs to an array with more than one row."""
        return self.passing.value.ndim == 2 and self.passing.value.shape[0] > 1


Substitution = tuple[Slot, Candidate, int]  # with what is put there, and its time step


@dataclass(frozen=True, eq=False)
class MendGroup:
    """Values that are replaced together: all values of one definition, or of one statement."""

    definitions: tuple[int, ...]
    passings: tuple[Passing, ...]


@dataclass(frozen=True, eq=False)
class Mend:
    """A replacement of a group that makes the function's results right."""

    group: MendGroup
    slots: tuple[Slot, ...]
    given: Given
    plan: Plan

    @cached_property
    def changed(self) -> tuple[Substitution, ...]:
        """The slots that get other numbers, each with its candidate and time step."""
        return tuple(
            (slot, item, t)
            for slot, (item, t) in zip(self.slots, self.given, strict=True)
            if not equal(slot.value, item.at[t])
        )

    @property
    def partly(self) -> bool:
        """Whether some of several values computed together were right already."""
        turns = {slot.passing.turn for slot, _, _ in self.changed}
        together = [slot for slot in self.slots if slot.passing.turn in turns]
        return len(turns) == 1 and len(together) > len(self.changed)


class Substitutions:
    """Enumerates slots and candidates for the values of one run."""

    def __init__(self, seen: Recognition) -> None:
        self._seen = seen

    def slots(self, group: MendGroup) -> Iterator[list[Slot]]:
        """Yield the lists of slots to replace: first of the unrecognised values, then of all;
        whole, then in blocks."""
        unknown = [p for p in group.passings if not self._seen.recognised(p)]
        every = list(group.passings)
        for some in (unknown, every) if 0 < len(unknown) < len(every) else (every,):
            yield [Slot(p, (slice(None),) * p.value.ndim) for p in some]
            if len({p.value.shape for p in some}) == 1:
                for cuts in self._cuts(some[0].value.shape):
                    yield from self._blocks([Slot(p, cut, row) for p in some for cut, row in cuts])

    def _blocks(self, slots: list[Slot]) -> Iterator[list[Slot]]:
        """Yield selections of blocks: all unrecognised ones; else each one, or all in the same
        column."""
        unknown = [slot for slot in slots if not self._seen.is_one_thing(slot.value)]
        if unknown:
            yield unknown
        if len(unknown) == len(slots):
            return
        columns: dict[object, list[Slot]] = {}
        for slot in slots:
            columns.setdefault((slot.passing.definition, slot.passing.index, _column(slot)), [])
            columns[slot.passing.definition, slot.passing.index, _column(slot)].append(slot)
        if len(slots) <= 8:
            yield from ([slot] for slot in slots)
            yield slots
        yield from (column for column in columns.values() if 1 < len(column) < len(slots))

    def _cuts(self, shape: tuple[int, ...]) -> list[list[tuple[tuple[slice, ...], int | None]]]:
        """Return the ways to cut an array into blocks: gates below or beside each other, state and
        input beside each other, the rows of a sequence."""
        found: list[list[tuple[tuple[slice, ...], int | None]]] = []
        if not shape:
            return found
        axes = [_parts(n, self._sizes) for n in shape]
        for parts in product(*axes):
            blocks = list(product(*parts))
            if 1 < len(blocks) <= 8:
                found.append([(block, None) for block in blocks])
        if len(shape) == 2 and shape[0] in (self._T, self._T + 1) and self._T > 1:
            columns = _parts(shape[1], self._sizes)
            for parts_ in columns:
                found.append([((slice(r, r + 1), c), r) for r in range(shape[0]) for c in parts_])
        return found

    @cached_property
    def rows(self) -> bool:
        """Whether the function keeps vectors as arrays of one row."""
        return any(p.value.ndim == 2 and p.value.shape[0] == 1 for p in self._seen.passings)

    @cached_property
    def _T(self) -> int:
        """The number of time steps."""
        return max((t for item in self._seen.items for t in item.at), default=0)

    @cached_property
    def _sizes(self) -> tuple[int, ...]:
        """The lengths of the vectors among the candidates."""
        sizes = {v.shape[0] for i in self._seen.items for v in i.at.values() if v.ndim == 1}
        return tuple(sorted(sizes))

    def given(self, slots: Sequence[Slot]) -> Iterator[Given]:
        """Yield assignments of one candidate to each slot."""
        if len(slots) == 1:
            for item in self._seen.items:
                if not isinstance(item.tree, ast.UnaryOp):
                    yield from (((item, t),) for t in item.at)
            yield ((_zeros(slots[0].value.shape), 0),)
            return
        if self._T > 1:
            yield from self._over_time(slots)
        yield from self._side_by_side(slots)

    def _over_time(self, slots: Sequence[Slot]) -> Iterator[Given]:
        """Yield assignments of one quantity at successive time steps, forwards or backwards."""
        turns = [slot.passing.turn if slot.row is None else slot.row for slot in slots]
        columns = [(s.passing.definition, s.passing.index, _column(s)) for s in slots]
        distinct = list(dict.fromkeys(columns))
        timed = [item for item in self._seen.items if max(item.at) > 0]
        for times in ([n + 1 for n in turns], [self._T - n for n in turns], turns):
            choices = [
                [
                    item
                    for item in timed
                    if all(
                        t in item.at
                        for s, t, p in zip(slots, times, columns, strict=True)
                        if p == column
                    )
                ]
                for column in distinct
            ]
            for chosen in islice(product(*choices), ORDERS):
                by_column = dict(zip(distinct, chosen, strict=True))
                yield tuple((by_column[p], t) for p, t in zip(columns, times, strict=True))
        if len(distinct) == 1:  # the same at every step
            for item in self._seen.items:
                if 0 in item.at:
                    yield tuple((item, 0) for _ in slots)

    def _side_by_side(self, slots: Sequence[Slot]) -> Iterator[Given]:
        """Yield assignments of corresponding quantities of several gates in any order, or of two
        different quantities."""
        if len(slots) > 8:
            return
        alike: dict[str, dict[str, Candidate]] = {}
        for item in self._seen.items:
            if 0 in item.at and item.gate:
                alike.setdefault(item.pattern, {})[item.gate] = item
        # Arrays of several columns hold the same gate in a row: dU_f beside dW_f.
        columns = {slot.cut[-1].start for slot in slots if slot.tall} or {None}
        many = len(slots) // len(columns)
        choices = [
            [
                items
                for items in alike.values()
                if _first(items).at[0].size == slot.value.size
                and (len(columns) == 1 or _first(items).tree is None)
            ]
            for slot in slots[: len(columns)]
        ]
        for items in islice(product(*choices), ORDERS):
            gates = [gate for gate in items[0] if all(gate in one for one in items)]
            if many <= len(gates) <= 4:
                for order in permutations(gates, many):
                    yield tuple((one[gate], 0) for gate in order for one in items)
        if len(slots) == 2 and slots[0].value.size != slots[1].value.size:
            whole = [(i, t) for i in self._seen.items if i.tree is None for t in i.at]
            first, second = (
                [(i, t) for i, t in whole if i.at[t].size == slot.value.size] for slot in slots
            )
            yield from islice(product(first, second), ORDERS)


def laid_out(slots: Sequence[Slot], given: Given) -> Plan | None:
    """Return the plan that puts the candidates into the slots; None if a shape does not fit."""
    whole: dict[tuple[int, int, int], Array] = {}
    for slot, (item, t) in zip(slots, given, strict=True):
        value = laid(item.at[t], slot.value.shape)
        if value is None:
            return None
        p = slot.passing
        key = (p.definition, p.turn, p.index)
        whole.setdefault(key, p.value.copy())[slot.cut] = value
    return tuple(Replacement(*key, value) for key, value in whole.items())


def in_another_size(slots: Sequence[Slot], given: Given, rows: bool) -> Plan | None:
    """Return the plan that puts the candidates into values of another size.

    Args:
        slots: whole values.
        given: one candidate and time step a slot.
        rows: write vectors as arrays of one row.
    """
    plan: list[Replacement] = []
    for slot, (item, t) in zip(slots, given, strict=True):
        p, value = slot.passing, item.at[t]
        if slot.value.size != p.value.size or laid(value, p.value.shape) is not None:
            return None
        value = value[None] if rows and value.ndim == 1 else value
        plan.append(Replacement(p.definition, p.turn, p.index, value))
    return tuple(plan)


def laid(value: Array, shape: tuple[int, ...]) -> Array | None:
    """Return the value in another shape: with other axes of length 1, or transposed; None if
    impossible."""
    flat = np.squeeze(value)
    goal = tuple(n for n in shape if n != 1)
    if flat.shape == goal:
        return flat.reshape(shape)
    if flat.ndim == 2 and flat.T.shape == goal:
        return flat.T.reshape(shape)
    return None


def _parts(n: int, sizes: Sequence[int]) -> list[list[slice]]:
    """Return the ways to cut a length: not at all, into equal parts, or into two lengths of known
    vectors."""
    found = [[slice(0, n)]]
    for size in sizes:
        if n % size == 0 and 1 < n // size <= 4 and size > 1:
            found.append([slice(k, k + size) for k in range(0, n, size)])
        if n - size in sizes and n != 2 * size:
            found.append([slice(0, size), slice(size, n)])
    return found


def _column(slot: Slot) -> tuple[int | None, ...]:
    if slot.row is None:
        return tuple(c.start for c in slot.cut)
    return tuple(c.start for c in slot.cut[1:])


def _first(items: Mapping[str, Candidate]) -> Candidate:
    return next(iter(items.values()))


def _zeros(shape: tuple[int, ...]) -> Candidate:
    return Candidate("nothing", None, True, True, {0: np.zeros(shape)})
