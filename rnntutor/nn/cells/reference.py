"""The reference form of every cell, which records everything.

It runs one sequence in float64, forward and backward. The equations are in the
cell's specification; fast.py has the fast form, for training.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace as Record

import numpy as np
from numpy.typing import ArrayLike

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells import equations as eq
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.cells.spec import CellSpec
from rnntutor.nn.subject import Reading
from rnntutor.nn.trace import Trace

Clamps = Mapping[tuple[str, int, int], float]


@dataclass(frozen=True, slots=True)
class Clamp:
    """A gate, candidate or state that is held at a value by hand.

    Attributes:
        gate: the letter of the gate or candidate, h for the RNN's state: one
            of the cell's `clamps`.
        value: the value it is held at.
        t: the time step, counted from 1; None for every step.
        unit: counted from 0; None for every unit.
    """

    gate: str
    value: float
    t: int | None = None
    unit: int | None = None


def index_clamps(
    clamps: Iterable[Clamp], num_steps: int, hidden_size: int
) -> Clamps:
    """Every step and unit at which a value is clamped.

    Args:
        clamps: if two clamp the same value, the later one wins. A clamp of a
            step or unit beyond the run is ignored.
        num_steps: T.
        hidden_size: H.

    Returns:
        (gate, t, unit) -> value, t counted from 1, unit from 0.
    """
    return {
        (clamp.gate, t, unit): float(clamp.value)
        for clamp in clamps
        for t in range(1, num_steps + 1)
        for unit in range(hidden_size)
        if clamp.t in (None, t) and clamp.unit in (None, unit)
    }


def trace(
    kind: str,
    params: Mapping[str, ArrayLike],
    x: ArrayLike,
    *start: ArrayLike,
    clamps: Clamps | None = None,
    dh: ArrayLike | None = None,
    target: int | Sequence[int] | None = None,
    labels: Sequence[str] = (),
) -> Trace:
    """Run one sequence through a cell and record every quantity.

    Args:
        kind: the name of the cell in the registry, "lstm".
        params: name -> value: W_k (H,D), U_k (H,H), b_k (H,) of each block,
            and the cell's extra vectors (H,). With V (K,H), and optionally b_y
            (K,), there is an output layer y = V h + b_y, p = softmax(y).
        x: (T,D), the inputs.
        start: the states before the first step, each (H,): h0; for an LSTM h0,
            c0.
        clamps: (gate, t, unit) -> clamped value, as from `index_clamps`.
        dh: (T,H), the gradient of the loss with respect to every h; with it
            there is a backward pass.
        target: instead of dh, the class of each step (-1: none), or one class,
            for the last step only; the loss is the cross-entropy of p.
        labels: labels of the steps.

    Returns:
        The trace, with the backward quantities if dh or target is given.

    Raises:
        ValueError: for shapes that do not match, with their names.
    """
    spec = CELLS[kind]
    xs = np.asarray(x, np.float64)
    if xs.ndim != 2 or not xs.size:
        raise ValueError(f"x must be (T,D), not empty; it is {xs.shape}")
    if len(start) != len(spec.states):
        needed = ", ".join(f"{name}0" for name in spec.states)
        raise ValueError(f"{kind}: the start is {needed}")
    h = np.array(start[0], np.float64)
    if h.ndim != 1:
        raise ValueError(f"h0 must be (H,); it is {h.shape}")
    (T, D), H = xs.shape, h.size
    p = _parameters(kind, params, D, H)
    clamps = _check_clamps(spec, clamps or {}, T, H)
    targets = _targets(target, T, p)
    if dh is not None and targets is not None:
        raise ValueError("give dh or target, not both")

    before = Record(h=h)
    for name, value in zip(spec.states[1:], start[1:], strict=True):
        vars(before)[name] = _check_shape(f"{name}0", value, (H,))
    steps = forward(spec, p, xs, before, clamps)
    for t, s in enumerate(steps, 1):
        if "V" in vars(p):
            eq.head(p, s)
            if targets is not None:
                s.target = targets[t - 1]
                eq.head_back(p, s)
    if dh is not None:
        for s, d in zip(steps, _check_shape("dh", dh, (T, H)), strict=True):
            s.dh_loss = d
    totals: dict[str, Array] = {}
    if dh is not None or targets is not None:
        totals = backward(spec, p, steps, clamps)
    return _gather(kind, p, before, steps, totals, clamps, labels)


def forward(
    spec: CellSpec, p: Record, x: Array, start: Record, clamps: Clamps
) -> list[Record]:
    """Run all steps in order.

    Args:
        spec: the cell.
        p: the parameters, by their names in the equations.
        x: (T,D), the inputs.
        start: the state before the first step: h (H,), for an LSTM also c
            (H,).
        clamps: (gate, t, unit) -> clamped value.

    Returns:
        The records of the steps 1 … T, each with every forward quantity.
    """
    steps: list[Record] = []
    clamp_phase = spec.clamps
    before = start
    for t, x_t in enumerate(x, 1):
        s = Record(x=x_t, h_prev=before.h)
        if "c" in vars(before):
            s.c_prev = before.c
        for phase, compute in spec.phases.items():
            compute(p, s)
            for (gate, at, unit), value in clamps.items():
                if at == t and clamp_phase[gate] == phase:
                    vars(s)[gate][unit] = value
        steps.append(s)
        before = s
    return steps


def backward(
    spec: CellSpec, p: Record, steps: list[Record], clamps: Clamps
) -> dict[str, Array]:
    """Backpropagation through time: from the last step to the first.

    A clamped value is a constant: no gradient flows through it.

    Args:
        spec: the cell.
        p: the parameters, by their names in the equations.
        steps: the records of `forward`, each with dh_loss (H,), the gradient
            of the loss at this step's output. Every backward quantity is added
            to them.
        clamps: (gate, t, unit) -> clamped value.

    Returns:
        The totals, name -> array of the shape of the parameter: dW_k_total, …
        And the gradients of the start: dh0 (H,), for an LSTM also dc0 (H,).
    """
    later = _nothing_yet(p, steps[-1])
    for t in range(len(steps), 0, -1):
        s = steps[t - 1]
        s.dh_next = later.dh_prev
        if "dc_prev" in vars(later):
            s.dc_next = later.dc_prev
        for slopes in spec.slopes:
            slopes(p, s)
            for gate, at, unit in clamps:
                da = "da" if gate == "h" else "da_" + gate
                if at == t and da in vars(s):
                    vars(s)[da][unit] = 0.0
        spec.back(p, s)
        for block in spec.blocks:
            eq.add_to_sums(s, later, block.tail, block.reads)
        for name, vector in spec.extra.items():
            vars(s)["d" + name] = vars(later)["d" + name] + vector.gradient(s)
        if "dy" in vars(s):
            s.dV = later.dV + np.outer(s.dy, s.h)
            s.db_y = later.db_y + s.dy
        later = s
    totals = {
        f"d{name}_total": vars(later)["d" + name]
        for name in vars(p)
        if "d" + name in vars(later)
    }
    totals["dh0"] = later.dh_prev
    if "dc_prev" in vars(later):
        totals["dc0"] = later.dc_prev
    return totals


def _nothing_yet(p: Record, last: Record) -> Record:
    """The record after the last step: all its gradients are 0."""
    nothing = Record(dh_prev=np.zeros_like(last.h))
    if "c" in vars(last):
        nothing.dc_prev = np.zeros_like(last.c)
    for name, value in vars(p).items():
        vars(nothing)["d" + name] = np.zeros_like(value)
    return nothing


def _gather(
    kind: str,
    p: Record,
    start: Record,
    steps: list[Record],
    totals: Mapping[str, Array],
    clamps: Clamps,
    labels: Sequence[str],
) -> Trace:
    """Collect the records in a trace, as arrays over time."""
    hidden = {"h_prev", "c_prev", "dh_prev", "dc_prev", "log_p"}
    arrays = {
        name: np.stack([np.asarray(vars(s)[name], np.float64) for s in steps])
        for name in vars(steps[0])
        if name not in hidden
    }
    for name, value in vars(start).items():
        arrays[name] = np.concatenate([value[None], arrays[name]])
    fixed = {**vars(p), **totals}
    if "loss" in arrays:
        fixed["loss_total"] = arrays["loss"].sum()
    classes = "target" in arrays
    return Trace(
        kind,
        len(steps),
        arrays,
        fixed,
        tuple(labels),
        frozenset(clamps),
        subject=Reading("classes" if classes else "none", head="V" in fixed),
    )


# ---- checks of the arguments ---------------------------------------------


def _check_shape(name: str, value: ArrayLike, shape: tuple[int, ...]) -> Array:
    array = np.array(value, np.float64)
    if array.shape != shape:
        raise ValueError(f"{name} must be {shape}; it is {array.shape}")
    return array


def _parameters(
    kind: str, params: Mapping[str, ArrayLike], D: int, H: int
) -> Record:
    wanted = CELLS[kind].shapes(D, H)
    if "V" in params:
        classes = len(np.asarray(params["V"]))
        wanted |= {"V": (classes, H), "b_y": (classes,)}
        params = {"b_y": np.zeros(classes), **params}
    missing = wanted.keys() - params.keys()
    if missing:
        raise ValueError(f"{kind}: no {', '.join(sorted(missing))}")
    return Record(
        **{n: _check_shape(n, params[n], shape) for n, shape in wanted.items()}
    )


def _check_clamps(spec: CellSpec, clamps: Clamps, T: int, H: int) -> Clamps:
    for gate, t, unit in clamps:
        if gate not in spec.clamps:
            can = ", ".join(spec.clamps)
            raise ValueError(f"{gate!r} cannot be held; {can} can")
        if not (1 <= t <= T and 0 <= unit < H):
            raise ValueError(f"{gate}[{t}][{unit}]: T is {T}, H is {H}")
    return clamps


def _targets(
    target: int | Sequence[int] | None, T: int, p: Record
) -> Sequence[int] | None:
    if target is None:
        return None
    if "V" not in vars(p):
        raise ValueError("a target needs a head: V (K,H)")
    if isinstance(target, int | np.integer):
        targets = [-1] * (T - 1) + [int(target)]
    else:
        targets = [int(c) for c in target]
    classes = len(p.V)
    if len(targets) != T or not all(-1 <= c < classes for c in targets):
        raise ValueError(
            f"target must be {T} classes from 0 to {classes - 1}"
            f" (-1: none), or one; it is {target}"
        )
    return targets
