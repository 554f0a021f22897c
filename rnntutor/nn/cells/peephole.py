"""The LSTM with peepholes: its gates also see the memory.

Gers & Schmidhuber 2000, "Recurrent nets that time and count", with the tanh at
the output of Greff et al. 2017. f and i see the previous memory, o the new
one. Through a peephole p_k (H,) a unit sees only its own memory.
"""

from __future__ import annotations

from types import SimpleNamespace as Record

import numpy as np

from rnntutor.nn.cells import equations as eq
from rnntutor.nn.cells import lstm
from rnntutor.nn.cells.equations import sigmoid
from rnntutor.nn.cells.spec import (
    CANDIDATE,
    FORGET,
    SHOW,
    WRITE,
    CellBlock,
    CellSpec,
    Use,
    Vector,
)


def peephole_gates(p: Record, s: Record) -> None:
    """Two gates that see the old memory: keep (f), write (i)."""
    s.wx_f = p.W_f @ s.x
    s.uh_f = p.U_f @ s.h_prev
    s.pc_f = p.p_f * s.c_prev
    s.a_f = s.wx_f + s.uh_f + s.pc_f + p.b_f
    s.f = sigmoid(s.a_f)

    s.wx_i = p.W_i @ s.x
    s.uh_i = p.U_i @ s.h_prev
    s.pc_i = p.p_i * s.c_prev
    s.a_i = s.wx_i + s.uh_i + s.pc_i + p.b_i
    s.i = sigmoid(s.a_i)


def peephole_show(p: Record, s: Record) -> None:
    """The output gate, which sees the new memory."""
    s.wx_o = p.W_o @ s.x
    s.uh_o = p.U_o @ s.h_prev
    s.pc_o = p.p_o * s.c
    s.a_o = s.wx_o + s.uh_o + s.pc_o + p.b_o
    s.o = sigmoid(s.a_o)


def peephole_show_slopes(p: Record, s: Record) -> None:
    """Back to the sum of the output gate."""
    s.dh = s.dh_loss + s.dh_next
    s.da_o = s.dh * s.tanh_c * s.o * (1 - s.o)


def peephole_slopes(p: Record, s: Record) -> None:
    """Back to the memory, also through the peephole of o, and to the sums."""
    s.dc = s.dc_next + s.dh * s.o * (1 - s.tanh_c**2) + p.p_o * s.da_o
    s.da_f = s.dc * s.c_prev * s.f * (1 - s.f)
    s.da_i = s.dc * s.g * s.i * (1 - s.i)
    s.da_g = s.dc * s.i * (1 - s.g**2)


def peephole_back(p: Record, s: Record) -> None:
    """Back to the input, and to h and c of the step before."""
    s.dx = p.W_f.T @ s.da_f + p.W_i.T @ s.da_i
    s.dx += p.W_o.T @ s.da_o + p.W_g.T @ s.da_g
    s.dh_prev = p.U_f.T @ s.da_f + p.U_i.T @ s.da_i
    s.dh_prev += p.U_o.T @ s.da_o + p.U_g.T @ s.da_g
    s.dc_prev = s.dc * s.f + p.p_f * s.da_f + p.p_i * s.da_i


SPEC = CellSpec(
    kind="peephole",
    blocks=(
        CellBlock(
            "f", FORGET, "gates", Use("c", "fc", back=1), peephole="c_prev"
        ),
        CellBlock("i", WRITE, "gates", Use("g", "ig"), peephole="c_prev"),
        CellBlock("g", CANDIDATE, "candidate", Use("i", "ig")),
        CellBlock("o", SHOW, "show", Use("tanh_c", "h"), peephole="c"),
    ),
    phases={
        "gates": peephole_gates,
        "candidate": eq.lstm_candidate,
        "memory": eq.lstm_memory,
        "show": peephole_show,
        "output": eq.lstm_output,
    },
    slopes=(peephole_show_slopes, peephole_slopes),
    back=peephole_back,
    computes=lstm.SPEC.computes,
    states=("h", "c"),
    extra={
        "p_f": Vector(lambda s: np.asarray(s.da_f * s.c_prev)),
        "p_i": Vector(lambda s: np.asarray(s.da_i * s.c_prev)),
        "p_o": Vector(lambda s: np.asarray(s.da_o * s.c)),
    },
    forget_bias="b_f",
    forget_start=1.0,
    colour="c",
    sums=lstm.SPEC.sums,
    shows_output=True,
    gates_caption="gates_peephole",
)
