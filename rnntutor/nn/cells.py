"""The cells by name, and their parameters in both forms.

Apart: W_f, U_f, b_f, … as in the equations (equations.py, plain.py).
Packed: one matrix on [x; h; 1], as the fast forms want it (fast.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from rnntutor.nn.fast import Cell, Floats
from rnntutor.nn.fast_gru import GRU, empty_blocks
from rnntutor.nn.fast_lstm import LSTM
from rnntutor.nn.fast_rnn import RNN
from rnntutor.nn.plans import shapes

AnyCell: TypeAlias = Cell[Any]

CELLS: Mapping[str, type[RNN] | type[LSTM] | type[GRU]] = {
    "rnn": RNN,
    "lstm": LSTM,
    "gru": GRU,
}

# Per kind, the parameters of each block of H rows: for x, for h, for 1.
_ROWS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "rnn": (("W", "U", "b"),),
    "lstm": tuple((f"W_{k}", f"U_{k}", f"b_{k}") for k in "oifg"),
    "gru": (
        ("W_r", "U_r", "b_r"),
        ("W_z", "U_z", "b_z"),
        ("", "U_n", "b_nU"),
        ("W_n", "", "b_n"),
    ),
}


def make(kind: str, W: Floats) -> AnyCell:
    """The cell of that kind with the packed parameters W."""
    return CELLS[kind](W)


def packed_shape(kind: str, inputs: int, units: int) -> tuple[int, int]:
    """The shape of a cell's packed W."""
    return CELLS[kind].blocks * units, inputs + units + 1


def pack(
    kind: str, params: Mapping[str, ArrayLike], dtype: DTypeLike = np.float64
) -> Floats:
    """One matrix from the parameters apart; `unpack` is its inverse.

    Raises ValueError, naming it, for a parameter that is missing or whose
    shape does not fit.
    """
    first = _ROWS[kind][0][0]
    if first not in params:
        raise ValueError(f"{kind}: no {first}")
    H, D = np.shape(params[first])
    for name, shape in shapes(kind, D, H).items():
        if name not in params:
            raise ValueError(f"{kind}: no {name}")
        if np.shape(params[name]) != shape:
            found = np.shape(params[name])
            raise ValueError(f"{name} must be {shape}; it is {found}")
    packed: Floats = np.zeros(packed_shape(kind, D, H), dtype)
    for name, part in _parts(kind, packed).items():
        part[...] = params[name]
    return packed


def unpack(kind: str, W: Floats) -> dict[str, Floats]:
    """W_k (H,D), U_k (H,H), b_k (H,) as views of the packed matrix: what is
    written into them is written into W. A gradient unpacks the same way."""
    parts = _parts(kind, W)
    H, D = parts[_ROWS[kind][0][0]].shape
    return {name: parts[name] for name in shapes(kind, D, H)}


def _parts(kind: str, W: Floats) -> dict[str, Floats]:
    H = len(W) // CELLS[kind].blocks
    D = W.shape[1] - H - 1
    found: dict[str, Floats] = {}
    for j, (by_x, by_h, by_1) in enumerate(_ROWS[kind]):
        rows = W[j * H : (j + 1) * H]
        found[by_x] = rows[:, :D]
        found[by_h] = rows[:, D:-1]
        found[by_1] = rows[:, -1]
    found.pop("", None)
    return found


__all__ = [
    "CELLS",
    "GRU",
    "LSTM",
    "RNN",
    "AnyCell",
    "empty_blocks",
    "make",
    "pack",
    "packed_shape",
    "unpack",
]
