"""What of a run is known at a moment, and what of it is in focus."""

from __future__ import annotations

from rnntutor.nn.cells.registry import CELLS, GATES
from rnntutor.nn.cells.spec import CellBlock, CellSpec
from rnntutor.nn.trace import Trace
from rnntutor.numbers import DECIMALS, number
from rnntutor.render.primitives.glyphs import subscript
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import QUANTITIES


def phase_of(kind: str, name: str) -> str:
    """The phase that computes a quantity, or its sum and products (a_f, wx_f, uh_f); what is not
    named comes with the end of the step."""
    spec = CELLS.get(kind)
    return spec.phase_of(name) if spec else ""


def spec_of(trace: Trace) -> CellSpec:
    """The specification of the cell that ran."""
    return CELLS[trace.kind]


def block_of(trace: Trace, value: str) -> CellBlock:
    """The block of the cell that computes a value. Raises KeyError if none does."""
    block = spec_of(trace).block(value)
    if block is None:
        raise KeyError(f"{trace.kind} has no {value}")
    return block


def tail_of(trace: Trace, value: str) -> str:
    """The ending of the weights that compute a value: "_f", "" of a cell with one block."""
    return block_of(trace, value).tail


def memory_of(kind: str) -> str:
    """The state that carries a run on; h for a kind that is no cell."""
    spec = CELLS.get(kind)
    return spec.memory if spec else "h"


def is_gate(trace: Trace, name: str) -> bool:
    """Whether a quantity lies between 0 and 1; of a run of no single cell: in any cell."""
    spec = CELLS.get(trace.kind)
    return name in (spec.gates if spec else GATES)


def shown(trace: Trace, name: str, value: float | None, decimals: int = DECIMALS) -> str:
    """A quantity's value in the cells of a signed number; that of a gate has no sign."""
    signed = not is_gate(trace, name)
    return " " * (not signed) + number(value, decimals=decimals, signed=signed)


def value(trace: Trace, context: ViewContext, name: str, t: int, unit: int) -> float | None:
    """The number at step t, or None while it is not known."""
    if not trace.first(name) <= t <= trace.steps:
        return None
    if t and not context.known(t, phase_of(trace.kind, name)):
        return None
    return float(trace.at(name, t)[unit])


def step(context: ViewContext) -> int:
    """The step that a view of one step looks at: the cursor's, and step 1 at the start."""
    return max(1, context.at.t)


def word(trace: Trace, t: int) -> str:
    """What is read at step t as it was given; "" where the label only says which input it is."""
    label = trace.labels[t - 1] if trace.labels else ""
    return "" if label == f"x{t}" else label


def unit(trace: Trace, context: ViewContext) -> int:
    """The unit in view; one that the run has."""
    return min(max(context.unit, 0), trace.units - 1)


def focus(context: ViewContext) -> frozenset[str]:
    """The quantities that the context asks to be lit: those it names, and those of the views it
    names ("gate:f"); a view of no single quantity ("circuit") leaves it to the phase."""
    return frozenset(spec.rpartition(":")[2] for spec in context.focus) & QUANTITIES


def lit(trace: Trace, context: ViewContext, *names: str) -> bool:
    """Whether one of the quantities is in focus: what the context asks for, else what the present
    phase computes."""
    asked = focus(context)
    if asked:
        return any(name in asked or name.rpartition("_")[2] in asked for name in names)
    return bool(context.now) and any(phase_of(trace.kind, n) == context.now for n in names)


def source(trace: Trace, context: ViewContext, name: str, t: int) -> bool:
    """Whether the present phase reads the quantity's value at step t: it is marked while what comes
    of it appears."""
    spec = CELLS.get(trace.kind)
    if spec is None or not context.now or focus(context):
        return False
    return (name, context.at.t - t) in spec.reads(context.now)


def symbol(name: str, t: int) -> str:
    """A quantity with its step: "f₄", "tanh c₄"."""
    return f"tanh {name[5:]}{subscript(t)}" if name.startswith("tanh_") else f"{name}{subscript(t)}"
