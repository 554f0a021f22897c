"""Common mistakes in computing one step of a cell: the value that each of them gives.

A mistake starts from the displayed true state before the step and affects that step alone: the
cell's own equations are run again with something changed before them or after one phase. Clamped
values stay clamped unless the mistake is about them. Where a cell lacks the part concerned, the
mistake changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace as Record

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.cells.spec import (
    CANDIDATE,
    FORGET,
    RESET,
    SHOW,
    STATE,
    UPDATE,
    WRITE,
    CellBlock,
    CellSpec,
)
from rnntutor.nn.trace import PathError, Trace, split_path
from rnntutor.sims.cell.settings import CellSettings

# What a mistake does: to the parameters, or to the record of the step after a phase.
Before = Callable[[CellSpec, Record], None]
After = Callable[[CellSpec, str, Record], None]


def mistaken(name: str, settings: CellSettings, trace: Trace, path: str) -> float:
    """Return the value at `path` (c[2][0], f[4][0], h[3][1]) with the mistake `name` made in its
    step.

    Raises:
        PathError: the path has no step and unit, or the mistake cannot be made there.
    """
    quantity, indices = split_path(path)
    if len(indices) != 2 or indices[0] < 1:
        raise PathError(f"{path}: a mistake needs a step and a unit, as c[2][0]")
    trace[path]  # raises PathError for an entry that is not there
    values = vars(_step(trace, indices[0], name))
    if quantity not in values:
        raise PathError(f"{path}: {name} says nothing of {quantity!r}")
    return float(values[quantity][indices[1]])


def _step(trace: Trace, t: int, name: str) -> Record:
    """Compute step t with the mistake in it."""
    spec = CELLS[trace.cell]
    shapes = spec.shapes(trace.at("x", t).size, trace.units)
    p = Record(**{parameter: np.array(trace[parameter]) for parameter in shapes})
    s = Record(x=trace.at("x", t))
    for n, state in enumerate(spec.states):
        start = name == "from_start" and n > 0
        vars(s)[f"{state}_prev"] = trace.at(state, 0 if start else t - 1)
    before, after = BEFORE.get(name), AFTER.get(name)
    if before:
        before(spec, p)
    for phase, compute in spec.phases.items():
        compute(p, s)
        for block in spec.blocks:
            if spec.phase_of(block.value) == phase:
                _hold(trace, t, block, s)
        if after:
            after(spec, phase, s)
    return s


def _hold(trace: Trace, t: int, block: CellBlock, s: Record) -> None:
    """Restore the clamped values of a block."""
    for unit in range(trace.units):
        if (block.value, t, unit) in trace.clamped:
            vars(s)[block.value][unit] = trace.at(block.value, t)[unit]


# ---- before the step: in the parameters ----------------------------------------------------


def _no_bias(spec: CellSpec, p: Record) -> None:
    for name in (*(f"b{block.tail}" for block in spec.blocks), *spec.second_biases):
        vars(p)[name] = 0 * vars(p)[name]


def _swapped(spec: CellSpec, p: Record) -> None:
    """Exchange W and U: the input is multiplied by the state's matrix."""
    for block in spec.blocks:
        W, U = f"W{block.tail}", f"U{block.tail}"
        if vars(p)[W].shape != vars(p)[U].shape:
            raise PathError("swap_W_U: W and U differ in shape, so they cannot be confused")
        vars(p)[W], vars(p)[U] = vars(p)[U], vars(p)[W]


# ---- after a phase: in what it has computed ------------------------------------------------


def _changed(role: str, change: Callable[[Array, Record, CellSpec], Array]) -> After:
    """Return a mistake that changes the value of the block with that role, once computed."""

    def after(spec: CellSpec, phase: str, s: Record) -> None:
        block = spec.with_role(role)
        if block and spec.phase_of(block.value) == phase:
            vars(s)[block.value] = change(vars(s)[block.value], s, spec)

    return after


