"""Two layers of two units each, with dropout on the connection upward or on the recurrent
connection.

It is separate from `cell`, whose pictures all show the units of one layer and the sums of one step.
Each unit reads only its own state, so that the effect of a dropped value can be followed by eye.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace as Record

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells import spec as role
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.trace import Trace
from rnntutor.sims.base import Simulation, knob
from rnntutor.sims.common.settings_from import build_settings

NONE, UPWARD, RECURRENT = "none", "upward", "recurrent"
EACH, ONE = "each", "one"  # masks: a new one at every step, or one for the sequence
UNITS = 2  # of a layer
LINK = 1.5  # the weight of the arrow upwards
# What a block does -> its weight of x and its bias: a 1 opens the gates that write and closes the
# one that keeps; a 0 does the opposite.
GATED = {
    role.FORGET: (-8.0, 4.0),
    role.WRITE: (8.0, -4.0),
    role.SHOW: (0.0, 4.0),
    role.RESET: (0.0, 4.0),
}


@dataclass(frozen=True)
class LayersSettings:
    """The settings of two layers.

    Attributes:
        cell: kind of the lower layer's cell.
        T: steps; the input is 1 at the first and 0 afterwards.
        U: recurrent weight of the lower layer's units, in gated cells of the candidate.
        drop: the connection on which values are dropped.
        masks: draw a mask at every step, or one for the sequence (Gal and Ghahramani 2016).
        rate: probability of dropping; values kept are divided by 1 - rate.
        seed: seed of the masks.
    """

    cell: str = knob("rnn", "choice", choices=("rnn", "lstm", "gru"))
    T: int = knob(8, "int", low=4, high=10, symbol="T", decimals=0)
    U: float = knob(2.0, "float", low=0, high=3, step=0.5, symbol="U")
    drop: str = knob(NONE, "choice", choices=(NONE, UPWARD, RECURRENT))
    masks: str = knob(EACH, "choice", choices=(EACH, ONE))
    rate: float = knob(0.5, "float", low=0, high=0.9, step=0.1)
    seed: int = knob(1, "int", low=0, high=9999, decimals=0)


def trace(settings: LayersSettings) -> Trace:
    """Return the run.

    x (T,): the input. across, up (T,H): factors of the recurrent and the upward connection, 0 where
    the value is dropped. h, h2 (T+1,H): the states of the lower and the upper layer; c of an LSTM
    below. h2_t = tanh(1.5 up_t h_t), and for an RNN h_t = tanh(x_t + U across_t h_{t-1}). Fixed:
    passed, the factor of a value that is not dropped.
    """
    s = settings
    rng = np.random.default_rng(s.seed)
    drawn = rng.random((s.T, UNITS))
    kept = (drawn if s.masks == EACH else drawn[:1].repeat(s.T, axis=0)) >= s.rate
    mask, whole = kept / (1 - s.rate), np.ones((s.T, UNITS))
    up = mask if s.drop == UPWARD else whole
    across = mask if s.drop == RECURRENT else whole
    x = np.zeros(s.T)
    x[0] = 1.0
    states = _lower(s.cell, s.U, x, across)
    h2 = np.concatenate([np.zeros((1, UNITS)), np.tanh(LINK * up * states["h"][1:])])
    return Trace(
        s.cell,
        s.T,
        {"x": x, "across": across, "up": up, **states, "h2": h2},
        fixed={"passed": np.array(1.0 if s.drop == NONE else 1 / (1 - s.rate))},
        from_start=frozenset({*states, "h2"}),
    )


def _lower(kind: str, U: float, x: Array, across: Array) -> dict[str, Array]:
    """Return the states of the lower layer, each (T+1,H): h, of an LSTM also c.

    The factor `across` of the recurrent connection applies to every product with a U and nowhere
    else: c of an LSTM and z h of a GRU pass unchanged.
    """
    cell = CELLS[kind]
    p = Record(**{name: np.zeros(shape) for name, shape in cell.shapes(1, UNITS).items()})
    for block in cell.blocks:
        weight, bias = GATED.get(block.role, (1.0, 0.0))
        vars(p)["W" + block.tail] += weight
        vars(p)["b" + block.tail] += bias
    candidate = next(b for b in cell.blocks if not b.is_gate)
    states = {name: [np.zeros(UNITS)] for name in cell.states}
    for x_t, passed in zip(x, across, strict=True):
        vars(p)["U" + candidate.tail] = np.eye(UNITS) * U * passed
        step = Record(x=x_t[None], **{f"{name}_prev": states[name][-1] for name in states})
        for compute in cell.phases.values():
            compute(p, step)
        for name, values in states.items():
            values.append(vars(step)[name])
    return {name: np.stack(values) for name, values in states.items()}


SIMULATION = Simulation(
    name="layers",
    settings=LayersSettings,
    make=partial(build_settings, LayersSettings),
    trace=trace,
    views=lambda settings: ("layers",),
    phases=lambda settings: ("lower", "upper"),
    idle=lambda settings: frozenset({"masks", "rate", "seed"} if settings.drop == NONE else ()),
    measures={
        "lower": lambda settings, trace: float(np.abs(trace.at("h", settings.T)).max()),
        "upper": lambda settings, trace: float(np.abs(trace.at("h2", settings.T)).max()),
    },
    source=lambda settings, phase: (trace,),
)
