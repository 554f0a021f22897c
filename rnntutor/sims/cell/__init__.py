"""One cell reading a sequence, with every number in view."""

from __future__ import annotations

from functools import cache

from rnntutor.nn.cells.registry import CELLS
from rnntutor.sims.base import Simulation
from rnntutor.sims.cell import knobs
from rnntutor.sims.cell.measures import MEASURES
from rnntutor.sims.cell.misconceptions import MISCONCEPTIONS
from rnntutor.sims.cell.run import trace
from rnntutor.sims.cell.settings import CellSettings, make

__all__ = ["SIMULATION", "CellSettings", "make", "phases", "trace", "views"]


def phases(settings: CellSettings) -> tuple[str, ...]:
    """Return the phases of one time step, in order."""
    return tuple(CELLS[settings.cell].phases)


def views(settings: CellSettings) -> tuple[str, ...]:
    """Return all views of a run, those of the whole before those of its parts."""
    whole, strips = _views_of(settings.cell)
    outputs = ("softmax",) if settings.outputs else ()
    return (*whole, *outputs, *(("difference",) if settings.first else ()), *strips)


@cache
def _views_of(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the views of a cell's run, and the strip views of single quantities."""
    spec = CELLS[cell]
    gates = tuple(block.value for block in spec.blocks)
    whole = ["strip", *(f"gate:{gate}" for gate in gates)]
    whole += (*spec.sums, *(("output",) if spec.shows_output else ()))
    whole += (*(("circuit",) if spec.figure else ()), "table", "vector", "weights")
    strips = [f"strip:{state}" for state in spec.states]
    return tuple(whole), (*strips, *(f"strip:{gate}" for gate in gates if gate != "h"))


SIMULATION = Simulation(
    name="cell",
    settings=CellSettings,
    make=make,
    trace=trace,
    knob=knobs.knob,
    value=knobs.value,
    idle=knobs.idle,
    alone=frozenset({"seed", "scale", "biases", "forget_bias"}),
    views=views,
    phases=phases,
    measures=MEASURES,
    misconceptions=MISCONCEPTIONS,
    source=lambda settings, phase: (CELLS[settings.cell].phases[phase],),
)
