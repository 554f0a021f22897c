"""A single gate: W·x + U·h + b, squashed, and the effect of its value."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from rnntutor.nn.cells import equations as eq
from rnntutor.nn.trace import PathError, Trace, split_path
from rnntutor.sims.base import Simulation, knob, knobs
from rnntutor.sims.common.measures import recorded_measures
from rnntutor.sims.common.settings_from import build_settings
from rnntutor.subjects.runs import SingleGate, Squash

SIGMOID: Squash = "sigmoid"
TANH: Squash = "tanh"


@dataclass(frozen=True)
class GateSettings:
    """One unit at one step.

    Attributes:
        activation: "sigmoid" for a gate, "tanh" for a candidate.
        x: the input.
        h: the previous state.
        W: weight of x.
        U: weight of h.
        b: bias.
        c: the memory of which a gate keeps a share.
    """

    activation: Squash = knob(SIGMOID, "choice", choices=(SIGMOID, TANH))
    x: float = knob(1.0, "float", low=-3, high=3, step=0.5, symbol="x")
    h: float = knob(0.5, "float", low=-1, high=1, step=0.1, symbol="h")
    W: float = knob(1.0, "float", low=-10, high=10, step=0.1, symbol="W")
    U: float = knob(0.0, "float", low=-10, high=10, step=0.1, symbol="U")
    b: float = knob(0.0, "float", low=-10, high=10, step=0.1, symbol="b")
    c: float = knob(0.8, "float", low=-2, high=2, step=0.1, symbol="c")


def gate(x: float, h: float, W: float, U: float, b: float, *, squash: str = SIGMOID) -> float:
    """Return σ(W x + U h + b), or its tanh: the value of a gate, or of a candidate."""
    a = np.array(W * x + U * h + b)
    return float(eq.sigmoid(a) if squash == SIGMOID else np.tanh(a))


def share(value: float, c: float) -> float:
    """Return the share of a memory that a gate keeps."""
    return value * c


def trace(settings: GateSettings) -> Trace:
    """Return wx, uh, a, value (1,): the terms, their sum, the gate's value; and kept (1,), the gate
    times c."""
    s = settings
    value = gate(s.x, s.h, s.W, s.U, s.b, squash=s.activation)
    numbers = {"x": s.x, "wx": s.W * s.x, "uh": s.U * s.h, "value": value}
    numbers["a"] = numbers["wx"] + numbers["uh"] + s.b
    if s.activation == SIGMOID:
        numbers["kept"] = share(value, s.c)
    arrays = {name: np.array([v]) for name, v in numbers.items()}
    arrays["h"] = np.array([s.h, np.nan])  # the state before; this step makes no new one
    fixed = {name: np.array(v) for name, v in (("W", s.W), ("U", s.U), ("b", s.b), ("c", s.c))}
    subject = SingleGate(s.activation)
    return Trace("", 1, arrays, fixed, subject=subject, title=(s.activation,))


def phases(settings: GateSettings) -> tuple[str, ...]:
    """Return the phases: the sum, the squashing, and for a gate its effect."""
    return ("sum", "squash", "share") if settings.activation == SIGMOID else ("sum", "squash")


def idle(settings: GateSettings) -> frozenset[str]:
    """Return the memory where nothing keeps a share of it: with tanh it is a candidate."""
    return frozenset(() if settings.activation == SIGMOID else ("c",))


def source(settings: GateSettings, phase: str) -> tuple[Callable[..., Any], ...]:
    """Return the functions that compute a phase."""
    return (share,) if phase == "share" else (gate, eq.sigmoid)


# ---- mistakes, and what can be said in one number --------------------------------------------


def _slip(name: str, settings: GateSettings, trace: Trace, path: str) -> float:
    """Return the value at `path` with the mistake.

    Raises:
        PathError: the mistake cannot be made there.
    """
    quantity, _ = split_path(path)
    trace[path]  # raises PathError for an entry that is not there
    s = settings
    W, U = (s.U, s.W) if name == "swap_W_U" else (s.W, s.U)
    a = W * s.x + U * s.h + (0.0 if name == "no_bias" else s.b)
    value = gate(s.x, s.h, W, U, a - W * s.x - U * s.h, squash=s.activation)
    if name == "no_squash":
        value = a
    if name == "other_squash":
        value = gate(0, 0, 0, 0, a, squash=TANH if s.activation == SIGMOID else SIGMOID)
    if name == "inverted":
        value = 1 - value
    found = {"a": a, "value": value, "kept": value * s.c}
    if name == "subtracted":
        found["kept"] = s.c - value
    if quantity not in found or quantity not in trace:
        raise PathError(f"{path}: {name} says nothing of {quantity!r}")
    return found[quantity]


def half_life(settings: GateSettings, trace: Trace) -> float:
    """Return the number of such steps that halve a memory; infinite if nothing is lost."""
    value = float(trace["value[1]"])
    if settings.activation != SIGMOID or value >= 1:
        return math.inf
    return math.log(0.5) / math.log(value) if value > 0 else 0.0


MISCONCEPTIONS = ("no_bias", "swap_W_U", "no_squash", "other_squash", "inverted", "subtracted")

SIMULATION = Simulation(
    name="gate",
    settings=GateSettings,
    make=partial(build_settings, GateSettings),
    trace=trace,
    views=lambda settings: ("squash",),
    alone=frozenset(knobs(GateSettings)),
    phases=phases,
    idle=idle,
    measures={
        **recorded_measures(value="value[1]", sum="a[1]"),
        "half_life": half_life,
    },
    misconceptions={name: partial(_slip, name) for name in MISCONCEPTIONS},
    source=source,
    source_lines={"sum": ("a",), "squash": ("return",)},
)
