"""The numeric gradient, by which a backward pass is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from rnntutor.nn.arrays import Array


def numeric(loss: Callable[[], float], p: Array, step: float = 1e-5) -> Array:
    """dL/dp by central differences, (L(p+e) - L(p-e)) / 2e for each entry.

    Args:
        loss: computes L from p each time it is called.
        p: a float64 array; changed in place and put back as it was.
        step: e.

    Returns:
        dL/dp, shaped like p.

    Raises:
        ValueError: for another precision than float64.
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
    """The parameter whose gradient is farthest from the numeric one.

    Args:
        loss: computes L from the parameters each time it is called.
        params: name -> float64 array.
        gradients: name -> what is to be checked.
        step: of the differences.

    Returns:
        Its name, and its largest |difference| / max(1, |both|) of an entry.
    """
    off: dict[str, float] = {}
    for name, p in params.items():
        true, given = numeric(loss, p, step), gradients[name]
        if given.shape != p.shape:
            raise ValueError(f"{name} is {p.shape}, not {given.shape}")
        scale = np.maximum(1, np.maximum(abs(true), abs(given)))
        off[name] = float((abs(true - given) / scale).max(initial=0.0))
    name = max(off, key=off.__getitem__)
    return name, off[name]
