"""Runs a function repeatedly with some of its values replaced.

The function's source calls `seam` after every definition; a plan lists the values to replace there.
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
    """The state of one run.

    Attributes:
        new: (definition, turn) -> index of a value -> its replacement.
        shake: definition whose values are all replaced by other numbers, or -1.
        log: [definition, its values] for everything recorded, or None if nothing is.
        turns: how often each definition has been passed.
    """

    new: dict[tuple[int, int], dict[int, Any]] = field(default_factory=dict)
    shake: int = -1
    log: list[list[Any]] | None = None
    turns: dict[int, int] = field(default_factory=dict)


_now = _Pass()


def seam(definition: int, value: Any, in_place: bool = False) -> Any:
    """Record a value and return it or its replacement.

    Args:
        definition: index of the definition.
        value: its value.
        in_place: write the replacement into the same array.
    """
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
    """Run a function once for each plan.

    Args:
        function: the learner's function.
        plans: for each run a list of [definition, turn, index of the value, replacement]; a
            replacement of None changes all values of the definition.
        wanted: the expected results.
        rounding: absolute and relative tolerance.
        given: the function's arguments.

    Returns:
        [values recorded in the first run, errors of each run's results]. An error is in units of
        the tolerance, -1 for a wrong shape. Runs other than the first and those that change a
        definition end at the first wrong result. A run that raised has None.
    """
    global _now
    sys.settrace(None)
    log: list[list[Any]] = []
    found: list[Any] = []
    for number, plan in enumerate(plans):
        _now = _Pass(log=log if number == 0 else None)
        for definition, turn, index, value in plan:
            if value is None:
                _now.shake = definition
            else:
                _now.new.setdefault((definition, turn), {})[index] = value
        try:
            results = function(*(_copy(one) for one in given))
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
    """Return whether a value is an array or number, not a dictionary or a list of arrays."""
    if isinstance(value, (list, tuple)):
        return bool(value) and all(type(v) in (int, float) for v in value)
    return not isinstance(value, dict)


def _flat(value: Any) -> list[Any]:
    """Return the arrays and numbers within a value."""
    if _is_one(value):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    return [one for v in inner for one in _flat(v)]


def _put(value: Any, new: dict[int, Any], at: list[int]) -> Any:
    """Return the value with those of its parts replaced whose index is in `new`; `at` counts the
    parts."""
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
    """Return the value as a float array, or None if it is not numeric."""
    try:
        return np.array(value, float) if not isinstance(value, str) else None
    except (TypeError, ValueError):
        return None


def _shaken(value: Any) -> dict[int, Any]:
    """Return other numbers for all parts of a value."""
    arrays = {n: _numbers(one) for n, one in enumerate(_flat(value))}
    return {
        n: array + 0.1 + 0.01 * np.arange(array.size).reshape(array.shape)
        for n, array in arrays.items()
        if array is not None
    }


def _copy(value: Any) -> Any:
    """Copy an argument for each run, since the function may modify it."""
    if isinstance(value, dict):
        return {key: _copy(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_copy(inner) for inner in value]
    return value.copy() if hasattr(value, "copy") else value
