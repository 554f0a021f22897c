"""Quantities of a backward run that are known at a cursor."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.subject import Reading
from rnntutor.nn.trace import Trace
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.render.views.visibility import spec_of

# The phase that computes each quantity of a step back.
PHASES = {"dh_loss": "loss", "dh_next": "merge", "dh": "merge", "dc_next": "memory", "dc": "memory"}


def time(trace: Trace, context: ViewContext) -> int:
    """Return the time step at the cursor; at the start, the last step."""
    return trace.computed_step(context.at.t)


def standing(trace: Trace, context: ViewContext) -> ViewContext:
    """Return the context with its cursor at its time step, for drawings over time."""
    return replace(context, at=Cursor(time(trace, context), context.at.phase))


def known(trace: Trace, context: ViewContext, t: int, phase: str) -> bool:
    """Return whether the phase of time step t has been computed in the backward run."""
    return 1 <= t <= trace.steps and context.known(trace.computed_step(t), phase)


def value(trace: Trace, context: ViewContext, name: str, t: int, unit: int) -> float | None:
    """Return the number at time step t, or None while it is unknown.

    Quantities of the forward run are always known.
    """
    if not trace.first(name):
        return float(trace.at(name, t)[unit])
    if not known(trace, context, t, PHASES.get(name, "slope")):
        return None
    return float(trace.at(name, t)[unit])


def asked(trace: Trace, t: int) -> bool:
    """Return whether step t has a loss."""
    match trace.of(Reading).objective:
        case "classes":
            return float(trace.at("target", t)) >= 0
        case "outputs":
            return bool(trace.at("dy", t).any())
        case "none":
            return False
        case other:
            assert_never(other)


def length(values: Array) -> float:
    """Return the Euclidean norm."""
    return float(np.linalg.norm(values))


def blocks(trace: Trace) -> tuple[str, ...]:
    """Return the suffixes of the cell's weights: "" of an RNN, "_f" … of an LSTM."""
    return tuple(block.tail for block in spec_of(trace).blocks)
