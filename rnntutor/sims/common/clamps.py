"""Gates held at a value: `clamp_f` (the whole run), `clamp_f@4` (step 4), `clamp_f@4.1` (step 4,
unit 1)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rnntutor.nn.cells.reference import Clamp
from rnntutor.nn.cells.registry import CELLS
from rnntutor.sims.base import SettingError
from rnntutor.sims.common.read import number, whole

FREE = (None, "", "free")
_NAME = re.compile(r"clamp_([a-z])(?:@(t|\d+)(?:\.(\d+))?)?")

STEPS, UNITS = 60, 16  # the most that a run has

ClampIndex = tuple[int | None, int | None]
"""Step and unit; None: each of them."""


def gates(cell: str) -> tuple[str, ...]:
    """Return the gates and the candidate of a cell, which can be clamped; a plain RNN has none."""
    return tuple(block.letter for block in CELLS[cell].blocks if block.letter)


def lowest(gate: str, cell: str) -> float:
    """Return the lowest value of a gate (0) or a candidate (−1)."""
    block = CELLS[cell].block(gate)
    return block.lowest if block else 0.0


def is_clamp(name: str) -> bool:
    """Return whether a setting's name is that of a clamp, possibly of another cell's gate."""
    return _NAME.fullmatch(name) is not None


def split_name(name: str, cell: str) -> tuple[str, ClampIndex]:
    """`"clamp_f@4.1"` -> `("f", (4, 1))`; the index of "@t" is as for the whole run. Raises
    SettingError for another cell's gate and for steps and units that no run has; one that only
    this run does not have holds nothing, so that T and H can be turned."""
    match = _NAME.fullmatch(name)
    held = gates(cell)
    if match is None or match[1] not in held:
        choices = ", ".join(f"clamp_{gate}" for gate in held)
        raise SettingError("setting.unknown", name=name, choices=choices)
    t = None if match[2] in (None, "t") else whole(name, match[2], 1, STEPS)
    return match[1], (t, None if match[3] is None else whole(name, match[3], 0, UNITS - 1))


def read(given: Mapping[str, object], cell: str, steps: int, units: int) -> tuple[Clamp, ...]:
    """Return the clamps among the settings, general ones before particular ones, so that later ones
    prevail.

    A step or unit that is set free is taken out of the more general clamp.
    """
    wanted: dict[str, dict[ClampIndex, float | None]] = {}
    for name, value in given.items():
        gate, index = split_name(name, cell)
        low = lowest(gate, cell)
        held = None if value in FREE else number(name, value, low, 1.0)
        wanted.setdefault(gate, {})[index] = held
    clamps: list[Clamp] = []
    for gate, values in wanted.items():
        ordered = dict(sorted(values.items(), key=lambda item: _rank(item[0])))
        if None in ordered.values():
            ordered = _singly(ordered, steps, units)
        clamps += (Clamp(gate, v, t, u) for (t, u), v in ordered.items() if v is not None)
    return tuple(clamps)


def held_at(clamps: tuple[Clamp, ...], gate: str, index: ClampIndex) -> float | None:
    """The value that a gate is held at there; None where it is free."""
    t, unit = index
    value = None
    for clamp in clamps:
        if clamp.gate == gate and clamp.t in (None, t) and clamp.unit in (None, unit):
            value = clamp.value
    return value


def _rank(index: ClampIndex) -> tuple[bool, bool, int, int]:
    t, unit = index
    return t is not None, unit is not None, t or 0, unit or 0


def _singly(
    values: Mapping[ClampIndex, float | None], steps: int, units: int
) -> dict[ClampIndex, float | None]:
    """Expand clamps to single steps and units; a later entry replaces an earlier one."""
    single: dict[ClampIndex, float | None] = {}
    for (t, unit), value in values.items():
        for step in range(1, steps + 1) if t is None else (t,):
            for u in range(units) if unit is None else (unit,):
                single[step, u] = value
    return single
