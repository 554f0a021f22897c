"""Where a learner's function departs from the engine.

A pure function from the values that the function's variables had, line by line, and the quantities
of the engine in the same run, to the first quantity that is nowhere among those values and the
line at which it should have come out.

The values form a graph: each was made by a line from values that this line read. A value is
*right* if it is one of the engine's quantities, or if one of those was made from it: a helper of
the learner's own need not be a quantity of the engine to be right. The line at fault is the first
that made a value which is not right from values that are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from rnntutor.build.cases import Case, Quantity
from rnntutor.build.helpers import helpers
from rnntutor.build.leaves import Known, Match
from rnntutor.build.runner import Event, Run
from rnntutor.nn.arrays import Array


@dataclass(frozen=True)
class Suspect:
    """A quantity that is nowhere, and where it should have come out.

    line: of the source. name: of the variable there, "return" for a result. found: the value there;
    None if nothing there has the shape of the quantity.
    """

    key: str
    line: int
    name: str
    found: Array | None


@dataclass(frozen=True)
class Located:
    """Where the function departs; which quantity is meant is decided by what can be explained.

    suspects: what the first wrong value may have been meant to be, the likeliest first. sources:
    the values from which it was made, each with the line and the variable. right: the quantities
    that were found, in the order of computation. missing: those that are nowhere. renamed: a
    variable has the name of one quantity or input and the value of another: (line, its name, key
    of what it is). stored: every value that a line made, or that a variable holds beside the
    arguments.
    """

    suspects: tuple[Suspect, ...]
    right: tuple[str, ...]
    missing: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    renamed: tuple[int, str, str] | None = None
    stored: tuple[Array, ...] = ()


class Source(NamedTuple):
    """A value from which a wrong one was made, and where it was stored. direct: not by way of
    others; keys: of the inputs and quantities that it is."""

    line: int
    name: str
    value: Array
    direct: bool
    keys: frozenset[str]


@dataclass
class _Node:
    """A value: made by which line, from which values; and what it is.

    names: the variables it stands in, each with its line; the first is where it was made.
    stood: in which variable each of the values that were read stood.
    """

    place: int
    names: list[tuple[int, str]]
    read: tuple[int, ...]
    value: Array
    match: Match
    stood: Mapping[int, str]
    made: set[int] = field(default_factory=set)  # places of the values made from it

    @property
    def line(self) -> int:
        return self.names[0][0]


def locate(case: Case, run: Run, wrong: Sequence[Array]) -> Located | None:
    """The first quantity that is nowhere. wrong: the results that are not right.

    None if nothing that was computed is wrong: then the right things were returned in the wrong
    places.
    """
    return _Search(case, run, wrong).located()


@dataclass(frozen=True)
class _Search:
    case: Case
    run: Run
    wrong: Sequence[Array]

    @cached_property
    def known(self) -> Known:
        """Every quantity and input, and what may be stored on the way to them."""
        quantities = {key: q.value for key, q in self.case.quantities.items()}
        return Known({**helpers(self.case), **self.case.inputs, **quantities})

    @cached_property
    def nodes(self) -> dict[int, _Node]:
        """The values by their place, in the order in which they were made. Those that are given
        were made by no line."""
        nodes: dict[int, _Node] = {}
        for event in self.run.events:
            for made in event.made:
                self._add(nodes, event, made.part, made.name, made.read)
                if made.whole != made.part:
                    part = (made.part, made.name)
                    self._add(nodes, event, made.whole, made.name, (*made.read, part))
        for node in nodes.values():
            for place in node.read:
                if place in nodes:
                    nodes[place].made.add(node.place)
        return nodes

    def _add(
        self,
        nodes: dict[int, _Node],
        event: Event,
        place: int,
        name: str,
        read: tuple[tuple[int, str], ...],
    ) -> None:
        if place in nodes:
            nodes[place].names.append((event.line, name))
            return
        stood = {source: variable for source, variable in read if source != place}
        if name == "return" and any(source == place for source, _ in read):
            return
        if place in self._given:
            self.aliases.setdefault(place, []).append((event.line, name))
            return
        value = self.run.leaves[place]
        nodes[place] = _Node(
            place, [(event.line, name)], tuple(stood), value, self.known.match(value), stood
        )

    @cached_property
    def aliases(self) -> dict[int, list[tuple[int, str]]]:
        """The lines and names of variables that hold an argument as it was given."""
        return {}

    @cached_property
    def _given(self) -> frozenset[int]:
        """The places of the arguments as they are."""
        known = Known(self.case.inputs)
        return frozenset(
            place for place, leaf in enumerate(self.run.leaves) if known.match(leaf).whole
        )

    @cached_property
    def seen(self) -> frozenset[str]:
        """The quantities that stand in some value."""
        keys = frozenset().union(*(node.match.keys for node in self.nodes.values()))
        return keys & self.case.quantities.keys()

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The quantities that are nowhere, and from which nothing that is somewhere was made."""
        after = self.case.after()
        wanted = {key for result in self.case.wanted for _, key in result.entries}
        return tuple(
            key
            for key in self.case.quantities
            if key not in self.seen
            and not after[key] & self.seen
            and (key in wanted or after[key] & wanted)
        )

    @cached_property
    def right(self) -> frozenset[int]:
        """The places of values that are right."""
        found: set[int] = set()
        for node in reversed(list(self.nodes.values())):
            if self._suspect(node):
                continue
            itself = bool(node.match.whole) or not node.match.rest
            if itself or _counts(node.value) or self._leads_to_a_quantity(node):
                found.add(node.place)
        return frozenset(found)

    def _leads_to_a_quantity(self, node: _Node) -> bool:
        """Whether something that is right was made from this value, directly or not."""
        todo, been = list(node.made), {node.place}
        while todo:
            place = todo.pop()
            if place in been:
                continue
            been.add(place)
            later = self.nodes[place]
            if self._suspect(later):
                continue  # what is right in it need not have come from here
            if later.match.keys - self.case.inputs.keys():
                return True
            todo += later.made
        return False

    def _suspect(self, node: _Node) -> bool:
        """Whether the value holds several quantities of which one is not right: three of four sums,
        and something else. Or the same argument twice where others of its like are wanted."""
        blocks = node.match.blocks
        if not blocks or _counts(node.value):
            return False
        given = [key for key in blocks if key in self.case.inputs]
        twice = len(given) > len(set(given)) and len(given) == len(blocks)
        return node.match.rest or twice

    @cached_property
    def concerned(self) -> frozenset[int]:
        """The places of the values from which the wrong results were made."""
        todo = [
            node.place
            for node in self.nodes.values()
            if any(_equal(node.value, value) for value in self.wrong)
        ]
        found: set[int] = set()
        while todo:
            place = todo.pop()
            if place not in found and place in self.nodes:
                found.add(place)
                todo += self.nodes[place].read
        return frozenset(found) or frozenset(self.nodes)

    def located(self) -> Located | None:
        """See `locate`."""
        for node in self.nodes.values():
            if node.place not in self.concerned or node.place in self.right:
                continue
            if all(p in self.right or p not in self.nodes for p in node.read):
                return Located(
                    self._meant(node), self._found(), self.missing,
                    self._sources(node), self._renamed(node),
                    self._stored(),
                )  # fmt: skip
        if not self.missing:
            return None
        line, name = self._last()
        return Located((Suspect(self.missing[0], line, name, None),), self._found(), self.missing)

    def _last(self) -> tuple[int, str]:
        """Where the last of the wrong results was made, for what cannot be said better."""
        wrong = [n for n in self.nodes.values() if any(_equal(n.value, v) for v in self.wrong)]
        if wrong:
            return _last_name(wrong[-1])
        return max((event.line for event in self.run.events), default=0), ""

    def _meant(self, node: _Node) -> tuple[Suspect, ...]:
        line, name = self._where(node)
        keys = self._keys(node)
        if not keys:
            return (Suspect(self._of_its_like(node) or self._first(), line, name, None),)
        return tuple(Suspect(key, line, name, self._own(node, key)) for key in keys)

    def _container(self, entry: tuple[int, str]) -> bool:
        """Whether several of the arguments are in one variable: a dictionary of them."""
        return sum(entry in entries for entries in self.aliases.values()) > 1

    def _stored(self) -> tuple[Array, ...]:
        given = [self.run.leaves[place] for place in self.aliases]
        return (*(node.value for node in self.nodes.values()), *given)

    def _sources(self, node: _Node) -> tuple[Source, ...]:
        found: dict[int, Source] = {}
        todo = [(node, place) for place in node.read]
        while todo:
            reader, place = todo.pop(0)
            if place in found:
                continue
            value, variable = self.run.leaves[place], reader.stood[place]
            source = self.nodes.get(place)
            places = source.names if source else self.aliases.get(place, [])
            named = [entry for entry in places if entry[1] == variable]
            if source is not None:
                entry = named[-1] if named else _last_name(source)
                todo += [(source, deeper) for deeper in source.read]
            elif named and not self._container(named[-1]):
                entry = named[-1]
            else:
                continue  # an argument as it was given
            keys = self.known.match(value).whole
            found[place] = Source(*entry, value, reader is node, keys)
        return tuple(found.values())

    def _first(self) -> str:
        return self.missing[0] if self.missing else next(iter(self.case.quantities))

    def _where(self, node: _Node) -> tuple[int, str]:
        """The line at fault and its variable. What a function within the function returns is the
        fault of whoever called it, if the same line has made something right as well."""
        line, name = node.names[0]
        if name == "return" and any(
            other.line == line and other.place in self.right for other in self.nodes.values()
        ):
            return next((entry for entry in node.names if entry[0] != line), (line, name))
        return next((e for e in node.names if e[0] == line and e[1] != "return"), (line, name))

    def _renamed(self, node: _Node) -> tuple[int, str, str] | None:
        """A variable that goes into the value, has the name of an input or a quantity, and is
        another one; of a quantity only if that stands in a variable as well, under another name."""
        inputs = Known(self.case.inputs)
        for place in node.read:
            for line, name in self.aliases.get(place, []):
                keys = inputs.match(self.run.leaves[place]).whole
                if name in self.case.inputs and name not in {_base(key) for key in keys}:
                    return line, name, min(keys)
            source = self.nodes.get(place)
            keys = source.match.whole & self.case.quantities.keys() if source else frozenset()
            for line, name in source.names if source is not None and keys else ():
                if name in self.seen and name not in {_base(key) for key in keys}:
                    return line, name, min(keys)
        return None

    def _own(self, node: _Node, key: str) -> Array | None:
        """The learner's value of a quantity, in its shape."""
        right = self.case.quantities[key].value
        flat = np.squeeze(node.value)
        if flat.shape == np.squeeze(right).shape:
            return flat.reshape(right.shape)
        if flat.ndim == 2 and flat.T.shape == right.shape:
            return flat.T
        return None

    def _keys(self, node: _Node) -> list[str]:
        """Which of the missing quantities the value may have been meant to be, the likeliest
        first."""
        fitting = [key for key in self.missing if self._own(node, key) is not None]
        ready = [key for key in fitting if self._ready(self.case.quantities[key])]
        names = {name for _, name in node.names}
        named = [key for key in ready or fitting if _base(key) in names]
        return list(dict.fromkeys((*named, *self._whole(ready), *ready, *fitting)))

    def _of_its_like(self, node: _Node) -> str | None:
        """The missing one of several that stand together in one array."""
        quantities = self.case.quantities
        families = {quantities[k].family for k in node.match.blocks if k in quantities}
        return next((key for key in self.missing if quantities[key].family in families), None)

    def _ready(self, quantity: Quantity) -> bool:
        """Whether all that the quantity is made from is there, but for its own parts."""
        own = self._parts(quantity.key)
        return not any(
            key in self.missing and key not in own for key in quantity.reads.values()
        ) and not any(
            key in self.missing and key not in own
            for part in own
            for key in self.case.quantities[part].reads.values()
        )

    def _parts(self, whole: str) -> frozenset[str]:
        """The keys of the intermediate results of a quantity, and of theirs."""
        own = frozenset(k for k, q in self.case.quantities.items() if q.part_of == whole)
        return own.union(*(self._parts(key) for key in own))

    def _whole(self, keys: Sequence[str]) -> list[str]:
        """Of quantities and their parts the wholes, unless other parts of the same are there: who
        stores f·c_{t−1} by itself is told about i·g by itself."""
        quantities = self.case.quantities
        kept = []
        for key in keys:
            whole = quantities[key].part_of
            others = [k for k, q in quantities.items() if q.part_of == whole and k != key]
            if not whole or any(other in self.seen for other in others):
                kept.append(key)
        return kept

    def _found(self) -> tuple[str, ...]:
        return tuple(key for key in self.case.quantities if key in self.seen)


def _base(key: str) -> str:
    return key.split("[")[0]


def _last_name(node: _Node) -> tuple[int, str]:
    """The line and variable at which a value was last stored."""
    return next((e for e in reversed(node.names) if e[1] != "return"), node.names[0])


def _counts(value: Array) -> bool:
    """Only zeros and ones, or a whole number: room for what is to come, or something to count with.
    Such a value is never where a mistake is looked for."""
    return bool(np.isin(value, (0.0, 1.0)).all()) or (
        value.size == 1 and float(value.ravel()[0]).is_integer()
    )


def _equal(value: Array, other: Array) -> bool:
    return value.size == other.size and bool(
        np.array_equal(np.ravel(value), np.ravel(other), equal_nan=True)
    )
