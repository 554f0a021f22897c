"""Time series for one-step forecasting, and simple forecasts that need no network.

A series is drawn anew each time: other phases, another walk. So a network is evaluated on series
that it was never trained on, and has to learn the rule rather than the series.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.random import Generator

from rnntutor.nn.arrays import Array

PERIOD = 16.0  # steps, of the sine
PERIODS = (9.0, 23.0)  # of the two sines
TOOTH = 12  # steps, of the sawtooth
STEP = 0.3  # the size of a random walk's steps: how they scatter


def sine(numbers: Generator, steps: int, count: int) -> Array:
    """Return sin(2πt/16 + φ) with random phases, (T,B)."""
    return _wave(numbers, steps, count, PERIOD)


def two_sines(numbers: Generator, steps: int, count: int) -> Array:
    """Return the mean of two sines with incommensurable periods and random phases."""
    first, second = (_wave(numbers, steps, count, period) for period in PERIODS)
    return (first + second) / 2


def sawtooth(numbers: Generator, steps: int, count: int) -> Array:
    """Return a rise from -1 to 1 in 12 equal steps, followed by a drop to -1."""
    start = numbers.integers(0, TOOTH, count)
    return 2 * ((np.arange(steps)[:, None] + start) % TOOTH) / (TOOTH - 1) - 1


def walk(numbers: Generator, steps: int, count: int) -> Array:
    """Return a random walk with independent steps N(0, 0.3²)."""
    start = numbers.normal(0, 1, count)
    return start + STEP * numbers.normal(size=(steps, count)).cumsum(axis=0)


def coin(numbers: Generator, steps: int, count: int) -> Array:
    """Return independent values ±1."""
    return 2 * numbers.integers(0, 2, (steps, count)).astype(np.float64) - 1


SERIES: Mapping[str, Callable[[Generator, int, int], Array]] = {
    "sine": sine,
    "two-sines": two_sines,
    "sawtooth": sawtooth,
    "walk": walk,
    "coin": coin,
}


def noisy(name: str, numbers: Generator, steps: int, count: int, noise: float) -> Array:
    """Return `count` series of that kind (T,B) plus noise N(0, noise²)."""
    clean = SERIES[name](numbers, steps, count)
    return clean + noise * numbers.normal(size=clean.shape) if noise else clean


def windows(series: Array, context: int) -> tuple[Array, Array]:
    """Return every window of `context` values of one series (N,), and the value after each:
    (context, N - context) and (N - context,)."""
    past = np.lib.stride_tricks.sliding_window_view(series[:-1], context)
    return past.T, series[context:]


def off(forecast: Array | float, true: Array) -> float:
    """Return the root mean squared error, in the units of the series."""
    return float(np.sqrt(np.mean((np.asarray(forecast) - true) ** 2)))


def _wave(numbers: Generator, steps: int, count: int, period: float) -> Array:
    phase = numbers.uniform(0, 2 * np.pi, count)
    return np.sin(2 * np.pi * np.arange(steps)[:, None] / period + phase)
