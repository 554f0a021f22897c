"""The first cursor at which a requested value is computed."""

from __future__ import annotations

from rnntutor.nn.trace import PathError, Trace, split_path
from rnntutor.render.views import backward_visibility, visibility
from rnntutor.render.views.view_context import Cursor


def settled_at(path: str, trace: Trace, phases: tuple[str, ...]) -> Cursor:
    """Return the cursor at which the value at a path has been computed.

    For a quantity of one step this is the phase that computes it; for anything else (a measure, the
    number of steps) the end of the run.
    """
    end = Cursor(trace.steps, len(phases))
    try:
        name, indices = split_path(path)
    except PathError:
        return end
    if name not in trace.arrays or not indices:
        return end
    if indices[0] == 0 or (trace.backward and not trace.first(name)):
        return Cursor()  # known before the first step
    phase = _phase(name, trace)
    last = phases.index(phase) + 1 if phase in phases else len(phases)
    return Cursor(trace.computed_step(indices[0]), last)


def _phase(name: str, trace: Trace) -> str:
    """Return the phase that computes a quantity; "" for the end of the step."""
    if trace.backward:
        if name.endswith("_terms"):
            return "term"
        return backward_visibility.PHASES.get(name, "slope" if name.startswith("da") else "")
    return visibility.phase_of(trace.cell, name)
