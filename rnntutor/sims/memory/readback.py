"""How well past inputs can be read from the state of an untrained network: a linear read-out (ridge
regression), evaluated on data that it was not fitted to."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.initialise import with_radius

FARTHEST = 30  # k
STEPS, START = 1500, 100  # inputs read, and those left out until the state has settled
RIDGE = 1e-4


def states(units: int, radius: float, size: float, seed: int) -> tuple[Array, Array]:
    """Run a plain RNN with random weights on random inputs.

    Args:
        units: H.
        radius: spectral radius of U.
        size: factor of the input.
        seed: seed of weights and inputs.

    Returns:
        x (T,) from U(-1, 1), and h (T,H).
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
    """Return R² of x_{t-k} read off h_t, for k = 0 … farthest: 1 for all of it, 0 for nothing.

    The read-out is fitted on the first half of the run and evaluated on the second.
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
