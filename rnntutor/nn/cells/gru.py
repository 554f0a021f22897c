"""The GRU: Cho et al. 2014; reset after the product, as in PyTorch."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.cells import equations as eq
from rnntutor.nn.cells.spec import (
    CANDIDATE,
    FORGET,
    RESET,
    CellBlock,
    CellSpec,
    Sum,
    Term,
    Use,
    Vector,
)

STATE = Sum(
    terms=(
        Term("z"),
        Term("h", "×", back=1),
        Term("zh", "=", detail=True),
        Term("z", "+", complement=True),
        Term("n", "×"),
        Term("zn", "=", detail=True),
        Term("h", "→"),
    ),
    phase="state",
    kept="zh",
    added="zn",
    names={"zh": "z⊙h", "zn": "(1−z)⊙n"},
    colours={"zh": "z", "zn": "n"},
    caption="state_gru",
)


SPEC = CellSpec(
    kind="gru",
    blocks=(
        CellBlock("z", FORGET, "gates", Use("h", "zh", back=1)),
        CellBlock("r", RESET, "gates", Use("inner", "r_uh")),
        CellBlock("n", CANDIDATE, "candidate", Use("1-z", "zn"), reset="r"),
    ),
    phases={
        "gates": eq.gru_gates,
        "candidate": eq.gru_candidate,
        "state": eq.gru_state,
    },
    slopes=(eq.gru_slopes, eq.gru_reset_slopes),
    back=eq.gru_back,
    computes={
        "r_uh": "candidate",
        **dict.fromkeys(("h", "zh", "zn"), "state"),
    },
    extra={"b_nU": Vector(lambda s: np.asarray(s.da_nU), bias=True)},
    forget_bias="b_z",
    colour="n",
    sums={"state": STATE},
    gates_caption="gates_gru",
    stacked=("r", "z", "n"),
)
