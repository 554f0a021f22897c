"""Finds the engine's quantities among the numbers that a learner's function computed."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from rnntutor.build.leaves import close
from rnntutor.build.runner import CallResult
from rnntutor.nn.arrays import Array


class Pool:
    """All values that the lines of one call produced."""

    def __init__(self, run: CallResult) -> None:
        self._values = run.made
        self._rows: dict[int, Array] = {}

    def find(self, right: Array) -> Array | None:
        """Return the function's own numbers for the quantity `right`: a value, or a row, column or
        part of one; None if there are none."""
        if right.ndim > 1:
            return self._whole(right)
        rows = self._of_length(right.size)
        if not len(rows):
            return None
        off = np.nan_to_num(np.abs(rows - right.ravel()), nan=np.inf).max(axis=1)
        best: Array = rows[int(off.argmin())].reshape(right.shape)
        return best if close(best, right) else None

    def _whole(self, right: Array) -> Array | None:
        for value in self._values:
            for turned in (value, value.T):
                if turned.shape == right.shape and close(turned, right):
                    return turned
        return None

    def _of_length(self, size: int) -> Array:
        """Return every run of `size` consecutive numbers, one a row; for size 1 only values of one
        number."""
        if size not in self._rows:
            found = [np.empty((0, size))]
            for value in self._values:
                if value.size < size or (size == 1 and value.size > 1):
                    continue
                for flat in (
                    (value.ravel(), value.T.ravel()) if value.ndim > 1 else (value.ravel(),)
                ):
                    found.append(sliding_window_view(flat, size))
            self._rows[size] = np.concatenate(found)
        return self._rows[size]
