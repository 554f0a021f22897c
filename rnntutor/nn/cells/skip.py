"""The RNN with a second connection, from the state two steps before.

Connections over several steps: Lin et al. 1996 (NARX networks), Soltani &
Jiang 2016 (higher order RNNs). Theirs have a whole matrix for each distance;
here the connection is a peephole: a unit sees only its own old state, through
p_h (H,). c keeps the state for one more step: c_t = h_{t-1}.
"""

from __future__ import annotations

from types import SimpleNamespace as Record

import numpy as np
from numpy import tanh

from rnntutor.nn.cells import equations as eq
from rnntutor.nn.cells.spec import STATE, CellBlock, CellSpec, Vector


def skip_sum(p: Record, s: Record) -> None:
    """The input, the previous state and the state before it, weighted."""
    s.wx = p.W @ s.x
    s.uh = p.U @ s.h_prev
    s.pc = p.p_h * s.c_prev
    s.a = s.wx + s.uh + s.pc + p.b


def skip_state(p: Record, s: Record) -> None:
    """The new state, and the previous one, which is kept as c."""
    s.h = tanh(s.a)
    s.c = 1.0 * s.h_prev


def skip_back(p: Record, s: Record) -> None:
    """Back to the input, and to the two states before."""
    s.dx = p.W.T @ s.da
    s.dh_prev = p.U.T @ s.da + s.dc_next
    s.dc_prev = p.p_h * s.da


SPEC = CellSpec(
    kind="skip",
    blocks=(CellBlock("", STATE, "sum", peephole="c_prev"),),
    phases={"sum": skip_sum, "state": skip_state},
    slopes=(eq.rnn_slopes,),
    back=skip_back,
    computes=dict.fromkeys(("h", "c"), "state"),
    states=("h", "c"),
    extra={"p_h": Vector(lambda s: np.asarray(s.da * s.c_prev))},
    figure=False,
)
