"""What of a run from its last step to its first is known at a moment."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.render.views.visibility import spec_of

# The phase that computes each quantity of a step back.
PHASES = {"dh_loss": "loss", "dh_next": "merge", "dh": "merge", "dc_next": "memory", "dc": "memory"}


def time(trace: Trace, context: ViewContext) -> int:
    """The time step that the cursor stands on; at the start the last, where it all begins."""
    return trace.turned(context.at.t)


def standing(trace: Trace, context: ViewContext) -> ViewContext:
    """The context with its cursor in the column of its time step, for drawings over time."""
    return replace(context, at=Cursor(time(trace, context), context.at.phase))


def known(trace: Trace, context: ViewContext, t: int, phase: str) -> bool:
    """Whether the phase of time step t has been computed on the way back."""
    return 1 <= t <= trace.steps and context.known(trace.turned(t), phase)


def value(trace: Trace, context: ViewContext, name: str, t: int, unit: int) -> float | None:
    """The number at time step t, or None while it is not known. The way forward is all known."""
    if not trace.first(name):
        return float(trace.at(name, t)[unit])
    if not known(trace, context, t, PHASES.get(name, "slope")):
        return None
    return float(trace.at(name, t)[unit])


def asked(trace: Trace, t: int) -> bool:
    """Whether step t has a loss."""
    if "target" in trace:
        return float(trace.at("target", t)) >= 0
    return bool(trace.at("dy", t).any())


def length(values: Array) -> float:
    return float(np.linalg.norm(values))


def blocks(trace: Trace) -> tuple[str, ...]:
    """The endings of the cell's weights: "" of an RNN, "_f" … of an LSTM."""
    return tuple(block.tail for block in spec_of(trace).blocks)
