"""(c) How a gradient shrinks on its way back through an untrained net, in float64."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

import numpy as np

from rnntutor.sims.gradient import run as _gradient_run

from .figure import Figure, rounded

STEPS, SEEDS = 100, 3
LAGS = (1, 10, 50, 99)
Found = float | tuple[float, float]

# Spectral radius -> gradients at LAGS; x is small (0.1), so tanh is nearly linear.
LINEAR: dict[float, tuple[Found, ...]] = {
    0.5: (0.45, 4e-4, 1e-16, 1e-31),
    0.9: (0.8, 0.12, 4e-4, 5e-7),
    1.0: (0.87, 0.3, 0.03, 3e-3),
    1.1: (0.9, 0.4, 0.18, (0.2, 1)),
    1.5: (1.0, 1.0, (1, 5), (30, 100)),
    2.0: (1.1, (2, 4), (30, 1e3), (1e4, 3e6)),
}
# The same with x of size 1, 99 steps back: the slopes of tanh make the gradient vanish.
SATURATED: dict[float, Found] = {1.0: 1e-22, 1.5: (1e-10, 1e-8), 2.0: 1.0}
# b_f -> the mean f, and ∂L/∂c 10, 50 and 99 steps back.
LSTM: dict[float, tuple[float, tuple[float, ...]]] = {
    -1.0: (0.27, (3e-5, 5e-21, 5e-40)),
    0.0: (0.50, (3e-3, 3e-11, 5e-21)),
    1.0: (0.73, (0.06, 1e-4, 6e-8)),
    3.0: (0.95, (0.2, 0.25, 1.6)),
    5.0: (0.99, (0.2, 0.25, 1.6)),  # "the same" as 3; the mean f is σ(5)
}
GRU = {0.0: 8e-11, 1.0: 8e-6, 3.0: 0.1, 5.0: 0.7}


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures of this part: every radius and bias at every lag."""
    for radius, found in LINEAR.items():
        for lag, was in zip(LAGS, found, strict=True):
            what = f"gradient of the RNN, |U| {radius:g}, {lag} steps back"
            yield _figure(what, lag, was, partial(_rnn, radius, 0.1, lag))
    for radius, was in SATURATED.items():
        what = f"gradient of the RNN, |U| {radius:g}, x of size 1, 99 back"
        yield _figure(what, 99, was, partial(_rnn, radius, 1.0, 99))
    yield Figure("c", "largest singular value of U over |U|", 1.8, 2.0, _stretch, SEEDS)
    # A random U scales it by radius^k only up to a factor; an orthogonal one does exactly.
    what = "gradient, |U| 1.1, orthogonal, no tanh, 99 steps back"
    yield Figure("c", what, *rounded(1.3e4, 1e3), _exploding, SEEDS)
    yield from _gated()


def _gated() -> Iterator[Figure]:
    for bias, (gate, found) in LSTM.items():
        what = f"mean f of an LSTM, b_f {bias:g}"
        yield Figure("c", what, *rounded(gate, 0.01), partial(_mean_f, bias), SEEDS)
        for lag, was in zip(LAGS[1:], found, strict=True):
            what = f"gradient of the LSTM, b_f {bias:g}, {lag} steps back"
            yield _figure(what, lag, was, partial(_gate, "grad_lstm", bias, lag))
    what = "along c alone, b_f 0, 50 steps back (0.5^50 = 9e-16)"
    yield _figure(what, 50, 0.5**50, partial(_gate, "path_lstm", 0.0, 50))
    for bias, was in GRU.items():
        what = f"gradient of the GRU, b_z {bias:g}, 50 steps back"
        yield _figure(what, 50, was, partial(_gate, "grad_gru", bias, 50))


def _figure(what: str, lag: int, was: Found, run: partial[float]) -> Figure:
    """Make one figure from a range or from a single number.

    A single number was written where the seeds "came out alike". After 99 steps this is taken as
    the same power of ten, and as less before: the logarithm of a product of n random factors varies
    with √n.
    """
    alike = 10 ** math.sqrt(lag / 99)
    low, high = was if isinstance(was, tuple) else (was / alike, was * alike)
    return Figure("c", what, low, high, run, SEEDS)


def _rnn(radius: float, size: float, lag: int, seed: int) -> float:
    found = _gradient_run.rnn(seed, STEPS, size, radius, "random", "tanh")
    return float(found["grad_rnn"][lag])


def _stretch(seed: int) -> float:
    return float(_gradient_run.rnn(seed, STEPS, 0.1, 1.0, "random", "tanh")["sigma_max"])


def _exploding(seed: int) -> float:
    found = _gradient_run.rnn(seed, STEPS, 0.1, 1.1, "orthogonal", "identity")
    return float(found["grad_rnn"][99])


def _mean_f(bias: float, seed: int) -> float:
    return float(np.mean(_gradient_run.lstm(seed, STEPS, 0.1, bias)["f_lstm"]))


def _gate(name: str, bias: float, lag: int, seed: int) -> float:
    """Return a value of a curve of `_gradient_run.lstm` or `gru`, `lag` steps before the end."""
    run = _gradient_run.gru if name.endswith("gru") else _gradient_run.lstm
    return float(run(seed, STEPS, 0.1, bias)[name][lag])
