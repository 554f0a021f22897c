"""Two layers of two units each, and dropout on the arrow upwards or on the recurrent arrow.

It stands apart from `cell`: there every picture is of the units of one layer and of one step's
sums, and a second layer would have to be left out of all but one of them. Each unit has its own
recurrent weight only, so that what a dropped value costs can be followed by eye.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.sims.base import Simulation, knob
from rnntutor.sims.common.settings_from import made

NONE, UPWARD, RECURRENT = "none", "upward", "recurrent"
EACH, ONE = "each", "one"  # masks: a new one at every step, or one for the sequence
UNITS = 2  # of a layer
LINK = 1.5  # the weight of the arrow upwards


@dataclass(frozen=True)
class LayersSettings:
    """T: steps; the input is 1 at the first and 0 after it. U: the recurrent weight of the lower
    layer's units. drop: on which arrow values are dropped. masks: whether which ones are drawn anew
    at every step or once for the sequence (Gal and Ghahramani 2016). rate: how often; those that
    are not dropped are divided by 1 - rate. seed: of the masks."""

    T: int = knob(8, "int", low=4, high=10, symbol="T", decimals=0)
    U: float = knob(2.0, "float", low=0, high=3, step=0.5, symbol="U")
    drop: str = knob(NONE, "choice", choices=(NONE, UPWARD, RECURRENT))
    masks: str = knob(EACH, "choice", choices=(EACH, ONE))
    rate: float = knob(0.5, "float", low=0, high=0.9, step=0.1)
    seed: int = knob(1, "int", low=0, high=9999, decimals=0)


def trace(settings: LayersSettings) -> Trace:
    """x (T,): the input. across, up (T,H): what the arrows of a step multiply with, 0 where the
    value is dropped. h, h2 (T+1,H): the states of the lower and the upper layer,
    h_t = tanh(x_t + U across_t h_{t-1}) and h2_t = tanh(1.5 up_t h_t). fixed: passed, what a value
    that is not dropped is multiplied by."""
    s = settings
    rng = np.random.default_rng(s.seed)
    drawn = rng.random((s.T, UNITS))
    kept = (drawn if s.masks == EACH else drawn[:1].repeat(s.T, axis=0)) >= s.rate
    mask, whole = kept / (1 - s.rate), np.ones((s.T, UNITS))
    up = mask if s.drop == UPWARD else whole
    across = mask if s.drop == RECURRENT else whole
    x = np.zeros(s.T)
    x[0] = 1.0
    h, h2 = np.zeros((s.T + 1, UNITS)), np.zeros((s.T + 1, UNITS))
    for t in range(1, s.T + 1):
        h[t] = np.tanh(x[t - 1] + s.U * across[t - 1] * h[t - 1])
        h2[t] = np.tanh(LINK * up[t - 1] * h[t])
    return Trace(
        "layers",
        s.T,
        {"x": x, "across": across, "up": up, "h": h, "h2": h2},
        fixed={"passed": np.array(1.0 if s.drop == NONE else 1 / (1 - s.rate))},
        from_start=frozenset({"h", "h2"}),
        subject="layers",
    )


SIMULATION = Simulation(
    name="layers",
    settings=LayersSettings,
    make=partial(made, LayersSettings),
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
