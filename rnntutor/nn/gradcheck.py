"""The numeric gradient, for checking a backward pass."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rnntutor.nn.arrays import Array


def numerical_gradient(
    loss: Callable[[], float], p: Array, step: float = 1e-5
) -> Array:
    """dL/dp by central differences, (L(p+e) - L(p-e)) / 2e for each entry.

    Args:
        loss: computes L from p each time it is called.
        p: a float64 array; changed in place and then restored.
        step: e.

    Returns:
        dL/dp, shaped like p.

    Raises:
        ValueError: if p is not float64.
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
