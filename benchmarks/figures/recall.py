"""(b) Delayed recall of a flagged symbol, and how well an untrained state holds its input."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

import numpy as np

from rnntutor.nn import initialise
from rnntutor.nn.arrays import Array
from rnntutor.sims import memory
from rnntutor.sims.common import fit
from rnntutor.sims.common.tasks import Batch
from rnntutor.sims.memory.readback import STEPS, readable
from rnntutor.subjects.training import Bias

from .figure import Figure, rounded
from .training import FRESH

# RIGHT is 98 % and more; CHANCE is the spread of 1/8 over 1000 sequences.
RIGHT, CHANCE = (0.98, 1.0), (0.085, 0.165)
# At the lengths of memory.LENGTHS, 5 … 120, within 3 s of training: an RNN at T=80 then has some
# 3200 updates, and begins to learn. With half as many, which a busy machine makes of 3 s, four of
# five seeds are still at chance, as all were at first.
RECALL = {
    ("rnn", "default"): (RIGHT, (0.38, 1), (0.38, 1), (0.11, 1), CHANCE, (0.085, 0.57)),
    ("lstm", "b_f 1"): (RIGHT, RIGHT, (0.25, 1), CHANCE, CHANCE, CHANCE),
    ("lstm", "b_f 3"): (RIGHT, RIGHT, RIGHT, (0.87, 1), (0.085, 0.87), CHANCE),
    ("lstm", "chrono"): (RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, (0.75, 1)),
    ("gru", "b_z 0"): (RIGHT, RIGHT, RIGHT, CHANCE, CHANCE, CHANCE),
    ("gru", "b_z 3"): (RIGHT, RIGHT, RIGHT, RIGHT, (0.995, 1), (0.75, 1)),
}
KEEPING = ("chrono", "b_z 3")
FAR = 320  # steps; recalled after training on varied lengths


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures of this part.

    Blank or other distractors are left out: no number was written down for them.
    """
    for (cell, bias), ranges in RECALL.items():
        name = cell.upper() if cell == "rnn" else f"{cell.upper()} {bias}"
        for T, (low, high) in zip(memory.LENGTHS, ranges, strict=True):
            run = partial(_recalled, cell, bias, T)
            short = T == 5 or (T == 40 and bias in KEEPING)
            yield Figure("b", f"recall T={T}, {name}: share right", low, high, run, quick=short)
    for cell, low in (("rnn", 0.98), ("lstm", 0.98), ("gru", 0.88)):
        what = f"recall T={FAR} after T=2 … 20, {cell.upper()}: share right"
        yield Figure("b", what, low, 1.0, partial(_varied, cell), 3)
    yield from _read_back()


def _recalled(cell: str, bias: str, T: int, seed: int) -> float:
    """Return the share right on new sequences after about three seconds of training, H=32."""
    keep: Bias = "keep" if bias in KEEPING else "default"
    settings = memory.MemorySettings(cell=cell, keep_bias=keep, T=T, seed=seed)
    one = memory.fit(settings)
    if bias == "b_f 3":
        one.model.cell.unpacked["b_f"][...] = 3.0
    _until_solved(one, memory.most(settings))
    return memory.accuracy(settings, one, FRESH)


def _varied(cell: str, seed: int) -> float:
    """Return the share right at T=320 after training on lengths 2 … 20, one for each update.

    How long it was trained was not written down: here until it is solved, or for three seconds of
    T=20.
    """
    settings = memory.MemorySettings(cell=cell, T=20, seed=seed)

    def batch(numbers: np.random.Generator) -> Batch:
        return memory.TASK.make(numbers, int(numbers.integers(2, 21)), fit.BATCH)

    model = memory.fit(settings).model
    one = fit.Fit(model, batch, memory.TASK.loss, seed=seed, rate=settings.lr)
    _until_solved(one, memory.most(settings))
    fresh = np.random.default_rng([seed, 4])
    asked = (memory.TASK.make(fresh, FAR, FRESH // 4) for _ in range(4))
    return float(np.mean([one.model.forward(x).argmax(axis=0) == wanted for x, wanted in asked]))


def _until_solved(one: fit.Fit, most: int) -> None:
    while one.updates < most and one.finite and not one.below(memory.TASK.solved):
        one.update()


# ---- x of k steps ago, read off the state by ridge regression --------------------------------

LAGS = (2, 5, 10, 20)
# Not written down: here 64 units as in part (c), W and x normal. "Small" is 0.1.
UNITS = 64


def _read_back() -> Iterator[Figure]:
    """Yield the figures for reading x back from the state, R² at each of LAGS.

    Each row has |U|, the size of x, whether U is orthogonal, and the ranges.
    """
    none = (0.0, 0.05)  # "0", with rounding and chance
    for radius, size, orthogonal, ranges in (
        (0.5, 1.0, False, (rounded(0.99, 0.01), (0.3, 0.65), none, none)),
        (0.9, 1.0, False, (rounded(0.97, 0.01), (0.6, 0.8), rounded(0.03, 0.01), none)),
        (1.0, 0.1, False, ((0.995, 1), (0.95, 0.99), (0.75, 0.87), rounded(0.12, 0.01))),
        (0.99, 0.05, True, tuple(rounded(R2, 0.01) for R2 in (0.98, 0.98, 0.96, 0.81))),
    ):
        kind = "orthogonal, " if orthogonal else ""
        for lag, (low, high) in zip(LAGS, ranges, strict=True):
            what = f"read back x of {lag} ago, |U| {radius:g}, {kind}x·{size:g}"
            run = partial(_readable, radius, size, orthogonal, lag)
            yield Figure("b", what, low, high, run)


def _readable(radius: float, size: float, orthogonal: bool, lag: int, seed: int) -> float:
    return float(_curve(radius, size, orthogonal, seed)[lag])


@cache
def _curve(radius: float, size: float, orthogonal: bool, seed: int) -> Array:
    """Return R² by lag of an untrained RNN that reads one normal number a step."""
    numbers = np.random.default_rng([seed, 6])
    U: Array = numbers.standard_normal((UNITS, UNITS))
    U = initialise.orthogonal(numbers, UNITS) if orthogonal else U
    U = initialise.with_radius(U, radius)
    W, x = (numbers.standard_normal(many) for many in (UNITS, STEPS))
    h: Array = np.zeros((len(x), UNITS))
    before = np.zeros(UNITS)
    for t, value in enumerate(size * x):
        before = np.tanh(W * value + U @ before, out=h[t])
    return readable(x, h)
