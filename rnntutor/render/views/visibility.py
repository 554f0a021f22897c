"""Quantities of a run that are known at a cursor, and those in focus."""

from __future__ import annotations

from rnntutor.nn.cells.registry import CELLS, GATES
from rnntutor.nn.cells.spec import CellBlock, CellSpec
from rnntutor.nn.trace import Trace
from rnntutor.numbers import DECIMALS, number
from rnntutor.render.primitives.glyphs import subscript
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import QUANTITIES


def phase_of(cell: str, name: str) -> str:
    """Return the phase that computes a quantity, or its sum and products (a_f, wx_f, uh_f).

    It is "" for other quantities, which are known at the end of the step.
    """
    spec = CELLS.get(cell)
    return spec.phase_of(name) if spec else ""


def spec_of(trace: Trace) -> CellSpec:
    """Return the specification of the cell that ran."""
    return CELLS[trace.cell]


def block_of(trace: Trace, value: str) -> CellBlock:
    """Return the block of the cell that computes a value.

    Raises:
        KeyError: no block computes it.
    """
    block = spec_of(trace).block(value)
    if block is None:
        raise KeyError(f"{trace.cell} has no {value}")
    return block


def tail_of(trace: Trace, value: str) -> str:
    """Return the suffix of the weights that compute a value, such as "_f".

    It is "" in a cell with one block.
    """
    return block_of(trace, value).tail


def memory_of(cell: str) -> str:
    """Return the state that carries a cell's memory; "h" for a run of no single cell."""
    spec = CELLS.get(cell)
    return spec.memory if spec else "h"


def is_gate(trace: Trace, name: str) -> bool:
    """Return whether a quantity is a gate, between 0 and 1.

    If the run is not of a single cell, the gates of all cells count.
    """
    spec = CELLS.get(trace.cell)
    return name in (spec.gates if spec else GATES)


def format_value(trace: Trace, name: str, value: float | None, decimals: int = DECIMALS) -> str:
    """Format a quantity with the width of a signed number; gates have no sign."""
    signed = not is_gate(trace, name)
    return " " * (not signed) + number(value, decimals=decimals, signed=signed)


def value(trace: Trace, context: ViewContext, name: str, t: int, unit: int) -> float | None:
    """Return the number at step t, or None while it is unknown."""
    if not trace.first(name) <= t <= trace.steps:
        return None
    if t and not context.known(t, phase_of(trace.cell, name)):
        return None
    return float(trace.at(name, t)[unit])


def step(context: ViewContext) -> int:
    """Return the step shown by a view of one step: the cursor's, and step 1 at the start."""
    return max(1, context.at.t)


def word(trace: Trace, t: int) -> str:
    """Return the input at step t as given; "" if it has no label of its own."""
    label = trace.labels[t - 1] if trace.labels else ""
    return "" if label == f"x{t}" else label


def unit(trace: Trace, context: ViewContext) -> int:
    """Return the selected unit, limited to the units of the run."""
    return min(max(context.unit, 0), trace.units - 1)


def focus(context: ViewContext) -> frozenset[str]:
    """Return the quantities that the context highlights.

    These are the quantities that it names, and those of the views that it names ("gate:f"). A view
    without a single quantity ("circuit") adds none.
    """
    return frozenset(spec.rpartition(":")[2] for spec in context.focus) & QUANTITIES


def lit(trace: Trace, context: ViewContext, *names: str) -> bool:
    """Return whether one of the quantities is highlighted.

    It is if the context focuses on it or, without a focus, if the present phase computes it.
    """
    asked = focus(context)
    if asked:
        return any(name in asked or name.rpartition("_")[2] in asked for name in names)
    return bool(context.now) and any(phase_of(trace.cell, n) == context.now for n in names)


def source(trace: Trace, context: ViewContext, name: str, t: int) -> bool:
    """Return whether the present phase reads the value at step t, which is then marked."""
    spec = CELLS.get(trace.cell)
    if spec is None or not context.now or focus(context):
        return False
    return (name, context.at.t - t) in spec.reads(context.now)


def symbol(name: str, t: int) -> str:
    """Return a quantity with its step: "f₄", "tanh c₄"."""
    return f"tanh {name[5:]}{subscript(t)}" if name.startswith("tanh_") else f"{name}{subscript(t)}"
