"""Comparison of a backward pass with numeric gradients."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.gradcheck import numerical_gradient


def worst(
    loss: Callable[[], float], params: Mapping[str, Array], gradients: Mapping[str, Array]
) -> tuple[str, float]:
    """Return the parameter with the largest error of its gradient, and this error.

    The error of an entry is |difference| / max(1, |either|).

    Args:
        loss: computes L from the parameters each time it is called.
        params: name -> float64 array.
        gradients: name -> gradient to check.
    """
    off: dict[str, float] = {}
    for name, p in params.items():
        true, given = numerical_gradient(loss, p), gradients[name]
        assert given.shape == p.shape, name
        scale = np.maximum(1, np.maximum(abs(true), abs(given)))
        off[name] = float((abs(true - given) / scale).max(initial=0.0))
    name = max(off, key=off.__getitem__)
    return name, off[name]
