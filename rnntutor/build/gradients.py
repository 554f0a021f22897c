"""The gradient check: compares returned gradients with numerical ones.

Each number that the loss depends on is moved slightly to both sides, and the loss is computed from
the engine's forward equations alone; the backward equations are not used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from threading import Event
from types import SimpleNamespace
from typing import Any

import numpy as np

from rnntutor.build import runner
from rnntutor.build.cases import Case
from rnntutor.build.check import arguments, returned_values
from rnntutor.build.computations import LSTM, cases
from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.gradcheck import numerical_gradient

RELATIVE, ABSOLUTE = 1e-4, 1e-6  # of what is measured; float32 is accurate enough


@dataclass(frozen=True)
class Gradients:
    """The result of a gradient check: the entry with the largest error.

    Attributes:
        name: the result.
        at: index of the entry.
        measured: the numerical gradient there.
        found: the returned gradient there.
        right: all entries agree.
        largest: the largest absolute difference.
    """

    name: str
    at: tuple[int, ...]
    measured: float
    found: float
    right: bool
    largest: float


def compare(exercise: str, source: str, stop: Event | None = None) -> Gradients | None:
    """Run the function once and compare its gradients with numerical ones.

    Returns:
        The comparison, or None if the exercise has no gradients or the function did not return them
        in the right shapes.
    """
    if exercise not in LOSSES:
        return None
    case = cases(exercise)[0]
    ran = runner.run(source, exercise, arguments(exercise, [case]), stop)
    if ran.trouble is not None or ran.runs[0].trouble is not None:
        return None
    loss, of = LOSSES[exercise](case.given)
    worst: Gradients | None = None
    right = True
    for name, found in _returned_gradients(case, ran.runs[0].value):
        if name not in of:
            continue
        measured = numerical_gradient(loss, of[name])
        if not isinstance(found, np.ndarray) or found.shape != measured.shape:
            return None
        off = np.nan_to_num(np.abs(found - measured), nan=np.inf)
        right = right and bool(np.all(off <= ABSOLUTE + RELATIVE * np.abs(measured)))
        at = tuple(int(n) for n in np.unravel_index(int(off.argmax()), off.shape))
        if worst is None or off[at] > worst.largest:
            worst = Gradients(
                name, at, float(measured[at]), float(found[at]), right, float(off[at])
            )
    return None if worst is None else replace(worst, right=right)


def _returned_gradients(case: Case, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield (name of a gradient, returned value)."""
    if isinstance(value, tuple) and len(value) == len(case.wanted):
        for result, one in zip(case.wanted, value, strict=True):
            yield from ((name, found) for _, name, found in returned_values(result, one))


LossAndParams = tuple[Callable[[], float], dict[str, Array]]


def _softmax_loss(given: Mapping[str, Any]) -> LossAndParams:
    y, target = given["y"].copy(), given["target"]
    return lambda: float(np.log(np.exp(y - y.max()).sum()) + y.max() - y[target]), {"dy": y}


def _rnn(given: Mapping[str, Any]) -> LossAndParams:
    """Return the loss of an RNN and its variables; the bias is recovered from the first step."""
    x, h, dh_loss = given["x"], given["h"], given["dh_loss"]
    W, U, h0 = (given[name].copy() for name in ("W", "U", "h0"))
    b: Array = np.arctanh(h[0]) - W @ x[0] - U @ h0

    def loss() -> float:
        total, state = 0.0, h0
        for row, wanted in zip(x, dh_loss, strict=True):
            state = np.tanh(W @ row + U @ state + b)
            total += float(wanted @ state)
        return total

    return loss, {"dW": W, "dU": U, "db": b, "dh0": h0}


def _lstm(given: Mapping[str, Any]) -> LossAndParams:
    """Return the loss of an LSTM step and its variables; the biases are recovered from the
    gates."""
    step, dh, dc = given["step"], given["dh"], given["dc_next"]
    x, h_prev, c_prev = (step[name].copy() for name in ("x", "h_prev", "c_prev"))
    p = SimpleNamespace()
    of: dict[str, Array] = {"dx": x, "dh_prev": h_prev, "dc_prev": c_prev}
    for k in LSTM:
        W, U = given["W"][k].copy(), given["U"][k].copy()
        gate = step[k]
        a = np.arctanh(gate) if k == "g" else np.log(gate / (1 - gate))
        b = a - W @ x - U @ h_prev
        vars(p).update({f"W_{k}": W, f"U_{k}": U, f"b_{k}": b})
        of |= {f'dW["{k}"]': W, f'dU["{k}"]': U, f'db["{k}"]': b}

    def loss() -> float:
        s = SimpleNamespace(x=x, h_prev=h_prev, c_prev=c_prev)
        for phase in CELLS["lstm"].phases.values():
            phase(p, s)
        return float(dh @ s.h + dc @ s.c)

    return loss, of


LOSSES: Mapping[str, Callable[[Mapping[str, Any]], LossAndParams]] = {
    "softmax_loss": _softmax_loss,
    "rnn_backward": _rnn,
    "lstm_backward": _lstm,
}
