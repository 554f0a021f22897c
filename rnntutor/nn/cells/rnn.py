"""The simple recurrent network: Elman 1990."""

from __future__ import annotations

from rnntutor.nn.cells import equations as eq
from rnntutor.nn.cells.spec import STATE, CellBlock, CellSpec

SPEC = CellSpec(
    kind="rnn",
    blocks=(CellBlock("", STATE, "sum"),),
    phases={"sum": eq.rnn_sum, "state": eq.rnn_state},
    slopes=(eq.rnn_slopes,),
    back=eq.rnn_back,
    computes={"h": "state"},
)
