"""What can be said of a whole run in one number: what goals ask for and captions name."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.trace import Trace
from rnntutor.sims.cell.settings import CellSettings

SEEN = 0.01  # a difference that still counts


def _memory(trace: Trace) -> Array:
    """What carries a run on, (T+1, H): c of an LSTM, else h."""
    return np.asarray(trace[CELLS[trace.kind].memory])


def retention(settings: CellSettings, trace: Trace) -> float:
    """|end| / |start| of the memory, the mean over the units that start with something; when none
    does, step 1 is the start. 0 if there was nothing to keep."""
    sizes = np.abs(_memory(trace))
    start = sizes[0] if sizes[0].any() else sizes[1]
    there = start > 0
    return float(np.mean(sizes[-1][there] / start[there])) if there.any() else 0.0


def parameter_count(settings: CellSettings, trace: Trace) -> float:
    """Numbers to learn, with as many biases a block as are counted (with one, the second of a GRU's
    candidate is left out)."""
    head = settings.outputs * settings.units
    spec = CELLS[settings.cell]
    return float(spec.size(settings.width, settings.units, settings.biases) + head)


def peak(settings: CellSettings, trace: Trace) -> float:
    """The largest size of the memory at any step and unit."""
    return float(np.abs(_memory(trace)[1:]).max())


def held(settings: CellSettings, trace: Trace) -> float:
    """How far unit 0 stays on the side of the first input, at its weakest: min_t sign(x_1) h_t."""
    sign = np.sign(np.asarray(trace["x"])[0, 0])
    return float((sign * np.asarray(trace["h"])[1:, 0]).min())


def miss(settings: CellSettings, trace: Trace) -> float:
    """The largest distance of unit 0 from what is wanted; not a number if nothing is wanted."""
    if "wanted" not in trace or np.isnan(trace["wanted"]).all():
        return float("nan")
    return float(np.nanmax(np.abs(_memory(trace)[1:, 0] - np.asarray(trace["wanted"]))))


def reach(settings: CellSettings, trace: Trace) -> float:
    """The last step at which another first input still makes a difference; 0 if at none."""
    if "diff" not in trace:
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
