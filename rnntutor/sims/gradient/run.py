"""Computes the gradient on its way back through an untrained cell, in float64.

The loss is L = v·h_T with a random v of length 1, for a batch of sequences; every array of a step
is (H,B), one column a sequence. The equations are those of every cell of the course
(nn/cells/equations.py), applied to columns. Lengths are root mean squares over the batch. Each flow
is relative to its own last step, 1 at distance 0, so that cells can be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from types import SimpleNamespace as Record

import numpy as np

from rnntutor.nn import initialise
from rnntutor.nn.arrays import Array, read_only
from rnntutor.nn.cells import equations as eq
from rnntutor.nn.cells.registry import CELLS

UNITS, BATCH, INPUTS = 64, 16, 2
Flow = Mapping[str, Array]
# Streams of random numbers: each of its own, so that no knob changes what another has drawn.
_WEIGHTS, _READ, _LOSS = 200, 201, 202
_CELLS = ("rnn", "lstm", "gru")


# ---- the activations of the RNN beside tanh --------------------------------------------------


def identity_state(p: Record, s: Record) -> None:
    """h = a, without squashing."""
    s.h, s.slope = s.a, np.ones_like(s.a)


def relu_state(p: Record, s: Record) -> None:
    """h = max(a, 0)."""
    s.h, s.slope = np.maximum(s.a, 0), (s.a > 0).astype(np.float64)


def tanh_state(p: Record, s: Record) -> None:
    """h = tanh(a), as in every cell of the course."""
    eq.rnn_state(p, s)
    s.slope = 1 - s.h**2


def slopes(p: Record, s: Record) -> None:
    """Backward through the activation: dL/da = dL/dh · dh/da."""
    s.da = s.dh * s.slope


STATES: Mapping[str, Callable[[Record, Record], None]] = {
    "tanh": tanh_state,
    "relu": relu_state,
    "identity": identity_state,
}


# ---- what is drawn from the seed -------------------------------------------------------------


def weights(cell: str, seed: int, *, matrix: str = "random", radius: float = 1.0) -> Record:
    """Return the untrained parameters, with biases as columns (H,1) of 0: W normal, U uniform in
    ±1/√H.

    The RNN's U, random or orthogonal, is then scaled to the spectral radius ρ(U).
    """
    rng = np.random.default_rng([seed, _WEIGHTS, _CELLS.index(cell)])
    drawn = initialise.cell(rng, cell, INPUTS, UNITS)
    for name, value in drawn.items():
        if name.startswith("W"):
            drawn[name] = rng.standard_normal(value.shape)
        elif value.ndim == 1:
            drawn[name] = np.zeros((UNITS, 1))
    if cell == "rnn":
        U = initialise.orthogonal(rng, UNITS) if matrix == "orthogonal" else drawn["U"]
        drawn["U"] = initialise.with_radius(U, radius)
    return Record(**drawn)


def read(seed: int, steps: int, scale: float) -> Array:
    """Return the inputs (T,D,B): normal numbers times `scale`."""
    rng = np.random.default_rng([seed, _READ])
    return scale * rng.standard_normal((steps, INPUTS, BATCH))


def last_gradient(seed: int) -> Array:
    """Return ∂L/∂h_T = v (H,B), of length 1 and equal for all sequences."""
    v = np.random.default_rng([seed, _LOSS]).standard_normal((UNITS, 1))
    return np.repeat(v / np.linalg.norm(v), BATCH, axis=1)


def size(values: Array) -> float:
    """Return the length of a column (H,B), as root mean square over the batch."""
    return float(np.linalg.norm(values) / np.sqrt(values.shape[-1]))


# ---- there and back --------------------------------------------------------------------------


def forward(
    cell: str,
    p: Record,
    x: Array,
    state: Callable[[Record, Record], None] = tanh_state,
    start: Record | None = None,
) -> list[Record]:
    """Return the records of steps 1 … T.

    Args:
        cell: the kind of cell.
        p: its parameters.
        x: inputs (T,D,B).
        state: the RNN's activation.
        start: the initial state (h, of an LSTM also c); None for 0.
    """
    nothing = np.zeros((UNITS, x.shape[2]))
    before = start or Record(h=nothing, c=nothing)
    steps: list[Record] = []
    for x_t in x:
        s = Record(x=x_t, h_prev=before.h)
        if "c" in CELLS[cell].states:
            s.c_prev = before.c
        for phase in CELLS[cell].phases.values():
            (state if phase is eq.rnn_state else phase)(p, s)
        steps.append(s)
        before = s
    return steps


@lru_cache(maxsize=32)
def rnn(seed: int, steps: int, scale: float, radius: float, matrix: str, activation: str) -> Flow:
    """Return ‖∂L/∂h‖ by distance, and its two factors at each step.

    grad_rnn (T+1,): row d is ‖∂L/∂h_{T−d}‖ / ‖∂L/∂h_T‖. slope_rnn, turn_rnn (T,): the factors of
    the activation's derivative and of U between distance d−1 and d. dU_terms (T,): the norm of step
    t's contribution to ∂L/∂U; dU (H,H): the sum; both averaged over the batch. h (T+1,): the mean
    |h|. U (H,H); rho, sigma_max: its spectral radius and its largest singular value.
    """
    p = weights("rnn", seed, matrix=matrix, radius=radius)
    records = forward("rnn", p, read(seed, steps, scale), STATES[activation])
    s = Record(dh=last_gradient(seed))
    flow, slope, turn, terms = [size(s.dh)], [], [], []
    dU = np.zeros((UNITS, UNITS))
    for record in reversed(records):
        record.dh = s.dh
        slopes(p, record)
        eq.rnn_back(p, record)
        term = record.da @ record.h_prev.T / BATCH
        terms.append(float(np.linalg.norm(term)))
        dU += term
        slope.append(_share(size(record.da), size(record.dh)))
        turn.append(_share(size(record.dh_prev), size(record.da)))
        flow.append(size(record.dh_prev))
        s.dh = record.dh_prev
    sizes = {
        "rho": np.array(initialise.spectral_radius(p.U)),
        "sigma_max": np.array(np.linalg.norm(p.U, 2)),
    }
    means = [0.0, *(float(np.abs(r.h).mean()) for r in records)]
    found = {"grad_rnn": flow, "slope_rnn": slope, "turn_rnn": turn, "h": means}
    arrays = {name: np.array(values) for name, values in found.items()}
    arrays |= {"dU_terms": np.array(terms[::-1]), "dU": dU, "U": p.U}
    return _keep(arrays | sizes)


@lru_cache(maxsize=32)
def lstm(seed: int, steps: int, scale: float, bias: float) -> Flow:
    """Return ‖∂L/∂c‖ by distance, relative to the last step, and the product of the forget gates.

    grad_lstm (T+1,): ‖∂L/∂c_{T−d}‖ / ‖∂L/∂c_T‖ along all paths. f_lstm (T,): the mean f between
    distance d−1 and d. path_lstm (T+1,): their product, the share kept by the direct path along c.
    """
    p = weights("lstm", seed)
    p.b_f = p.b_f + bias
    records = forward("lstm", p, read(seed, steps, scale))
    nothing = np.zeros((UNITS, BATCH))
    later = Record(dh_prev=last_gradient(seed), dc_prev=nothing)
    flow: list[float] = []
    for s in reversed(records):
        s.dh_loss, s.dh_next, s.dc_next = nothing, later.dh_prev, later.dc_prev
        eq.lstm_slopes(p, s)
        eq.lstm_back(p, s)
        flow.append(size(s.dc))
        later = s
    # At the start nothing but dc_prev is left: h_0 leads nowhere else.
    flow.append(size(later.dc_prev))
    gates = np.array([float(s.f.mean()) for s in reversed(records)])
    relative = np.array([_share(value, flow[0]) for value in flow])
    return _keep({"grad_lstm": relative, "path_lstm": _product(gates), "f_lstm": gates})


@lru_cache(maxsize=32)
def gru(seed: int, steps: int, scale: float, bias: float) -> Flow:
    """Return ‖∂L/∂h‖ by distance (grad_gru) and the product of the update gates (path_gru), both
    (T+1,); and z_gru (T,), the mean z between distance d−1 and d."""
    p = weights("gru", seed)
    p.b_z = p.b_z + bias
    records = forward("gru", p, read(seed, steps, scale))
    nothing = np.zeros((UNITS, BATCH))
    coming = last_gradient(seed)
    flow = [size(coming)]
    for s in reversed(records):
        s.dh_loss, s.dh_next = nothing, coming
        eq.gru_slopes(p, s)
        eq.gru_reset_slopes(p, s)
        eq.gru_back(p, s)
        coming = s.dh_prev
        flow.append(size(coming))
    gates = np.array([float(s.z.mean()) for s in reversed(records)])
    return _keep({"grad_gru": np.array(flow), "path_gru": _product(gates), "z_gru": gates})


def _keep(arrays: dict[str, Array]) -> Flow:
    return MappingProxyType({name: read_only(values) for name, values in arrays.items()})


def _product(gates: Array) -> Array:
    """Return (T+1,): the product of the first d gates, 1 for none."""
    return np.concatenate(([1.0], np.cumprod(gates)))


def _share(after: float, before: float) -> float:
    """Return after / before, or 0 if `before` is 0."""
    return after / before if before else 0.0


# ---- clipping --------------------------------------------------------------------------------


def clip_gradient(gradient: Array, limit: float, by: str) -> Array:
    """Return the gradient clipped to `limit` (0: unchanged), by its norm, which keeps its
    direction, or by value, which does not."""
    if not limit:
        return gradient
    if by == "value":
        return np.clip(gradient, -limit, limit)
    norm = float(np.linalg.norm(gradient))
    return gradient * min(1.0, limit / norm) if norm else gradient
