"""Trained weights: `assets/weights/NAME.npz` holds the parameters of one cell under the names of
the trace (W_f, U_f, b_f, …, V), and for words `words` (N,) and their vectors `E` (N, D)."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from rnntutor import assets
from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.registry import CELLS
from rnntutor.sims.base import SettingError
from rnntutor.sims.common.parameters import shapes
from rnntutor.sims.makers import MAKERS


@cache
def _load(name: str) -> dict[str, Any]:
    """Return the arrays of a snapshot.

    Raises:
        SettingError: there is no snapshot of that name.
        AssetError: it cannot be read.
    """
    known = assets.names("weights")
    if name not in known and name not in MAKERS:
        raise SettingError("setting.choice", name="weights", value=name, choices=", ".join(known))
    return assets.weights(name)


def sizes(name: str, cell: str) -> dict[str, int]:
    """Return units, inputs and outputs of a snapshot.

    Raises:
        SettingError: it belongs to another cell.
    """
    arrays = _load(name)
    first = f"W{CELLS[cell].blocks[0].tail}"
    if first not in arrays:
        raise SettingError("setting.needs", name="weights", needed=f"{name}: {first}")
    units, inputs = arrays[first].shape
    return {"units": units, "inputs": inputs, "outputs": len(arrays.get("V", ()))}


def parameters(name: str, cell: str) -> dict[str, Array]:
    """Return the parameters of a snapshot, by name."""
    size = sizes(name, cell)
    arrays = _load(name)
    wanted = (*shapes(cell, **size), "b_y")
    return {n: arrays[n].astype(np.float64) for n in wanted if n in arrays}


def vector(name: str, word: str, inputs: int) -> Array:
    """Return the trained vector of a word, (D,); zeros for a word that did not occur in
    training."""
    arrays = _load(name)
    words = [str(known) for known in arrays.get("words", ())]
    if word not in words:
        return np.zeros(inputs)
    return np.asarray(arrays["E"][words.index(word)], np.float64)
