"""How far the gradients of a backward pass are from the numeric ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.gradcheck import numerical_gradient


def worst(
    loss: Callable[[], float], params: Mapping[str, Array], gradients: Mapping[str, Array]
) -> tuple[str, float]:
    """The parameter whose gradient is farthest from the numeric one, and its largest
    |difference| / max(1, |both|) of an entry. loss: computes L from the parameters, which are
    float64, each time it is called."""
    off: dict[str, float] = {}
    for name, p in params.items():
        true, given = numerical_gradient(loss, p), gradients[name]
        assert given.shape == p.shape, name
        scale = np.maximum(1, np.maximum(abs(true), abs(given)))
        off[name] = float((abs(true - given) / scale).max(initial=0.0))
    name = max(off, key=off.__getitem__)
    return name, off[name]
