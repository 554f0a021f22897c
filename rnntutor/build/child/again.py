"""Runs a function again and again with other values in the places of its own.

The source of the function has a call of `seam` behind everything that it defines. Of the values
that come by there a plan says which are replaced by which.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

MOST = 2000  # values that are kept of a run


@dataclass
class _Pass:
    """One run. new: (definition, turn) -> number of a value there -> what is put in its place.
    shake: the definition at which everything gets other numbers. log: [definition, its values] of
    everything that came by, None if that is not kept."""

    new: dict[tuple[int, int], dict[int, Any]] = field(default_factory=dict)
    shake: int = -1
    log: list[list[Any]] | None = None
    turns: dict[int, int] = field(default_factory=dict)


_now = _Pass()


def seam(definition: int, value: Any, in_place: bool = False) -> Any:
    """What is to stand in the place of a value that was made at a definition. in_place: an array
    keeps its place in memory and gets other numbers."""
    turn = _now.turns.get(definition, 0)
    _now.turns[definition] = turn + 1
    if _now.log is not None and len(_now.log) < MOST:
        _now.log.append([np.array(definition), *(_numbers(one) for one in _flat(value))])
    if _now.shake == definition:
        put = _put(value, _shaken(value), [0])
    elif (definition, turn) in _now.new:
        put = _put(value, _now.new[definition, turn], [0])
    else:
        return value
    if in_place and getattr(value, "shape", None) == getattr(put, "shape", ()):
        value[...] = put
        return value
    return put


def again(
    function: Any,
    plans: list[Any],
    wanted: list[Any],
    rounding: list[float],
    given: tuple[Any, ...],
) -> list[Any]:
    """[what came by in the first run, how far the results of each run are off].

    plans: of each run [[definition, turn, number of the value, what is put there]]; None in the
    place of the last shakes. rounding: absolute and relative. How far each array of the results is
    off is told in units of rounding, -1 for another shape; of a run that is neither the first nor
    a shake up to the first that is wrong; None for one that stopped.
    """
    global _now
    sys.settrace(None)
    log: list[list[Any]] = []
    found: list[Any] = []
    for number, plan in enumerate(plans):
        _now = _Pass(log=log if number == 0 else None)
        for definition, turn, place, value in plan:
            if value is None:
                _now.shake = definition
            else:
                _now.new.setdefault((definition, turn), {})[place] = value
        try:
            results = function(*(_copied(one) for one in given))
            if len(wanted) == 1 and not (isinstance(results, tuple) and len(results) == 1):
                results = [results]
            offs = []
            for off in _off(results, wanted, rounding):
                offs.append(off)
                if number and _now.shake < 0 and not 0 <= off <= 1:
                    break
            found.append(np.array(offs))
        except Exception:
            found.append(None)
    return [log, *found]


def _off(found: Any, wanted: Any, rounding: list[float]) -> Iterator[float]:
    if isinstance(wanted, dict):
        for key, value in wanted.items():
            there = found.get(key) if isinstance(found, dict) else None
            yield from _off(there, value, rounding)
    elif isinstance(wanted, list):
        entries = list(found) if isinstance(found, (list, tuple)) else []
        entries += [None] * (len(wanted) - len(entries))
        for entry, value in zip(entries, wanted, strict=False):
            yield from _off(entry, value, rounding)
    else:
        array = _numbers(found)
        if array is None or array.shape != wanted.shape:
            yield -1.0
        else:
            off = abs(array - wanted) / (rounding[0] + rounding[1] * abs(wanted))
            most = float(off.max(initial=0.0))
            yield most if most < 1e300 else 1e300


def _is_one(value: Any) -> bool:
    """Whether a value counts as one: no dictionary, and no list but of plain numbers."""
    if isinstance(value, (list, tuple)):
        return bool(value) and all(type(v) in (int, float) for v in value)
    return not isinstance(value, dict)


def _flat(value: Any) -> list[Any]:
    """The values in a value."""
    if _is_one(value):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    return [one for v in inner for one in _flat(v)]


def _put(value: Any, new: dict[int, Any], at: list[int]) -> Any:
    """The value with those of the values in it replaced that `new` has, by number. at: the number
    of the next."""
    if not _is_one(value):
        if isinstance(value, dict):
            return {key: _put(v, new, at) for key, v in value.items()}
        return type(value)([_put(v, new, at) for v in value])
    at[0] += 1
    if at[0] - 1 not in new:
        return value
    put = new[at[0] - 1]
    if isinstance(value, (list, tuple)):
        return type(value)(put.ravel().tolist())
    if isinstance(value, (int, float)) and put.size == 1:
        return type(value)(put.ravel()[0])
    return put.copy()


def _numbers(value: Any) -> Any:
    """The value as an array of numbers, None if it is none."""
    try:
        return np.array(value, float) if not isinstance(value, str) else None
    except (TypeError, ValueError):
        return None


def _shaken(value: Any) -> dict[int, Any]:
    """Other numbers for all values in a value."""
    arrays = {n: _numbers(one) for n, one in enumerate(_flat(value))}
    return {
        n: array + 0.1 + 0.01 * np.arange(array.size).reshape(array.shape)
        for n, array in arrays.items()
        if array is not None
    }


def _copied(value: Any) -> Any:
    """A value of its own for each run, as the function may change what it is given."""
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_copied(inner) for inner in value]
    return value.copy() if hasattr(value, "copy") else value
