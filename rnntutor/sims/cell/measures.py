"""Measures of a whole run, for goals and captions."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.trace import Trace
from rnntutor.sims.cell.settings import CellSettings

SEEN = 0.01  # a difference that still counts


def _memory(trace: Trace) -> Array:
    """Return the state that carries the memory, (T+1,H): c of an LSTM, else h."""
    return np.asarray(trace[CELLS[trace.cell].memory])


def retention(settings: CellSettings, trace: Trace) -> float:
    """Return |end| / |start| of the memory, averaged over the units with a nonzero start.

    If the start is zero everywhere, step 1 counts as the start; 0 if there is nothing to keep.
    """
    sizes = np.abs(_memory(trace))
    start = sizes[0] if sizes[0].any() else sizes[1]
    there = start > 0
    return float(np.mean(sizes[-1][there] / start[there])) if there.any() else 0.0


def parameter_count(settings: CellSettings, trace: Trace) -> float:
    """Return the number of trainable parameters, with the chosen number of biases a block (with
    one, the second bias of a GRU's candidate is not counted)."""
    head = settings.outputs * settings.units
    spec = CELLS[settings.cell]
    return float(spec.size(settings.width, settings.units, settings.biases) + head)


def peak(settings: CellSettings, trace: Trace) -> float:
    """Return the largest absolute value of the memory over all steps and units."""
    return float(np.abs(_memory(trace)[1:]).max())


def held(settings: CellSettings, trace: Trace) -> float:
    """Return min_t sign(x_1) h_t of unit 0: how clearly it keeps the sign of the first input."""
    sign = np.sign(np.asarray(trace["x"])[0, 0])
    return float((sign * np.asarray(trace["h"])[1:, 0]).min())


def miss(settings: CellSettings, trace: Trace) -> float:
    """Return the largest distance of unit 0 from its wanted values; NaN if there are none."""
    if not settings.wanted or np.isnan(trace["wanted"]).all():
        return float("nan")
    return float(np.nanmax(np.abs(_memory(trace)[1:, 0] - np.asarray(trace["wanted"]))))


def reach(settings: CellSettings, trace: Trace) -> float:
    """Return the last step at which another first input still makes a difference; 0 if there is
    none."""
    if not settings.first:
        return 0.0
    seen = np.flatnonzero(np.asarray(trace["diff"]) >= SEEN)
    return float(seen[-1]) if seen.size else 0.0


MEASURES = {
    "retention": retention,
    "parameters": parameter_count,
    "peak": peak,
    "held": held,
    "miss": miss,
    "reach": reach,
}
