"""Initialisation: the initial values of the parameters.

All values are drawn in float64 and then converted to the requested type, so
that a seed gives the same numbers in every precision.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import DTypeLike

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.packing import pack
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.cells.spec import WRITE


def uniform(rng: Generator, *shape: int, bound: float) -> Array:
    """Draw an array, each entry uniformly from -bound to bound.

    Args:
        rng: the random generator.
        shape: of the array, one number for each axis.
        bound: the largest absolute value, above 0.

    Returns:
        The array, float64.
    """
    return rng.uniform(-bound, bound, shape)


def cell(
    rng: Generator,
    kind: str,
    input_size: int,
    hidden_size: int,
    *,
    biases: bool = False,
) -> dict[str, Array]:
    """A cell's unpacked parameters, from U(-1/sqrt(H), 1/sqrt(H)) as in torch.

    Args:
        rng: the random generator.
        kind: the cell, a key of CELLS.
        input_size: D.
        hidden_size: H.
        biases: whether vectors are drawn too; otherwise they are 0.

    Returns:
        name -> array, W_k (H,D), U_k (H,H), b_k (H,), …
    """
    bound = hidden_size**-0.5
    return {
        name: uniform(rng, *shape, bound=bound)
        if biases or len(shape) == 2
        else np.zeros(shape)
        for name, shape in CELLS[kind].shapes(input_size, hidden_size).items()
    }


def packed_cell(
    rng: Generator,
    kind: str,
    input_size: int,
    hidden_size: int,
    *,
    forget_bias: float = 0.0,
    biases: bool = False,
    dtype: DTypeLike = np.float32,
) -> Array:
    """Like `cell`, but in one matrix (see cells/packing.py).

    Args:
        rng: the random generator.
        kind: the cell, a key of CELLS.
        input_size: D.
        hidden_size: H.
        forget_bias: see `add_forget_bias`.
        biases: whether vectors are drawn too; otherwise they are 0.
        dtype: of the matrix.

    Returns:
        W, (rows,D+H+1).
    """
    params = cell(rng, kind, input_size, hidden_size, biases=biases)
    add_forget_bias(kind, params, forget_bias)
    return pack(kind, params, dtype)


def add_forget_bias(kind: str, params: dict[str, Array], value: float) -> None:
    """Add to the bias of the forget gate: b_f of an LSTM, b_z of a GRU.

    A high bias makes the gate keep the state (Jozefowicz et al. 2015).

    Args:
        kind: the cell.
        params: its unpacked parameters; changed in place.
        value: the number to add.

    Raises:
        ValueError: for a cell without such a gate, unless value is 0.
    """
    bias = CELLS[kind].forget_bias
    if bias:
        params[bias] += value
    elif value:
        raise ValueError(f"{kind} has no gate that keeps")


def chrono(
    rng: Generator, kind: str, params: dict[str, Array], longest: int
) -> None:
    """Biases for memories of up to `longest` steps (Tallec & Ollivier 2018).

    b_f = log u with u from U(1, longest - 1), and b_i = -b_f; for a GRU b_z =
    log u.

    Args:
        rng: the random generator, for u.
        kind: the cell.
        params: its unpacked parameters; changed in place.
        longest: steps, at least 3.

    Raises:
        ValueError: for a cell without a forget gate, or for fewer steps.
    """
    spec = CELLS[kind]
    if not spec.forget_bias:
        raise ValueError(f"{kind} has no gate that keeps")
    if longest < 3:
        raise ValueError(f"chrono needs at least 3 steps, not {longest}")
    kept = params[spec.forget_bias]
    kept[...] = np.log(rng.uniform(1, longest - 1, kept.shape))
    write = spec.with_role(WRITE)
    if write:
        params["b" + write.tail][...] = -kept


def orthogonal(rng: Generator, hidden_size: int) -> Array:
    """Draw a random orthogonal matrix (Saxe et al. 2014).

    Every orthogonal matrix is equally likely (Mezzadri 2007).

    Args:
        rng: the random generator.
        hidden_size: H.

    Returns:
        Q (H,H), float64, with Q^T Q = I: it preserves the length of every
        vector.
    """
    Q, R = np.linalg.qr(rng.standard_normal((hidden_size, hidden_size)))
    # fixing the signs of R's diagonal makes Q uniform, and independent of the
    # signs that the factorisation chose
    return np.asarray(Q * np.sign(np.diagonal(R)))


def spectral_radius(U: Array) -> float:
    """The spectral radius of a matrix: its largest |eigenvalue|.

    In the long run nearly every vector grows or shrinks by this factor with
    each product with U.

    Args:
        U: (H,H).

    Returns:
        The radius, 0 or more.
    """
    return float(np.abs(np.linalg.eigvals(U)).max())


def with_radius(U: Array, radius: float) -> Array:
    """Scale a matrix to a spectral radius (echo state networks: Jaeger 2001).

    Args:
        U: (H,H); not changed.
        radius: the largest |eigenvalue| of the result.

    Returns:
        A multiple of U, (H,H).

    Raises:
        ValueError: if the spectral radius of U is 0.
    """
    now = spectral_radius(U)
    if now == 0:
        raise ValueError("U has spectral radius 0: it cannot be scaled")
    return np.asarray(U * (radius / now))