def _value(spec: CellSpec, role: str, s: Record) -> Array:
    block = spec.with_role(role)
    return np.asarray(vars(s)[block.value] if block else 1.0)


def _no_tanh(spec: CellSpec, phase: str, s: Record) -> None:
    """Use the sum itself where tanh of it is due."""
    for block in spec.blocks:
        if block.role in (CANDIDATE, STATE) and spec.phase_of(block.value) == phase:
            vars(s)[block.value] = np.array(vars(s)[f"a{block.tail}"])


def _added(change: Callable[[Array, Array, Record, CellSpec], tuple[Array, Array]]) -> After:
    """Return a mistake that changes the two products of a state before they are added."""

    def after(spec: CellSpec, phase: str, s: Record) -> None:
        for made in spec.sums.values():
            if made.phase == phase:
                pair = change(vars(s)[made.kept], vars(s)[made.added], s, spec)
                vars(s)[made.kept], vars(s)[made.added] = pair
                vars(s)[made.terms[-1].name] = pair[0] + pair[1]

    return after


def _sum_subtracted(kept: Array, added: Array, s: Record, spec: CellSpec) -> tuple[Array, Array]:
    """Subtract the gate's value from the old memory instead of multiplying by it."""
    return vars(s)[f"{spec.memory}_prev"] - _value(spec, FORGET, s), added


def _ends_swapped(kept: Array, added: Array, s: Record, spec: CellSpec) -> tuple[Array, Array]:
    """Exchange the gate and one minus the gate."""
    return vars(s)[f"{spec.memory}_prev"] - kept, _value(spec, CANDIDATE, s) - added


def _of_cells(when: Callable[[CellSpec], bool], after: After) -> After:
    """Restrict a mistake to cells for which `when` holds."""

    def own(spec: CellSpec, phase: str, s: Record) -> None:
        if when(spec):
            after(spec, phase, s)

    return own


def _writes(spec: CellSpec) -> bool:
    """Return whether the cell has separate gates for keeping and writing."""
    return spec.with_role(WRITE) is not None


def _mixes(spec: CellSpec) -> bool:
    """Return whether one gate and its complement mix the old state with the new."""
    return not _writes(spec) and bool(spec.with_role(FORGET) or spec.with_role(UPDATE))


def _output_as_it_is(spec: CellSpec, phase: str, s: Record) -> None:
    """Output the memory without tanh."""
    if spec.shows_output and spec.phase_of("h") == phase:
        s.h = _value(spec, SHOW, s) * vars(s)[spec.memory]


BEFORE: dict[str, Before] = {"no_bias": _no_bias, "swap_W_U": _swapped}
AFTER: dict[str, After] = {
    "no_tanh": _no_tanh,
    "forget_inverted": _of_cells(_writes, _changed(FORGET, lambda f, s, spec: 1 - f)),
    "forget_subtracted": _of_cells(_writes, _added(_sum_subtracted)),
    "forget_all": _of_cells(
        _writes, _added(lambda kept, added, s, spec: (kept, added * _value(spec, FORGET, s)))
    ),
    "tied_gates": _changed(WRITE, lambda i, s, spec: 1 - _value(spec, FORGET, s)),
    "input_ignored": _changed(WRITE, lambda i, s, spec: np.ones_like(i)),
    "show_all": _changed(SHOW, lambda o, s, spec: np.ones_like(o)),
    "no_output_tanh": _output_as_it_is,
    "z_swapped": _of_cells(_mixes, _added(_ends_swapped)),
    "reset_erases": _added(lambda kept, added, s, spec: (kept * _value(spec, RESET, s), added)),
    "no_reset": _changed(RESET, lambda r, s, spec: np.ones_like(r)),
}
MISCONCEPTIONS: dict[str, Callable[[CellSettings, Trace, str], float]] = {
    name: partial(mistaken, name) for name in (*BEFORE, *AFTER, "from_start")
}
