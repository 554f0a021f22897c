"""Trainable cells by name, and their parameters in both forms.

Unpacked: W_f, U_f, b_f, … as in the equations (equations.py, reference.py).
Packed: one matrix for [x; h; 1], as the fast forms need it (fast.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.fast import Cell
from rnntutor.nn.cells.fast_gru import GRU
from rnntutor.nn.cells.fast_lstm import LSTM
from rnntutor.nn.cells.fast_rnn import RNN
from rnntutor.nn.cells.registry import CELLS

AnyCell: TypeAlias = Cell[Any]

FAST_CELLS: Mapping[str, type[RNN] | type[LSTM] | type[GRU]] = {
    "rnn": RNN,
    "lstm": LSTM,
    "gru": GRU,
}


def make(kind: str, W: Array) -> AnyCell:
    """Make a trainable cell.

    Args:
        kind: a key of FAST_CELLS: "rnn", "lstm" or "gru".
        W: its packed parameters, of the shape `packed_shape`; the cell keeps
            this array without a copy.

    Returns:
        The cell.

    Raises:
        KeyError: for another kind.
        ValueError: for a W of another shape.
    """
    return FAST_CELLS[kind](W)


def packed_shape(
    kind: str, input_size: int, hidden_size: int
) -> tuple[int, int]:
    """The shape of a cell's packed W.

    Args:
        kind: a key of FAST_CELLS.
        input_size: D.
        hidden_size: H.

    Returns:
        (rows, D+H+1), rows being H for an RNN and 4H for an LSTM and a GRU.
    """
    return (
        FAST_CELLS[kind].num_blocks * hidden_size,
        input_size + hidden_size + 1,
    )


def pack(
    kind: str, params: Mapping[str, ArrayLike], dtype: DTypeLike = np.float64
) -> Array:
    """Put a cell's parameters into one matrix; `unpack` is the inverse.

    Args:
        kind: a key of FAST_CELLS.
        params: name -> array: W_k (H,D), U_k (H,H), b_k (H,) of each block,
            and the cell's extra vectors (H,).
        dtype: of the matrix.

    Returns:
        W, of the shape `packed_shape`; 0 where a block has no parameter.

    Raises:
        ValueError: for a parameter that is missing or has the wrong shape,
            with its name.
    """
    first = FAST_CELLS[kind].rows[0][0]
    if first not in params:
        raise ValueError(f"{kind}: no {first}")
    H, D = np.shape(params[first])
    for name, shape in CELLS[kind].shapes(D, H).items():
        if name not in params:
            raise ValueError(f"{kind}: no {name}")
        if np.shape(params[name]) != shape:
            found = np.shape(params[name])
            raise ValueError(f"{name} must be {shape}; it is {found}")
    packed: Array = np.zeros(packed_shape(kind, D, H), dtype)
    for name, part in _parts(kind, packed).items():
        part[...] = params[name]
    return packed


def unpack(kind: str, W: Array) -> dict[str, Array]:
    """Split a packed matrix into parameters.

    Args:
        kind: a key of FAST_CELLS.
        W: packed parameters, or their gradient, of the shape `packed_shape`.

    Returns:
        name -> W_k (H,D), U_k (H,H), b_k (H,), extra vectors (H,). They are
        views: changing them changes W.
    """
    parts = _parts(kind, W)
    H, D = parts[FAST_CELLS[kind].rows[0][0]].shape
    return {name: parts[name] for name in CELLS[kind].shapes(D, H)}


def _parts(kind: str, W: Array) -> dict[str, Array]:
    H = len(W) // FAST_CELLS[kind].num_blocks
    D = W.shape[1] - H - 1
    found: dict[str, Array] = {}
    for j, (by_x, by_h, by_1) in enumerate(FAST_CELLS[kind].rows):
        rows = W[j * H : (j + 1) * H]
        found[by_x] = rows[:, :D]
        found[by_h] = rows[:, D:-1]
        found[by_1] = rows[:, -1]
    found.pop("", None)
    return found
