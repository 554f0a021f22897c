"""All cells by name, in the order of the menus."""

from __future__ import annotations

from collections.abc import Mapping

from rnntutor.nn.cells import coupled, gru, lstm, mgu, peephole, rnn, skip
from rnntutor.nn.cells.spec import CellSpec

CELLS: Mapping[str, CellSpec] = {
    cell.SPEC.kind: cell.SPEC
    for cell in (rnn, lstm, gru, mgu, peephole, coupled, skip)
}
# Letters of gates in any cell, for runs without a single cell.
GATES = frozenset(letter for spec in CELLS.values() for letter in spec.gates)
