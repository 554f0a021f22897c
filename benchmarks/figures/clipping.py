"""(c) Clipping: an RNN with a large U, trained by plain SGD."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from rnntutor.nn.initialise import with_radius
from rnntutor.nn.optimisers import SGD
from rnntutor.sims.common import fit as _fit
from rnntutor.sims.common.tasks import TASKS, Batch

from .figure import Figure

UNITS, RATE, UPDATES = 32, 0.1, 1000
SOLVED = (0.0, TASKS["recall"].solved)
# ln 8 = 2.08 is the loss of an answer that ignores the input.
NOTHING = (2.0, 2.2)
# The seeds gave .007 .007 .70 .38 .39.
LONGER = (0.007, 0.70)


@dataclass(frozen=True)
class Course:
    """Results of a training run.

    Attributes:
        lately: running loss at the end.
        largest: largest finite loss.
        norm: largest norm of the gradient before clipping.
    """

    lately: float
    largest: float
    norm: float


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures of this part.

    Clipping makes recall possible; without it, adding diverges.
    """
    for T, most, (low, high) in (
        *((20, 0.0, NOTHING), (20, 1.0, (0.004, 0.009)), (20, 0.3, SOLVED)),
        *((30, 0.0, NOTHING), (30, 1.0, LONGER)),
    ):
        what = f"recall T={T}, |U| 2, SGD, {_named(most)}: loss"
        yield Figure("c", what, low, high, partial(_lately, "recall", T, 2.0, most))
    what = "the largest gradient in recall T=20 with clip 1"
    yield Figure("c", what, 20, 100, partial(_norm, "recall", 20, 2.0, 1.0))
    # After how many updates it was 1e13 … 1e17 was not written down: here until it is not finite.
    wild = partial(_largest, "adding", 30, 1.5, 0.0)
    yield Figure("c", "adding T=30, |U| 1.5, SGD, no clip: largest loss", 1e13, 1e17, wild)
    for most in (0.3, 1.0):
        what = f"the same with clip {most:g}: loss (stable, not solved)"
        yield Figure("c", what, 0.16, 0.18, partial(_lately, "adding", 30, 1.5, most))


def _named(most: float) -> str:
    return f"clip {most:g}" if most else "no clip"


@cache
def _course(task: str, T: int, radius: float, most: float, seed: int) -> Course:
    """Train for 1000 updates at rate 0.1, or until the loss is not finite."""
    of = TASKS[task]
    model = _fit.network("rnn", of.inputs, UNITS, of.outputs, seed=seed)
    U = model.cell.unpacked["U"]
    U[...] = with_radius(U.astype(np.float64), radius)

    def batch(numbers: np.random.Generator) -> Batch:
        return of.make(numbers, T, _fit.BATCH)

    fit = _fit.Fit(model, batch, of.loss, seed=seed, rate=RATE, most=most, optimiser=SGD)
    lately = largest = norm = 0.0
    while fit.updates < UPDATES and fit.finite:
        fit.update()
        if fit.finite:
            lately, largest = fit.lately, max(largest, fit.loss)
            norm = max(norm, fit.gradient)
    return Course(lately, largest, norm)


def _lately(task: str, T: int, radius: float, most: float, seed: int) -> float:
    return _course(task, T, radius, most, seed).lately


def _largest(task: str, T: int, radius: float, most: float, seed: int) -> float:
    return _course(task, T, radius, most, seed).largest


def _norm(task: str, T: int, radius: float, most: float, seed: int) -> float:
    return _course(task, T, radius, most, seed).norm
