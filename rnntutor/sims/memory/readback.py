"""How well what was read k steps ago can be read back from the state of a net, without training
it: a linear read-out is fitted (ridge regression) and judged on what it was not fitted on."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.initialise import with_radius

FARTHEST = 30  # k
STEPS, START = 1500, 100  # inputs read, and those left out until the state has settled
RIDGE = 1e-4


def states(units: int, radius: float, size: float, seed: int) -> tuple[Array, Array]:
    """A plain RNN with random weights over random inputs: x (T,) from U(-1, 1) and h (T,H).

    radius: the spectral radius of U. size: what the input is multiplied with on its way in.
    """
    numbers = np.random.default_rng([seed, 6])
    U: Array = numbers.uniform(-1, 1, (units, units))
    U = with_radius(U, radius) if radius and np.any(U) else U * 0
    W = size * numbers.uniform(-1, 1, units)
    x = numbers.uniform(-1, 1, STEPS)
    h: Array = np.zeros((STEPS, units))
    before = np.zeros(units)
    for t, value in enumerate(x):
        before = np.tanh(W * value + U @ before, out=h[t])
    return x, h


def readable(x: Array, h: Array, farthest: int = FARTHEST) -> Array:
    """R² of x_{t-k} read off h_t, for k = 0 … farthest: 1 is all of it, 0 nothing.

    The read-out is fitted on the first half of the run and judged on the second.
    """
    start = max(START, farthest)
    wanted = np.array([x[start - k : len(x) - k] for k in range(farthest + 1)]).T
    given = np.hstack([h[start:], np.ones((len(h) - start, 1))])
    half = len(given) // 2
    fitted, judged = given[:half], given[half:]
    square = fitted.T @ fitted + RIDGE * np.eye(given.shape[1])
    said = judged @ np.linalg.solve(square, fitted.T @ wanted[:half])
    true = wanted[half:]
    left = ((said - true) ** 2).sum(axis=0) / ((true - true.mean(axis=0)) ** 2).sum(axis=0)
    return np.asarray(np.clip(1 - left, 0.0, 1.0))
