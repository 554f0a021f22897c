"""Optimisers and gradient clipping.

Parameters and gradients are dicts, name -> array, with the same names. The
parameters are changed in place, so that all holders of the arrays see the
change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import sqrt

import numpy as np
from numpy import divide, multiply, subtract

from rnntutor.nn.arrays import Array

NamedArrays = Mapping[str, Array]


def norm(gradients: NamedArrays) -> float:
    """The Euclidean norm of all gradients together, taken as one vector.

    Args:
        gradients: name -> array of any shape, float32 or float64.

    Returns:
        sqrt(sum of the squares of all entries), accumulated in float64.
    """
    return sqrt(
        sum(
            float(np.vdot(g, g))
            if g.dtype == np.float64
            else float(np.square(g, dtype=np.float64).sum())
            for g in gradients.values()
        )
    )


def clip_grad_norm(gradients: NamedArrays, max_norm: float) -> float:
    """Scale the gradients, in place, to a norm of at most `max_norm`.

    g <- g max_norm/|g| if |g| > max_norm (Pascanu et al. 2013, algorithm 1);
    the direction is unchanged. Gradients with a non-finite norm are not
    changed.

    Args:
        gradients: name -> array; changed in place.
        max_norm: above 0.

    Returns:
        The norm before clipping.

    Raises:
        ValueError: for a max_norm of 0 or less.
    """
    if max_norm <= 0:
        raise ValueError(f"clip needs a norm above 0, not {max_norm}")
    length = norm(gradients)
    if max_norm < length < np.inf:
        for g in gradients.values():
            g *= max_norm / length
    return length


@dataclass
class SGD:
    """Stochastic gradient descent: p <- p - lr g.

    Args:
        params: name -> array; changed in place.
        lr: the learning rate.
    """

    params: NamedArrays
    lr: float = 0.1

    def step(self, gradients: NamedArrays) -> None:
        """Do one update.

        Args:
            gradients: name -> array, for every parameter.

        Raises:
            ValueError: if one is missing or has another shape.
        """
        _same(self.params, gradients)
        for name, p in self.params.items():
            p -= self.lr * gradients[name]


@dataclass
class Adam:
    """Adam (Kingma & Ba 2015, algorithm 1).

    m and v are running means of g and g^2, and p <- p - lr m' / (sqrt(v') +
    eps), where m' = m / (1 - beta1^t) and v' = v / (1 - beta2^t) correct the
    bias of the start at 0.

    Args:
        params: name -> array; changed in place.
        lr: the learning rate.
        beta1: share of m that is kept at each update.
        beta2: share of v that is kept at each update.
        eps: keeps the division finite.
        t: the number of updates so far.
    """

    params: NamedArrays
    lr: float = 1e-3
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8
    t: int = 0
    _own: dict[str, tuple[Array, Array, Array]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._own = {
            name: (np.zeros_like(p), np.zeros_like(p), np.empty_like(p))
            for name, p in self.params.items()
        }

    def step(self, gradients: NamedArrays) -> None:
        """Do one update.

        Args:
            gradients: name -> array, for every parameter.

        Raises:
            ValueError: if one is missing or has another shape.
        """
        _same(self.params, gradients)
        self.t += 1
        up = 1 / sqrt(1 - self.beta2**self.t)
        lr = self.lr / (1 - self.beta1**self.t)
        for name, p in self.params.items():
            g = gradients[name]
            m, v, room = self._own[name]
            subtract(g, m, out=room)
            room *= 1 - self.beta1
            m += room  # m = keep m + (1 - keep) g
            multiply(g, g, out=room)
            room -= v
            room *= 1 - self.beta2
            v += room
            np.sqrt(v, out=room)
            room *= up
            room += self.eps
            divide(m, room, out=room)
            room *= lr
            p -= room


def _same(params: NamedArrays, gradients: NamedArrays) -> None:
    for name, p in params.items():
        if name not in gradients:
            raise ValueError(f"no gradient of {name}")
        if gradients[name].shape != p.shape:
            raise ValueError(
                f"{name} is {p.shape}, its gradient {gradients[name].shape}"
            )
