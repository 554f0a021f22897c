"""The LSTM: Hochreiter & Schmidhuber 1997; forget gate: Gers et al. 2000."""

from __future__ import annotations

from rnntutor.nn.cells import equations as eq
from rnntutor.nn.cells.spec import (
    CANDIDATE,
    FORGET,
    SHOW,
    WRITE,
    CellBlock,
    CellSpec,
    Sum,
    Term,
    Use,
)

MEMORY = Sum(
    terms=(
        Term("f"),
        Term("c", "×", back=1),
        Term("fc", "=", detail=True),
        Term("i", "+"),
        Term("g", "×"),
        Term("ig", "=", detail=True),
        Term("c", "→"),
    ),
    phase="memory",
    kept="fc",
    added="ig",
    names={"fc": "f⊙c", "ig": "i⊙g"},
    colours={"fc": "f", "ig": "g"},
    caption="memory",
)

SPEC = CellSpec(
    kind="lstm",
    blocks=(
        CellBlock("f", FORGET, "gates", Use("c", "fc", back=1)),
        CellBlock("i", WRITE, "gates", Use("g", "ig")),
        CellBlock("o", SHOW, "gates", Use("tanh_c", "h")),
        CellBlock("g", CANDIDATE, "candidate", Use("i", "ig")),
    ),
    phases={
        "gates": eq.lstm_gates,
        "candidate": eq.lstm_candidate,
        "memory": eq.lstm_memory,
        "output": eq.lstm_output,
    },
    slopes=(eq.lstm_slopes,),
    back=eq.lstm_back,
    computes={
        **dict.fromkeys(("c", "fc", "ig"), "memory"),
        **dict.fromkeys(("tanh_c", "h"), "output"),
    },
    states=("h", "c"),
    forget_bias="b_f",
    forget_start=1.0,
    colour="c",
    sums={"memory": MEMORY},
    shows_output=True,
    gates_caption="gates",
)
