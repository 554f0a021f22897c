"""Computes a run forward and backward, with every term of every sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells import equations as eq
from rnntutor.nn.cells import reference
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.subject import Reading
from rnntutor.nn.trace import Trace
from rnntutor.sims.bptt.settings import BpttSettings
from rnntutor.sims.cell import run as _cell_run
from rnntutor.sims.cell.settings import parameters
from rnntutor.sims.common.inputs import labels

PHASES = {
    "rnn": ("loss", "merge", "slope", "term", "pass"),
    "lstm": ("loss", "merge", "memory", "slope", "term", "pass"),
}
# What runs in each phase; the innermost function first.
SOURCES: Mapping[str, Mapping[str, tuple[Callable[..., Any], ...]]] = {
    "rnn": {
        "loss": (eq.head_back,),
        "merge": (eq.rnn_slopes,),
        "slope": (eq.rnn_slopes,),
        "term": (eq.add_to_sums,),
        "pass": (eq.rnn_back, reference.backward),
    },
    "lstm": {
        "loss": (eq.head_back,),
        "merge": (eq.lstm_slopes,),
        "memory": (eq.lstm_slopes,),
        "slope": (eq.lstm_slopes,),
        "term": (eq.add_to_sums,),
        "pass": (eq.lstm_back, reference.backward),
    },
}


def trace(settings: BpttSettings) -> Trace:
    """Return the run. Steps are numbered forward: dh[3] is ∂L/∂h_3, although the pass begins at T.

    Besides the engine's arrays it has, for each parameter P (U, W, b; of an LSTM U_f, …): dP_terms
    (T, …), the contribution of each step to ∂L/∂P; dP_sum (T, …), the sum of the terms of steps T …
    t; dP (fixed), the whole sum; dP_norm (T,), the norm of dP_sum. A matrix with a single entry is
    a number, so with one unit dU_terms[2] is one.
    """
    run = _engine(settings)
    arrays = {k: v for k, v in run.arrays.items() if k not in _sums(settings.cell)}
    fixed = {k: v for k, v in run.fixed.items() if not k.endswith("_total")}
    fixed["loss_total"] = np.array(_loss(run, settings))
    for block in CELLS[settings.cell].blocks:
        terms = _terms(run, block.tail)
        for name, each in terms.items():
            growing = np.cumsum(each[::-1], axis=0)[::-1]
            arrays |= {f"{name}_terms": _single(each), f"{name}_sum": _single(growing)}
            arrays[f"{name}_norm"] = np.linalg.norm(growing.reshape(len(each), -1), axis=1)
            fixed[name] = _single(growing[:1])[0]
    return replace(run, arrays=arrays, fixed=fixed, backward=True)


def _engine(settings: BpttSettings) -> Trace:
    """Return the engine's record of the run, always with y and dy."""
    cell = settings.run
    numbers = dict(parameters(cell))
    x = _cell_run.inputs(cell)
    names = labels(x)
    spec = CELLS[settings.cell]
    start = (
        np.array(cell.h0),
        *([np.array(cell.c0)] if "c" in spec.states else []),
    )
    if settings.target:
        return reference.trace(
            settings.cell, numbers, x, *start, target=settings.target, labels=names
        )
    V = numbers.pop("V")
    asked = np.isin(np.arange(1, settings.T + 1), settings.asked)
    dy = asked[:, None] * np.array(settings.dy)
    run = reference.trace(spec.kind, numbers, x, *start, dh=to_state(dy, V), labels=names)
    head = {"y": np.asarray(run["h"])[1:] @ V.T, "dy": dy}
    subject = Reading("outputs", head=True)
    fixed = {**run.fixed, "V": V}
    return replace(run, arrays={**run.arrays, **head}, fixed=fixed, subject=subject)


def to_state(dy: Array, V: Array) -> Array:
    """Return ∂L/∂h (T,H) from ∂L/∂y (T,K) of y = V h: V^T dy at each step."""
    return dy @ V


def source(settings: BpttSettings, phase: str) -> tuple[Callable[..., Any], ...]:
    """Return the functions that compute a phase."""
    if phase == "loss" and settings.dy:
        return (to_state,)
    return SOURCES[settings.cell][phase]


def _sums(cell: str) -> frozenset[str]:
    """Return the engine's names of its growing sums, which are replaced here by sums with their
    terms."""
    return frozenset(f"d{p}{block.tail}" for block in CELLS[cell].blocks for p in "WUb") | {
        "dV",
        "db_y",
    }


def _loss(run: Trace, settings: BpttSettings) -> float:
    """Return L: the sum of the cross-entropies, or Σ dy·y."""
    if settings.target:
        return float(np.asarray(run["loss"]).sum())
    return float((np.asarray(run["dy"]) * np.asarray(run["y"])).sum())


def _terms(run: Trace, block: str) -> dict[str, Array]:
    """Return each step's contribution to the gradients of a block: da x^T, da h_prev^T, da."""
    da = np.asarray(run[f"da{block}"])
    x, before = np.asarray(run["x"]), np.asarray(run["h"])[:-1]
    return {
        f"dW{block}": da[:, :, None] * x[:, None, :],
        f"dU{block}": da[:, :, None] * before[:, None, :],
        f"db{block}": da,
    }


def _single(values: Array) -> Array:
    """Return parameters over time with a single entry as numbers over time."""
    return values.reshape(len(values)) if values[0].size == 1 else values
