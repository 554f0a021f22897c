"""Gradients of the cells that the course does not teach, with and without clamps."""

from __future__ import annotations

import numpy as np
import pytest
from backward import worst

from rnntutor.nn import initialise
from rnntutor.nn.cells import reference
from rnntutor.nn.cells.packing import FAST_CELLS
from rnntutor.nn.cells.registry import CELLS
from tests.sampling import in_turn

OTHER = sorted(CELLS.keys() - FAST_CELLS.keys())


@pytest.mark.parametrize(("kind", "held"), in_turn(OTHER, [False, True]))
def test_the_gradients_are_those_of_central_differences(kind: str, held: bool) -> None:
    rng = np.random.default_rng(3)
    params = initialise.cell(rng, kind, 2, 3, biases=True)
    params |= {"V": rng.normal(size=(2, 3)), "b_y": rng.normal(size=2)}
    x, h0 = rng.normal(size=(4, 2)), rng.normal(size=3)
    start = [h0] * len(CELLS[kind].states)
    clamps = {(name, 2, 1): 0.3 for name in CELLS[kind].clamps} if held else {}

    def run() -> float:
        trace = reference.trace(kind, params, x, *start, clamps=clamps, target=[-1, 0, -1, 1])
        return float(trace.fixed["loss_total"])

    trace = reference.trace(kind, params, x, *start, clamps=clamps, target=[-1, 0, -1, 1])
    found = {name: np.asarray(trace.fixed[f"d{name}_total"]) for name in params}
    name, off = worst(run, params, found)
    assert off < 1e-8, name
