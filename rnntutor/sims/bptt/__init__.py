"""Backpropagation through time step by step: two gradients meet at each step, and the sums for the
shared weights grow."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.trace import Trace
from rnntutor.sims.base import Knob, Simulation, knobs
from rnntutor.sims.bptt.misconceptions import MISCONCEPTIONS
from rnntutor.sims.bptt.run import PHASES, source, trace
from rnntutor.sims.bptt.settings import NAMES, BpttSettings, make
from rnntutor.sims.cell import knobs as _cell_knobs
from rnntutor.sims.common.measures import recorded_measures

__all__ = ["SIMULATION", "BpttSettings", "make", "phases", "trace", "views"]


def phases(settings: BpttSettings) -> tuple[str, ...]:
    """Return the phases of one step backward, in order."""
    return PHASES[settings.cell]


def views(settings: BpttSettings) -> tuple[str, ...]:
    """Return all views: one step, the sums, the whole run."""
    first, *others = (block.tail for block in CELLS[settings.cell].blocks)
    memory = ("strip:dc",) if CELLS[settings.cell].memory == "c" else ()
    sums = (f"sum:{letter}{block}" for block in others for letter in "UW")
    single = settings.cell == "rnn" and settings.units == 1
    written = ("worked",) if single else ()
    return (
        "arrows",
        *written,
        f"sum:U{first}",
        "strip:dh",
        *memory,
        f"sum:W{first}",
        "strip:h",
        *sums,
    )


def knob(settings: BpttSettings, name: str) -> Knob:
    """Return the knob of a setting, a parameter or one of its entries.

    Raises:
        SettingError: there is no such setting.
    """
    own = knobs(settings)
    return own[name] if name in own else _cell_knobs.knob(settings.run, name)


def value(settings: BpttSettings, name: str) -> object:
    """Return the value of a setting."""
    own = ("cell", "loss", "target", "dy")
    return getattr(settings, name) if name in own else _cell_knobs.value(settings.run, name)


def _length(name: str, settings: BpttSettings, trace: Trace) -> float:
    """Return ‖∂L/∂U‖ (or W), over all blocks of a cell."""
    blocks = [block.tail for block in CELLS[settings.cell].blocks]
    return float(np.sqrt(sum((np.asarray(trace[f"d{name}{k}"]) ** 2).sum() for k in blocks)))


def carried(settings: BpttSettings, trace: Trace) -> float:
    """Return ‖∂L/∂h_1‖ / ‖∂L/∂h_T‖, the share of the last state's gradient that reaches the first;
    0 if the last has none."""
    dh = np.linalg.norm(np.asarray(trace["dh"]), axis=1)
    return float(dh[0] / dh[-1]) if dh[-1] else 0.0


SIMULATION = Simulation(
    name="bptt",
    settings=BpttSettings,
    make=make,
    trace=trace,
    knob=knob,
    value=value,
    idle=lambda settings: _cell_knobs.idle(settings.run).intersection(NAMES),
    views=views,
    phases=phases,
    measures={
        "dU_norm": lambda settings, trace: _length("U", settings, trace),
        "dW_norm": lambda settings, trace: _length("W", settings, trace),
        "carried": carried,
        **recorded_measures("loss_total"),
    },
    misconceptions=MISCONCEPTIONS,
    source=source,
    source_lines={
        "merge": ("dh",),
        "memory": ("dc",),
        "slope": ("da", *(f"da_{k}" for k in "ofig")),
    },
)
