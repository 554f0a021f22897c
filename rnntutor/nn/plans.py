"""How each kind of cell is computed: which equations, in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace as Record

from rnntutor.nn import equations as eq

Equations = Callable[[Record, Record], None]


@dataclass(frozen=True)
class Plan:
    """How one kind of cell is computed.

    blocks: the endings of its parameters: "_f" has W_f, U_f, b_f.
    phases: one step forward, in order. slopes: one step backward, after each
    of which the held values get no gradient. back: from this step to the one
    before. holds: what can be held at a value (f, i, …), with the phase that
    computes it.
    """

    blocks: tuple[str, ...]
    phases: Mapping[str, Equations]
    slopes: tuple[Equations, ...]
    back: Equations
    holds: Mapping[str, str]


PLANS: Mapping[str, Plan] = {
    "rnn": Plan(
        blocks=("",),
        phases={"sum": eq.rnn_sum, "state": eq.rnn_state},
        slopes=(eq.rnn_slopes,),
        back=eq.rnn_back,
        holds={"h": "state"},
    ),
    "lstm": Plan(
        blocks=("_f", "_i", "_o", "_g"),
        phases={
            "gates": eq.lstm_gates,
            "candidate": eq.lstm_candidate,
            "memory": eq.lstm_memory,
            "output": eq.lstm_output,
        },
        slopes=(eq.lstm_slopes,),
        back=eq.lstm_back,
        holds={"f": "gates", "i": "gates", "o": "gates", "g": "candidate"},
    ),
    "gru": Plan(
        blocks=("_r", "_z", "_n"),
        phases={
            "gates": eq.gru_gates,
            "candidate": eq.gru_candidate,
            "state": eq.gru_state,
        },
        slopes=(eq.gru_slopes, eq.gru_reset_slopes),
        back=eq.gru_back,
        holds={"r": "gates", "z": "gates", "n": "candidate"},
    ),
}


def source_of(kind: str, phase: str) -> Equations:
    """The function that computes one phase of one kind of cell."""
    return PLANS[kind].phases[phase]


def shapes(kind: str, inputs: int, units: int) -> dict[str, tuple[int, ...]]:
    """The names of a cell's parameters, in order, with their shapes."""
    found: dict[str, tuple[int, ...]] = {}
    for k in PLANS[kind].blocks:
        found["W" + k] = (units, inputs)
        found["U" + k] = (units, units)
        found["b" + k] = (units,)
    if kind == "gru":
        found["b_nU"] = (units,)
    return found
