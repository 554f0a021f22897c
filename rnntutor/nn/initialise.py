"""Where training starts: the first values of the parameters.

All are made in float64 from a generator and then given the type that is
asked for, so that one seed means the same numbers in every precision.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import DTypeLike

from rnntutor.nn.cells import pack
from rnntutor.nn.fast import Floats
from rnntutor.nn.plans import shapes
from rnntutor.nn.trace import Array


def uniform(rng: Generator, *shape: int, bound: float) -> Array:
    """Each entry from U(-bound, bound)."""
    return rng.uniform(-bound, bound, shape)


def cell(
    rng: Generator,
    kind: str,
    inputs: int,
    units: int,
    *,
    biases: bool = False,
) -> dict[str, Array]:
    """A cell's parameters apart, each from U(-1/sqrt(H), 1/sqrt(H)), which is
    PyTorch's start; its biases too, or 0."""
    bound = units**-0.5
    return {
        name: uniform(rng, *shape, bound=bound)
        if biases or len(shape) == 2
        else np.zeros(shape)
        for name, shape in shapes(kind, inputs, units).items()
    }


def packed(
    rng: Generator,
    kind: str,
    inputs: int,
    units: int,
    *,
    keep_bias: float = 0.0,
    biases: bool = False,
    dtype: DTypeLike = np.float32,
) -> Floats:
    """A cell's packed W, as `cell`; keep_bias: see `set_keep_bias`."""
    params = cell(rng, kind, inputs, units, biases=biases)
    set_keep_bias(kind, params, keep_bias)
    return pack(kind, params, dtype)


def set_keep_bias(kind: str, params: dict[str, Array], value: float) -> None:
    """Add to the bias of the gate that keeps, f of the LSTM (Jozefowicz et
    al. 2015) or z of the GRU. An RNN has none: for it 0 alone is possible.
    """
    if kind in KEEPS:
        params[KEEPS[kind]] += value
    elif value:
        raise ValueError(f"{kind} has no gate that keeps")


KEEPS = {"lstm": "b_f", "gru": "b_z"}


def chrono(
    rng: Generator, kind: str, params: dict[str, Array], longest: int
) -> None:
    """Biases for memories of up to `longest` steps (Tallec & Ollivier 2018):
    b_f = log u with u from U(1, longest - 1), and b_i = -b_f; for the GRU
    b_z = log u."""
    if kind not in KEEPS:
        raise ValueError(f"{kind} has no gate that keeps")
    if longest < 3:
        raise ValueError(f"chrono needs at least 3 steps, not {longest}")
    kept = params[KEEPS[kind]]
    kept[...] = np.log(rng.uniform(1, longest - 1, kept.shape))
    if kind == "lstm":
        params["b_i"][...] = -kept


def orthogonal(rng: Generator, units: int, gain: float = 1.0) -> Array:
    """A random (H,H) matrix that keeps every length, times gain
    (Saxe et al. 2014)."""
    Q, R = np.linalg.qr(rng.standard_normal((units, units)))
    # the sign of R's diagonal is taken out: so Q is uniform, and the same
    # whichever way the factorisation turned it
    return np.asarray(gain * Q * np.sign(np.diagonal(R)))


def spectral_radius(U: Array) -> float:
    """The largest |eigenvalue| of U (H,H)."""
    return float(np.abs(np.linalg.eigvals(U)).max())


def with_radius(U: Array, radius: float) -> Array:
    """U scaled to that spectral radius. Raises ValueError if U's is 0."""
    now = spectral_radius(U)
    if now == 0:
        raise ValueError("U has spectral radius 0: it cannot be scaled")
    return np.asarray(U * (radius / now))
