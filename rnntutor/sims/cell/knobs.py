"""The knobs of `cell`, including settings that are no field: an entry of a matrix, a whole
parameter, a clamp."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnntutor.nn.cells.registry import CELLS
from rnntutor.sims.base import Knob, knobs
from rnntutor.sims.cell.settings import (
    CellSettings,
    check_entry,
    parameters,
    unknown,
)
from rnntutor.sims.common import clamps
from rnntutor.sims.common import parameters as _parameters

FIELDS = knobs(CellSettings)


def knob(settings: CellSettings, name: str) -> Knob:
    """Return the knob of a setting; in the name of a clamp, `t` stands for the cursor's step
    ("clamp_f@t").

    Raises:
        SettingError: this cell has no such setting.
    """
    if name in FIELDS:
        bias = CELLS[settings.cell].forget_bias
        own = bias and name == "forget_bias"
        return replace(FIELDS[name], symbol=bias) if own else FIELDS[name]
    if clamps.is_clamp(name):
        gate, _ = clamps.split_name(name, settings.cell)
        low = clamps.lowest(gate, settings.cell)
        choices = (*([-1] if low else []), 0, 1)
        return Knob("clamp", low, 1.0, 0.5, choices=choices, symbol=gate)
    spec = CELLS[settings.cell]
    shapes = _parameters.shapes(spec.kind, settings.units, settings.width, settings.outputs)
    entry = _parameters.entry(name)
    if entry and entry[0] in shapes:
        check_entry(name, entry[1], shapes[entry[0]])
    elif name not in shapes:
        raise unknown(name, settings.cell, tuple(shapes))
    # A saturated gate needs sums far from 0; a plain RNN shows most between -3 and 3.
    far, step = (20.0, 0.5) if spec.gated and not name.startswith("V") else (3.0, 0.1)
    return Knob("float", -far, far, step, symbol=name)


def idle(settings: CellSettings) -> frozenset[str]:
    """Return settings without effect on this cell: the forget bias and the initial memory, where it
    has none, and how words become vectors, where it reads numbers."""
    spec = CELLS[settings.cell]
    lacking = {
        "forget_bias": spec.forget_bias,
        "c0": "c" in spec.states,
        "embedding": bool(settings.text),
    }
    return frozenset(name for name, there in lacking.items() if not there)


def value(settings: CellSettings, name: str) -> object:
    """Return the value of a setting (names as for `knob`, with a number for `t`).

    None for a gate that is not clamped there, and for a parameter whose entries differ (turning it
    makes them equal).
    """
    if name in FIELDS:
        return _field(settings, name)
    if clamps.is_clamp(name):
        return clamps.held_at(settings.clamps, *clamps.split_name(name, settings.cell))
    knob(settings, name)
    entry = _parameters.entry(name)
    if entry:
        return float(parameters(settings)[entry[0]][entry[1]])
    entries = np.unique(parameters(settings)[name])
    return float(entries[0]) if entries.size == 1 else None


def _field(settings: CellSettings, name: str) -> object:
    """Return a field as a lesson would write it: a vector of equal numbers as one number."""
    there = getattr(settings, name)
    if name in ("h0", "c0"):
        return there[0] if len(set(there)) == 1 else there
    if name == "x" and there and len(there[0]) == 1:
        return tuple(row[0] for row in there)
    return there
