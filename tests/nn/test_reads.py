"""The quantities that a phase reads in its equations; an animation marks them."""

from __future__ import annotations

import pytest

from rnntutor.nn.cells.registry import CELLS

# (quantity, how many steps back)
INPUT = {("x", 0), ("h", 1)}
READS = {
    "rnn": {"sum": INPUT, "state": {("a", 0)}},
    "lstm": {
        "gates": INPUT,
        "candidate": INPUT,
        "memory": {("f", 0), ("c", 1), ("i", 0), ("g", 0)},
        "output": {("o", 0), ("c", 0)},
    },
    "gru": {
        "gates": INPUT,
        "candidate": INPUT | {("r", 0)},
        "state": {("z", 0), ("h", 1), ("n", 0)},
    },
    "peephole": {
        "gates": INPUT | {("c", 1)},
        "candidate": INPUT,
        "memory": {("f", 0), ("c", 1), ("i", 0), ("g", 0)},
        "show": INPUT | {("c", 0)},
        "output": {("o", 0), ("c", 0)},
    },
    "coupled": {
        "gates": INPUT,
        "candidate": INPUT,
        "memory": {("f", 0), ("c", 1), ("g", 0)},
        "output": {("o", 0), ("c", 0)},
    },
    "mgu": {
        "gates": INPUT,
        "candidate": INPUT | {("f", 0)},
        "state": {("f", 0), ("h", 1), ("n", 0)},
    },
    "skip": {"sum": INPUT | {("c", 1)}, "state": {("a", 0)}},
}


@pytest.mark.parametrize("cell", READS)
def test_a_phase_reads_what_its_equations_read(cell: str) -> None:
    assert {phase: set(CELLS[cell].reads(phase)) for phase in CELLS[cell].phases} == READS[cell]
