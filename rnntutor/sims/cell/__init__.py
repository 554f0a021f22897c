"""One RNN, LSTM or GRU reading a sequence, every number of it in view."""

from __future__ import annotations

from rnntutor.nn.plans import source_of
from rnntutor.sims.base import Simulation
from rnntutor.sims.cell import knobs
from rnntutor.sims.cell.measures import MEASURES
from rnntutor.sims.cell.misconceptions import SLIPS
from rnntutor.sims.cell.run import PHASES, trace
from rnntutor.sims.cell.settings import CellSettings, make
from rnntutor.sims.common.parameters import BLOCKS

__all__ = ["SIMULATION", "CellSettings", "make", "phases", "trace", "views"]


def phases(settings: CellSettings) -> tuple[str, ...]:
    """What is computed in one time step, in order."""
    return PHASES[settings.cell]


def views(settings: CellSettings) -> tuple[str, ...]:
    """All that can be drawn of a run, the whole before its parts."""
    gates = tuple(block or "h" for block in BLOCKS[settings.cell])
    found = ["strip", *(f"gate:{gate}" for gate in gates)]
    found += {"rnn": (), "lstm": ("memory", "output"), "gru": ("state",)}[settings.cell]
    found += ["circuit", "table", "vector", "weights"]
    if settings.outputs:
        found.append("softmax")
    if settings.first:
        found.append("difference")
    found.append("strip:h")
    if settings.cell == "lstm":
        found.append("strip:c")
    found += (f"strip:{gate}" for gate in gates if gate != "h")
    return tuple(found)


SIMULATION = Simulation(
    name="cell",
    settings=CellSettings,
    make=make,
    trace=trace,
    knob=knobs.knob,
    value=knobs.value,
    views=views,
    phases=phases,
    measures=MEASURES,
    slips=SLIPS,
    source=lambda settings, phase: (source_of(settings.cell, phase),),
)
