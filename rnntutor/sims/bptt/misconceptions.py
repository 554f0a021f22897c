"""Common mistakes in the backward pass: the value that each of them gives.

At a path with a step (dh[3][0], dU_terms[2]) the mistake is made in that step alone, starting from
the displayed values; in a whole sum (dU) it is made at every step.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import PathError, Trace, split_path
from rnntutor.sims.bptt.settings import BpttSettings

StepGradients = dict[str, Array]


def slip(name: str, settings: BpttSettings, trace: Trace, path: str) -> float:
    """Return the value at `path` with the mistake `name`.

    Raises:
        PathError: the path is not a single number of the backward pass, or the cell is an LSTM,
            whose mistakes concern its gates.
    """
    trace[path]  # raises PathError for an entry that is not there
    if trace.cell != "rnn":
        raise PathError(f"{path}: {name} is a mistake in a plain RNN")
    quantity, indices = split_path(path)
    if quantity in trace.fixed:
        values = _whole(trace, name)
    else:
        t, *inside = indices or (0,)
        indices = tuple(inside)
        if not t:
            raise PathError(f"{path}: a slip needs a step, as dh[3][0]")
        later = trace.at("da", t + 1) if t < trace.steps else np.zeros(trace.units)
        values = _step(trace, name, t, later)
        quantity = quantity.removesuffix("_terms")
    if quantity not in values:
        raise PathError(f"{path}: {name} says nothing of {quantity!r}")
    value = values[quantity]
    value = value[indices] if indices else value
    if value.size != 1:
        raise PathError(f"{path} is not one number")
    return float(value.reshape(-1)[0])


def _step(trace: Trace, slip: str, t: int, later: Array) -> StepGradients:
    """Compute step t with the mistake, from `later` = da of the following step (0 at the last)."""
    U, h, before = np.asarray(trace["U"]), trace.at("h", t), trace.at("h", t - 1)
    coming = later if slip == "no_U" else U @ later if slip == "not_transposed" else U.T @ later
    here = trace.at("dh_loss", t)
    dh = {"no_future": here, "no_loss": coming}.get(slip, here + coming)
    da = dh if slip == "no_slope" else dh * (1 - h**2)
    old = h if slip == "same_t" else before
    sums = {"dU": np.outer(da, old), "dW": np.outer(da, trace.at("x", t)), "db": da}
    return {"dh": dh, "dh_next": coming, "da": da, **sums}


def _whole(trace: Trace, slip: str) -> StepGradients:
    """Compute the sums over all steps with the mistake."""
    later: Array = np.zeros(trace.units)
    total: StepGradients = {name: np.zeros(()) for name in ("dU", "dW", "db")}
    for t in range(trace.steps, 0, -1):
        values = _step(trace, slip, t, later)
        later = values["da"]
        total = {name: term + values[name] for name, term in total.items()}
        if slip == "last_only":
            break
    return total


_NAMES = (
    *("no_future", "no_loss", "no_U", "not_transposed"),
    *("no_slope", "same_t", "last_only"),
)
MISCONCEPTIONS: dict[str, Callable[[BpttSettings, Trace, str], float]] = {
    name: partial(slip, name) for name in _NAMES
}
