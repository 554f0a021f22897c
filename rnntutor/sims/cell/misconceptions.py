"""Mistakes that people make in one step of a cell, carried out: what they would get.

A mistake starts from what stands on the screen, the true state before the step, and goes wrong in
that step alone: the cell's own equations run once more, with something changed before them or
after one of their phases. Values held by hand stay held, unless the mistake is about that very
value. Where a cell has no such part, the mistake changes nothing.
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
    """The value at `path` (c[2][0], f[4][0], h[3][1]) with the mistake `name` made in its step.
    Raises PathError for a path without step and unit, or where the mistake cannot be made."""
    quantity, place = split_path(path)
    if len(place) != 2 or place[0] < 1:
        raise PathError(f"{path}: a mistake needs a step and a unit, as c[2][0]")
    trace[path]  # raises PathError for a place that is not there
    values = vars(_step(trace, place[0], name))
    if quantity not in values:
        raise PathError(f"{path}: {name} says nothing of {quantity!r}")
    return float(values[quantity][place[1]])


def _step(trace: Trace, t: int, name: str) -> Record:
    """Everything computed in step t, with the mistake in it."""
    spec = CELLS[trace.kind]
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
    """Put back what is held by hand."""
    for unit in range(trace.units):
        if (block.value, t, unit) in trace.clamped:
            vars(s)[block.value][unit] = trace.at(block.value, t)[unit]


# ---- before the step: in the parameters ----------------------------------------------------


def _no_bias(spec: CellSpec, p: Record) -> None:
    for name in (*(f"b{block.tail}" for block in spec.blocks), *spec.second_biases):
        vars(p)[name] = 0 * vars(p)[name]


def _swapped(spec: CellSpec, p: Record) -> None:
    """W is taken for U: the input is multiplied with what belongs to the state."""
    for block in spec.blocks:
        W, U = f"W{block.tail}", f"U{block.tail}"
        if vars(p)[W].shape != vars(p)[U].shape:
            raise PathError("swap_W_U: W and U differ in shape, so they cannot be confused")
        vars(p)[W], vars(p)[U] = vars(p)[U], vars(p)[W]


# ---- after a phase: in what it has computed ------------------------------------------------


def _changed(role: str, change: Callable[[Array, Record, CellSpec], Array]) -> After:
    """The value of the block with that role, once computed, replaced."""

    def after(spec: CellSpec, phase: str, s: Record) -> None:
        block = spec.with_role(role)
        if block and spec.phase_of(block.value) == phase:
            vars(s)[block.value] = change(vars(s)[block.value], s, spec)

    return after


def _value(spec: CellSpec, role: str, s: Record) -> Array:
    block = spec.with_role(role)
    return np.asarray(vars(s)[block.value] if block else 1.0)


def _no_tanh(spec: CellSpec, phase: str, s: Record) -> None:
    """What should be squashed by tanh is the sum itself."""
    for block in spec.blocks:
        if block.role in (CANDIDATE, STATE) and spec.phase_of(block.value) == phase:
            vars(s)[block.value] = np.array(vars(s)[f"a{block.tail}"])


def _added(change: Callable[[Array, Array, Record, CellSpec], tuple[Array, Array]]) -> After:
    """The two products that make a state, changed before they are added."""

    def after(spec: CellSpec, phase: str, s: Record) -> None:
        for made in spec.sums.values():
            if made.phase == phase:
                pair = change(vars(s)[made.kept], vars(s)[made.added], s, spec)
                vars(s)[made.kept], vars(s)[made.added] = pair
                vars(s)[made.terms[-1].name] = pair[0] + pair[1]

    return after


def _sum_subtracted(kept: Array, added: Array, s: Record, spec: CellSpec) -> tuple[Array, Array]:
    """The gate's value is taken away from the old memory, in place of multiplying it."""
    return vars(s)[f"{spec.memory}_prev"] - _value(spec, FORGET, s), added


def _ends_swapped(kept: Array, added: Array, s: Record, spec: CellSpec) -> tuple[Array, Array]:
    """The gate and one minus the gate, exchanged."""
    return vars(s)[f"{spec.memory}_prev"] - kept, _value(spec, CANDIDATE, s) - added


def _of_cells(when: Callable[[CellSpec], bool], after: After) -> After:
    """A mistake that can be made in some cells alone."""

    def own(spec: CellSpec, phase: str, s: Record) -> None:
        if when(spec):
            after(spec, phase, s)

    return own


def _writes(spec: CellSpec) -> bool:
    """Whether keeping and writing have a gate each."""
    return spec.with_role(WRITE) is not None


def _mixes(spec: CellSpec) -> bool:
    """Whether one gate and one minus that gate mix the old state with the new."""
    return not _writes(spec) and bool(spec.with_role(FORGET) or spec.with_role(UPDATE))


def _output_as_it_is(spec: CellSpec, phase: str, s: Record) -> None:
    """The memory is shown without tanh."""
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
