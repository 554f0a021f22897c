"""A forecaster on its own: what it says of the next value is read again as if it had come."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.models import SequenceToVector

STEPS = 30  # forecasts on its own output
LATE = 10  # the last of them, whose spread is measured
COUNT = 64  # series that the spread is measured over


def run(model: SequenceToVector, past: Array, steps: int = STEPS) -> Array:
    """(steps,B): forecasts one after the other. past (context,B): the last true values; each
    forecast takes the place of the oldest of them."""
    window, said = past.astype(np.float32), []
    for _ in range(steps):
        y = model.forward(window[:, None])[0].copy()
        said.append(y)
        window = np.vstack([window[1:], y[None]])
    return np.stack(said).astype(np.float64)


def spread(values: Array) -> float:
    """How far the last values are from each other, (T,B): their standard deviation."""
    return float(values[-LATE:].std())
