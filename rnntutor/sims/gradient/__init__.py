"""How far a gradient reaches back: ‖∂L/∂h‖ by distance through an untrained RNN, LSTM and GRU,
relative to the last step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells import equations as eq
from rnntutor.nn.cells.packing import FAST_CELLS
from rnntutor.nn.trace import STATES, Trace
from rnntutor.sims.base import Simulation, knob, knobs
from rnntutor.sims.common.measures import recorded_measures
from rnntutor.sims.common.read import number
from rnntutor.sims.common.settings_from import build_settings
from rnntutor.sims.gradient import run
from rnntutor.sims.gradient.unit import latch, unit
from rnntutor.subjects.runs import BackwardFlow, GradientCurve

ONE = "one unit"
BY_HAND = {"unit": "rnn", "latch": "lstm"}  # the curves of one unit, and of which cell it is
CELL_KINDS = (*FAST_CELLS, ONE)
BESIDE = ("none", *FAST_CELLS)
ACTIVATIONS = ("tanh", "relu", "identity")
MATRICES = ("random", "orthogonal")
LIMITS = (0.0, 0.3, 1.0, 5.0)
FAR = 20  # the distance of the measure at_20
LONGEST = 100


@dataclass(frozen=True)
class GradientSettings:
    """The settings of one comparison; always built by `make`.

    Attributes:
        cell: the first curve; "one unit" for a single unit.
        beside: the second curve, or "none"; beside "one unit" it is a single LSTM unit.
        T: number of steps, the longest distance.
        distance: the distance that is looked at.
        radius: spectral radius of the RNN's U.
        scale: factor of the inputs.
        forget_bias: initial forget bias of the LSTM.
        keep_bias: initial update bias of the GRU.
        activation: activation of the RNN.
        matrix: how the RNN's U is drawn before scaling.
        clip: limit for ∂L/∂U of the RNN, 0 for none.
        clip_by: "norm" or "value".
        w: weight of the single unit h = tanh(w h).
        h0: its initial state.
        seed: seed of everything random.
    """

    cell: str = knob("rnn", "choice", choices=CELL_KINDS)
    beside: str = knob("lstm", "choice", choices=BESIDE)
    T: int = knob(50, "int", low=2, high=LONGEST, step=10, symbol="T", decimals=0)
    distance: int = knob(FAR, "int", low=1, high=LONGEST, decimals=0)
    radius: float = knob(0.9, "float", low=0.5, high=2.5, step=0.1, symbol="ρ(U)")
    scale: float = knob(0.1, "float", low=0, high=2, step=0.1)
    forget_bias: float = knob(0.0, "float", low=-1, high=5, step=0.5, symbol="b_f")
    keep_bias: float = knob(0.0, "float", low=-1, high=5, step=0.5, symbol="b_z")
    activation: str = knob("tanh", "choice", choices=ACTIVATIONS)
    matrix: str = knob("random", "choice", choices=MATRICES, symbol="U")
    clip: float = knob(0.0, "choice", choices=LIMITS)
    clip_by: str = knob("norm", "choice", choices=("norm", "value"))
    w: float = knob(2.0, "float", low=0, high=3, step=0.1, symbol="w")
    h0: float = knob(0.9, "float", low=-1, high=1, step=0.1, symbol="h_0")
    seed: int = knob(7, "int", low=0, high=9999, decimals=0)

    @property
    def curves(self) -> tuple[str, ...]:
        """The suffixes of the arrays that are plotted."""
        if self.cell == ONE:
            return ("unit",) if self.beside == "none" else ("unit", "latch")
        return tuple(dict.fromkeys(c for c in (self.cell, self.beside) if c != "none"))


def make(given: Mapping[str, object]) -> GradientSettings:
    """Return settings from (name, value) pairs as a lesson writes them; None and "" mean "not set".

    Raises:
        SettingError: a setting does not exist or cannot have that value.
    """
    own: dict[str, object] = {}
    if given.get("cell") == ONE:
        own |= {"T": 60, "forget_bias": 5.0}
    if given.get("clip") not in (None, ""):
        own["clip"] = number("clip", given["clip"], 0, 1000)  # any limit, not the knob's alone
    return build_settings(GradientSettings, {k: v for k, v in given.items() if k != "clip"}, **own)


def trace(settings: GradientSettings) -> Trace:
    """What comes back, by distance: grad_rnn[20] is ‖∂L/∂h_{T−20}‖ / ‖∂L/∂h_T‖, grad_lstm[20] the
    same of c, grad_gru[20] as of the RNN, each with its factors (see `run`). All three are
    computed, whichever are drawn.

    fixed: U, its rho and sigma_max, dU and dU_clipped (H, H), dU_norm, dU_clipped_norm,
    clip, distance; what of dU's direction is left, `direction`, the cosine of the angle
    between the two.
    """
    subject = BackwardFlow(
        tuple(GradientCurve(key, BY_HAND.get(key, key)) for key in settings.curves),
        by_hand=settings.cell == ONE,
    )
    looked = {"distance": np.array(float(min(settings.distance, settings.T)))}
    if settings.cell == ONE:
        arrays = unit(settings.T, settings.w, settings.h0)
        arrays |= latch(settings.T, settings.forget_bias, settings.h0)
        fixed = looked | {"w": np.array(settings.w)}
        return _as_trace(settings, subject, arrays, fixed)
    s = settings
    flows: dict[str, Array] = {}
    flows |= run.rnn(s.seed, s.T, s.scale, s.radius, s.matrix, s.activation)
    flows |= run.lstm(s.seed, s.T, s.scale, s.forget_bias)
    flows |= run.gru(s.seed, s.T, s.scale, s.keep_bias)
    fixed = {name: flows.pop(name) for name in ("dU", "U", "rho", "sigma_max")}
    fixed |= _cut(fixed["dU"], settings) | looked
    return _as_trace(settings, subject, flows, fixed)


def _as_trace(
    settings: GradientSettings,
    subject: BackwardFlow,
    arrays: Mapping[str, Array],
    fixed: Mapping[str, Array],
) -> Trace:
    """Return the trace; states, gradients and paths have a row for distance 0, factors do not."""
    from_start = STATES | {name for name in arrays if name.startswith(("grad_", "path_"))}
    return Trace(
        "",
        settings.T,
        arrays,
        fixed,
        subject=subject,
        from_start=from_start,
        title=settings.curves,
    )


def _cut(dU: Array, settings: GradientSettings) -> dict[str, Array]:
    """Return the gradient after clipping, its norms, and the cosine of the angle to the unclipped
    gradient."""
    after = run.clip_gradient(dU, settings.clip, settings.clip_by)
    norms = float(np.linalg.norm(dU)), float(np.linalg.norm(after))
    cosine = float((dU * after).sum()) / (norms[0] * norms[1]) if all(norms) else 0.0
    return {
        "dU_clipped": after,
        "dU_norm": np.array(norms[0]),
        "dU_clipped_norm": np.array(norms[1]),
        "direction": np.array(min(1.0, cosine)),
        "clip": np.array(settings.clip),
    }


def phases(settings: GradientSettings) -> tuple[str, ...]:
    """Return the only phase: one step back."""
    return ("factor",)


def views(settings: GradientSettings) -> tuple[str, ...]:
    """Return the views: curves, numbers, factors; the direction of training if there is one; of one
    unit its memory beside its gradient."""
    if settings.cell == ONE:
        return ("kept", "flow", "tape", "factors")
    direction = ("direction",) if "rnn" in settings.curves else ()
    return ("flow", "tape", "factors", *direction)


def idle(settings: GradientSettings) -> frozenset[str]:
    """Return the settings of curves that are not plotted: dU belongs to the RNN, w and h₀ to the
    single unit."""
    one, curves = settings.cell == ONE, settings.curves
    lacking = {
        **dict.fromkeys(("w", "h0"), one),
        **dict.fromkeys(("radius", "activation", "matrix", "clip", "clip_by"), "rnn" in curves),
        **dict.fromkeys(("scale", "seed"), not one),
        "forget_bias": "lstm" in curves or "latch" in curves,
        "keep_bias": "gru" in curves,
    }
    return frozenset(name for name, there in lacking.items() if not there)


def source(settings: GradientSettings, phase: str) -> tuple[Callable[..., Any], ...]:
    """Return the functions that carry the gradient one step back."""
    if settings.cell == ONE:
        return (eq.rnn_slopes, eq.rnn_back, unit)
    return {
        "rnn": (run.slopes, eq.rnn_back, run.rnn),
        "lstm": (eq.lstm_slopes, eq.lstm_back, run.lstm),
        "gru": (eq.gru_slopes, eq.gru_reset_slopes, eq.gru_back, run.gru),
    }[settings.cell]


# ---- what can be said of it in one number ----------------------------------------------------


def _at(settings: GradientSettings, trace: Trace, distance: int) -> float:
    """Return the first curve's value at a distance; NaN beyond its end."""
    flow = np.asarray(trace[f"grad_{settings.curves[0]}"])
    return float(flow[distance]) if distance < len(flow) else float("nan")


def kept(settings: GradientSettings, trace: Trace) -> float:
    """Return |h_T| / |h_0| of the single unit."""
    h = np.abs(np.asarray(trace["h"])).reshape(-1)
    return float(h[-1] / h[0]) if h[0] else float("nan")


SIMULATION = Simulation(
    name="gradient",
    settings=GradientSettings,
    make=make,
    trace=trace,
    views=views,
    idle=idle,
    phases=phases,
    measures={
        "at_20": lambda settings, trace: _at(settings, trace, FAR),
        "at_distance": lambda settings, trace: _at(settings, trace, settings.distance),
        "at_end": lambda settings, trace: _at(settings, trace, settings.T),
        **recorded_measures(
            "dU_norm", "direction", "rho", "sigma_max", dU_clipped="dU_clipped_norm"
        ),
        "kept": kept,
    },
    source=source,
    alone=frozenset(knobs(GradientSettings)) - {"cell", "beside"},
)
