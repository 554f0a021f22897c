"""Every cell by its name, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Mapping

from rnntutor.nn.cells import gru, lstm, mgu, rnn
from rnntutor.nn.cells.spec import CellSpec

CELLS: Mapping[str, CellSpec] = {
    spec.kind: spec for spec in (rnn.SPEC, lstm.SPEC, gru.SPEC, mgu.SPEC)
}
# Letters that are gates in some cell, for runs that are of no single cell.
GATES = frozenset(letter for spec in CELLS.values() for letter in spec.gates)
