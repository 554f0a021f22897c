"""A batch of sequences through a learner's functions and back, one sequence after the other, as
fast as they are: nothing is watched here.

What the functions read is put together as in the exercises: a step of the way back is given all
that the step forward had, also its gates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

Weights = Mapping[str, Any]  # W, U, b: an array each, or a dictionary by the blocks' letters
Function = Callable[..., Any]


class BatchRun:
    """One batch: x (T,D,B), and the computed states h (and c), each (T+1,H,B).

    Args:
        x: the batch.
        weights: W, U and b.
        states: number of states.
        units: H.
        sequence: the forward function computes all steps in one call.
    """

    def __init__(self, x: Any, weights: Weights, states: int, units: int, sequence: bool) -> None:
        self.x, self.weights, self.sequence = x, weights, sequence
        T, _, B = x.shape
        self.states = [np.zeros((T + 1, units, B)) for _ in range(states)]

    def forward(self, function: Function) -> Any:
        """Return the last state (H,B)."""
        for n in range(self.x.shape[2]):
            (self._sequence if self.sequence else self._steps)(function, n)
        return self.states[0][-1]

    def _sequence(self, function: Function, n: int) -> None:
        h = self.states[0]
        h[1:, :, n] = function(x=self.x[..., n].copy(), h0=h[0, :, n].copy(), **self.weights)

    def _steps(self, function: Function, n: int) -> None:
        names = ("h_prev", "c_prev")[: len(self.states)]
        now = [state[0, :, n].copy() for state in self.states]
        for t, x in enumerate(self.x[..., n], 1):
            made = function(x=x, **dict(zip(names, now, strict=True)), **self.weights)
            now = list(made) if len(now) > 1 else [made]
            for state, value in zip(self.states, now, strict=True):
                state[t, :, n] = value

    def backward(self, function: Function, dh: Any) -> dict[str, Any]:
        """Return the gradients of W, U and b for the gradient dh (H,B) of the last state."""
        total: dict[str, Any] = {}
        whole = len(self.states) == 1
        for n in range(self.x.shape[2]):
            for grads in (self._back if whole else self._back_steps)(function, dh[:, n], n):
                for name, value in zip(("W", "U", "b"), grads, strict=True):
                    total[name] = add(total.get(name), value)
        return total

    def _back(self, function: Function, dh: Any, n: int) -> Iterable[Any]:
        h = self.states[0][..., n].copy()
        dh_loss = np.zeros_like(h[1:])
        dh_loss[-1] = dh
        weights = {name: self.weights[name] for name in ("W", "U")}
        yield function(dh_loss=dh_loss, x=self.x[..., n].copy(), h0=h[0], h=h[1:], **weights)[:3]

    def _back_steps(self, function: Function, dh: Any, n: int) -> Iterable[Any]:
        h, c = (state[..., n].copy() for state in self.states)
        weights = {name: self.weights[name] for name in ("W", "U")}
        dc, gates = np.zeros_like(dh), self._gates(n)
        for t in range(len(self.x), 0, -1):
            x = self.x[t - 1, :, n]
            step = {"x": x, "h_prev": h[t - 1], "c_prev": c[t - 1], "c": c[t].copy()}
            step |= {k: gate[t - 1] for k, gate in gates.items()}
            _, dh, dc, *grads = function(dh=dh, dc_next=dc, step=step, **weights)
            yield grads

    def _gates(self, n: int) -> dict[str, Any]:
        """Return the gates of all steps, (T,H) each."""
        x, h = self.x[..., n], self.states[0][:-1, :, n]
        W, U, b = (self.weights[name] for name in ("W", "U", "b"))
        sums = {k: x @ W[k].T + h @ U[k].T + b[k] for k in W}
        gates = {k: 0.5 + 0.5 * np.tanh(0.5 * a) for k, a in sums.items() if k != "g"}
        return gates | {"g": np.tanh(sums["g"])}


def add(one: Any, other: Any) -> Any:
    """Add two gradients, entry by entry where they are dictionaries."""
    if one is None:
        return {k: np.array(v) for k, v in other.items()} if isinstance(other, dict) else other
    if isinstance(one, dict):
        return {k: value + other[k] for k, value in one.items()}
    return one + other
