"""The minimal gated unit: Zhou et al. 2016. One gate resets and updates."""

from __future__ import annotations

from types import SimpleNamespace as Record

from numpy import tanh

from rnntutor.nn.cells.equations import sigmoid
from rnntutor.nn.cells.spec import (
    CANDIDATE,
    UPDATE,
    CellBlock,
    CellSpec,
    Sum,
    Term,
    Use,
)


def mgu_gates(p: Record, s: Record) -> None:
    """The only gate, between 0 and 1: at 1 the state is replaced."""
    s.wx_f = p.W_f @ s.x
    s.uh_f = p.U_f @ s.h_prev
    s.a_f = s.wx_f + s.uh_f + p.b_f
    s.f = sigmoid(s.a_f)


def mgu_candidate(p: Record, s: Record) -> None:
    """The new content: n = tanh(W x + U (f h_prev) + b)."""
    s.fh = s.f * s.h_prev
    s.wx_n = p.W_n @ s.x
    s.uh_n = p.U_n @ s.fh
    s.a_n = s.wx_n + s.uh_n + p.b_n
    s.n = tanh(s.a_n)


def mgu_state(p: Record, s: Record) -> None:
    """The state: h = (1 - f) h_prev + f n."""
    s.kh = (1 - s.f) * s.h_prev
    s.fn = s.f * s.n
    s.h = s.kh + s.fn


def mgu_slopes(p: Record, s: Record) -> None:
    """dL/da of the candidate."""
    s.dh = s.dh_loss + s.dh_next
    s.da_n = s.dh * s.f * (1 - s.n**2)


def mgu_gate_slopes(p: Record, s: Record) -> None:
    """dL/da of the gate: through the state, and through U (f h_prev)."""
    s.dfh = p.U_n.T @ s.da_n
    s.df = s.dh * (s.n - s.h_prev) + s.dfh * s.h_prev
    s.da_f = s.df * s.f * (1 - s.f)


def mgu_back(p: Record, s: Record) -> None:
    """Back to the input, and to the state of the step before."""
    s.dx = p.W_f.T @ s.da_f + p.W_n.T @ s.da_n
    s.dh_prev = s.dh * (1 - s.f) + s.dfh * s.f + p.U_f.T @ s.da_f


STATE = Sum(
    terms=(
        Term("f", complement=True),
        Term("h", "×", back=1),
        Term("kh", "=", detail=True),
        Term("f", "+"),
        Term("n", "×"),
        Term("fn", "=", detail=True),
        Term("h", "→"),
    ),
    phase="state",
    kept="kh",
    added="fn",
    names={"kh": "(1−f)⊙h", "fn": "f⊙n"},
    colours={"kh": "h", "fn": "n"},
    caption="state_gru",
)

SPEC = CellSpec(
    kind="mgu",
    blocks=(
        CellBlock("f", UPDATE, "gates", Use("n", "fn"), caption="mgu_f"),
        CellBlock("n", CANDIDATE, "candidate", Use("f", "fn"), "f", "fh"),
    ),
    phases={
        "gates": mgu_gates,
        "candidate": mgu_candidate,
        "state": mgu_state,
    },
    slopes=(mgu_slopes, mgu_gate_slopes),
    back=mgu_back,
    computes={"fh": "candidate", **dict.fromkeys(("h", "kh", "fn"), "state")},
    sums={"state": STATE},
    colour="n",
    figure=False,
)
