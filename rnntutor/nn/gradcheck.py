"""The numeric gradient: is a backward pass right?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from rnntutor.nn.arrays import Array


def numeric(loss: Callable[[], float], p: Array, step: float = 1e-5) -> Array:
    """dL/dp by central differences, (L(p+e) - L(p-e)) / 2e for each entry.

    loss reads p each time it is called; p (float64) is put back as it was.
    """
    if p.dtype != np.float64:
        raise ValueError(f"differences need float64, not {p.dtype}")
    found = np.zeros_like(p)
    for at in np.ndindex(p.shape):
        kept = p[at]
        p[at] = kept + step
        above = loss()
        p[at] = kept - step
        found[at] = (above - loss()) / (2 * step)
        p[at] = kept
    return found


def worst(
    loss: Callable[[], float],
    params: Mapping[str, Array],
    gradients: Mapping[str, Array],
    step: float = 1e-5,
) -> tuple[str, float]:
    """The parameter whose gradient is farthest from the numeric one, and how
    far: |difference| over the larger of 1 and both, the worst entry."""
    off: dict[str, float] = {}
    for name, p in params.items():
        true, given = numeric(loss, p, step), gradients[name]
        if given.shape != p.shape:
            raise ValueError(f"{name} is {p.shape}, not {given.shape}")
        scale = np.maximum(1, np.maximum(abs(true), abs(given)))
        off[name] = float((abs(true - given) / scale).max(initial=0.0))
    name = max(off, key=off.__getitem__)
    return name, off[name]
