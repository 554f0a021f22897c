"""The parameters of a cell: names and shapes, drawing from a seed, replacement by hand.

Each parameter has its own generator, seeded with the seed and the parameter's index in `DRAWN` or
its name. So the same seed gives the same W_f regardless of other settings; only its shape and
`scale` affect it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.registry import CELLS

# Never reordered: a parameter's index here is part of what the seed means.
DRAWN = (
    *("W", "U", "V"),
    *("W_f", "U_f", "W_i", "U_i", "W_o", "U_o", "W_g", "U_g"),
    *("W_z", "U_z", "W_r", "U_r", "W_n", "U_n"),
)
_ENTRY = re.compile(r"([A-Za-z_]+)((?:\[\d+\]){1,2})")


def shapes(cell: str, units: int, inputs: int, outputs: int = 0) -> dict[str, tuple[int, ...]]:
    """Return name -> shape of every parameter: W (H,D), U (H,H), b (H,), and V (K,H)."""
    found = CELLS[cell].shapes(inputs, units)
    if outputs:
        found["V"] = (outputs, units)
    return found


def entry(name: str) -> tuple[str, tuple[int, ...]] | None:
    """Split `"W_f[0][1]"` into `("W_f", (0, 1))`; None for a name without indices."""
    match = _ENTRY.fullmatch(name)
    return match and (match[1], tuple(int(n) for n in re.findall(r"\d+", match[2])))


def draw(
    cell: str,
    *,
    units: int,
    inputs: int,
    outputs: int,
    seed: int,
    scale: float,
    forget_bias: float,
) -> dict[str, Array]:
    """Return untrained parameters: W, U and V uniform in ±1/√H as in PyTorch (W and U times
    `scale`), biases 0 except that of the keeping gate (b_f of an LSTM)."""
    bound = 1 / np.sqrt(units)
    drawn: dict[str, Array] = {}
    for name, shape in shapes(cell, units, inputs, outputs).items():
        vector = CELLS[cell].extra.get(name)
        if len(shape) == 2 or (vector and not vector.bias):
            numbers = np.random.default_rng([seed, _stream(name)])
            drawn[name] = numbers.uniform(-bound, bound, shape) * (1 if name == "V" else scale)
        else:
            drawn[name] = np.full(shape, forget_bias if name == CELLS[cell].forget_bias else 0.0)
    return drawn


def _stream(name: str) -> int:
    """Return the seed of a parameter's generator; derived from its name if it is not in `DRAWN`."""
    return DRAWN.index(name) if name in DRAWN else int.from_bytes(name.encode())


def replace_parameters(
    parameters: dict[str, Array],
    whole: Iterable[tuple[str, Array]],
    entries: Iterable[tuple[str, tuple[int, ...], float]],
) -> dict[str, Array]:
    """Return the parameters with some replaced as a whole, then some in single entries."""
    changed = parameters | {name: np.array(values) for name, values in whole}
    for name, index, value in entries:
        changed[name] = changed[name].copy()
        changed[name][index] = value
    return changed
