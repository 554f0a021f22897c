"""Truncated BPTT over two windows of the same sequences: what passes the border between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import numpy as np

from rnntutor.nn.arrays import Array, Ids
from rnntutor.nn.cells import reference
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.models import SequenceToSequence
from rnntutor.nn.trace import Trace
from rnntutor.sims.batch.rows import STREAM, SYMBOLS, both_ways
from rnntutor.sims.common.fit import weights
from rnntutor.subjects.runs import Border

BORDERS: tuple[Border, ...] = get_args(Border)
THROUGH, DETACH, RESET = BORDERS


@dataclass(frozen=True)
class Windows:
    """Both windows of each row, joined along time.

    Attributes:
        h: states (T,B,H).
        gradient: ‖∂L/∂h_t‖ for the loss of window 1 and of window 2, (2,T,B).
        loss: loss at each step (T,B).
        start: initial state of window 2, (B,H).
    """

    h: Array
    gradient: Array
    loss: Array
    start: Array


def streams(steps: int, seed: int) -> Ids:
    """Return endless sequences, (T+1,B): the inputs, and the target of the last step."""
    numbers = np.random.default_rng([seed, STREAM])
    return both_ways(numbers, steps)


def run(net: SequenceToSequence, kind: str, ids: Ids, border: str) -> Windows:
    """Run each row in two windows, divided in the middle.

    Args:
        net: the network.
        kind: kind of its cell.
        ids: the rows, (T+1,B).
        border: "through": state and gradient pass the border; "detach": only the state does;
            "reset": neither does.
    """
    p, steps = weights(net), len(ids) - 1
    found = [_row(p, kind, ids[:, b], steps // 2, border) for b in range(ids.shape[1])]
    return Windows(
        h=np.stack([row.h for row in found], axis=1),
        gradient=np.stack([row.gradient for row in found], axis=2),
        loss=np.stack([row.loss for row in found], axis=1),
        start=np.stack([row.start for row in found]),
    )


def _row(p: Mapping[str, Array], kind: str, ids: Ids, cut: int, border: str) -> Windows:
    steps, states = len(ids) - 1, CELLS[kind].states
    x, target = np.eye(SYMBOLS)[ids[:-1]], ids[1:]
    nothing = [np.zeros(p["V"].shape[1])] * len(states)
    one = reference.trace(kind, p, x[:cut], *nothing, target=target[:cut].tolist())
    carried = nothing if border == RESET else [np.asarray(one[name])[-1] for name in states]
    two = reference.trace(kind, p, x[cut:], *carried, target=target[cut:].tolist())
    gradient = np.zeros((2, steps))
    gradient[0, :cut] = _lengths(one)
    gradient[1, cut:] = _lengths(two)
    if border == THROUGH:
        only_two = [-1] * cut + target[cut:].tolist()
        gradient[1] = _lengths(reference.trace(kind, p, x, *nothing, target=only_two))
    return Windows(
        h=np.concatenate([np.asarray(part["h"])[1:] for part in (one, two)]),
        gradient=gradient,
        loss=np.concatenate([np.asarray(part["loss"]) for part in (one, two)]),
        start=carried[0],
    )


def _lengths(run: Trace) -> Array:
    """Return ‖∂L/∂h_t‖ of each step."""
    return np.asarray(np.linalg.norm(np.asarray(run["dh"]), axis=1))
