"""The LSTM with coupled gates: the write gate is 1 - f.

Greff et al. 2017 call it CIFG (coupled input and forget gate). It has no input
gate: 1 - f replaces it.
"""

from __future__ import annotations

from types import SimpleNamespace as Record

from rnntutor.nn.cells import equations as eq
from rnntutor.nn.cells import lstm
from rnntutor.nn.cells.equations import sigmoid
from rnntutor.nn.cells.spec import (
    CANDIDATE,
    FORGET,
    SHOW,
    CellBlock,
    CellSpec,
    Sum,
    Term,
    Use,
)


def coupled_gates(p: Record, s: Record) -> None:
    """Two gates between 0 and 1: keep (f), show (o)."""
    s.wx_f = p.W_f @ s.x
    s.uh_f = p.U_f @ s.h_prev
    s.a_f = s.wx_f + s.uh_f + p.b_f
    s.f = sigmoid(s.a_f)

    s.wx_o = p.W_o @ s.x
    s.uh_o = p.U_o @ s.h_prev
    s.a_o = s.wx_o + s.uh_o + p.b_o
    s.o = sigmoid(s.a_o)


def coupled_memory(p: Record, s: Record) -> None:
    """The memory: c = f c_prev + (1 - f) g."""
    s.fc = s.f * s.c_prev
    s.fg = (1 - s.f) * s.g
    s.c = s.fc + s.fg


def coupled_slopes(p: Record, s: Record) -> None:
    """Back through one step: from h and c to the sums of the blocks."""
    s.dh = s.dh_loss + s.dh_next
    s.dc = s.dc_next + s.dh * s.o * (1 - s.tanh_c**2)
    s.da_o = s.dh * s.tanh_c * s.o * (1 - s.o)
    s.da_f = s.dc * (s.c_prev - s.g) * s.f * (1 - s.f)
    s.da_g = s.dc * (1 - s.f) * (1 - s.g**2)


def coupled_back(p: Record, s: Record) -> None:
    """Back to the input, and to h and c of the step before."""
    s.dx = p.W_f.T @ s.da_f + p.W_o.T @ s.da_o + p.W_g.T @ s.da_g
    s.dh_prev = p.U_f.T @ s.da_f + p.U_o.T @ s.da_o + p.U_g.T @ s.da_g
    s.dc_prev = s.dc * s.f


MEMORY = Sum(
    terms=(
        Term("f"),
        Term("c", "×", back=1),
        Term("fc", "=", detail=True),
        Term("f", "+", complement=True),
        Term("g", "×"),
        Term("fg", "=", detail=True),
        Term("c", "→"),
    ),
    phase="memory",
    kept="fc",
    added="fg",
    names={"fc": "f⊙c", "fg": "(1−f)⊙g"},
    colours={"fc": "f", "fg": "g"},
    caption="memory",
)

SPEC = CellSpec(
    kind="coupled",
    blocks=(
        CellBlock("f", FORGET, "gates", Use("c", "fc", back=1)),
        CellBlock("o", SHOW, "gates", Use("tanh_c", "h")),
        CellBlock("g", CANDIDATE, "candidate", Use("1-f", "fg")),
    ),
    phases={
        "gates": coupled_gates,
        "candidate": eq.lstm_candidate,
        "memory": coupled_memory,
        "output": eq.lstm_output,
    },
    slopes=(coupled_slopes,),
    back=coupled_back,
    computes={
        **dict.fromkeys(("c", "fc", "fg"), "memory"),
        **dict.fromkeys(("tanh_c", "h"), "output"),
    },
    states=lstm.SPEC.states,
    forget_bias="b_f",
    forget_start=1.0,
    colour="c",
    sums={"memory": MEMORY},
    shows_output=True,
    gates_caption="gates_coupled",
    figure=False,
)
