"""Forecasts on the network's own output: each forecast is read as if it were the true value."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.models import SequenceToVector

STEPS = 30  # forecasts on its own output
LATE = 10  # the last of them, whose spread is measured
COUNT = 64  # series that the spread is measured over


def run(model: SequenceToVector, past: Array, steps: int = STEPS) -> Array:
    """Return successive forecasts, (steps,B).

    Args:
        model: the network.
        past: the last true values (context,B); each forecast replaces the oldest.
        steps: number of forecasts.
    """
    window, said = past.astype(np.float32), []
    for _ in range(steps):
        y = model.forward(window[:, None])[0].copy()
        said.append(y)
        window = np.vstack([window[1:], y[None]])
    return np.stack(said).astype(np.float64)


def spread(values: Array) -> float:
    """Return the standard deviation of the last values of (T,B)."""
    return float(values[-LATE:].std())
