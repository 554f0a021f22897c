"""Recognises the engine's quantities in a value that a learner's function computed.

Only values count, not names. A value may contain a quantity as a row or column, transposed, or side
by side with others in one array, as when the four sums of an LSTM are computed together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from rnntutor.nn.arrays import Array

RELATIVE, ABSOLUTE = 2e-4, 2e-5  # float32 is accurate enough
FEWEST = 2  # numbers that a quantity needs to be recognised inside another array


def close(found: Array, right: Array) -> bool:
    """Return whether two arrays of one shape are equal within the tolerances."""
    return bool(np.all(np.abs(found - right) <= ABSOLUTE + RELATIVE * np.abs(right)))


@dataclass(frozen=True)
class ArrayMatch:
    """The quantities recognised in a value.

    Attributes:
        whole: keys of the quantities that equal the value.
        blocks: keys of the quantities that are a block of it.
        rest: it contains numbers, other than 0 and 1, that belong to no block.
    """

    whole: frozenset[str]
    blocks: tuple[str, ...]
    rest: bool

    @property
    def keys(self) -> frozenset[str]:
        """All recognised keys."""
        return self.whole | set(self.blocks)


class KnownArrays:
    """Arrays to recognise, by key; arrays of one shape are compared in one operation."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        groups: dict[tuple[int, ...], list[tuple[str, Array]]] = {}
        for key, array in arrays.items():
            flat = np.squeeze(array)
            groups.setdefault(flat.shape, []).append((key, flat))
        self._groups = {
            shape: ([key for key, _ in group], np.stack([array for _, array in group]))
            for shape, group in groups.items()
        }

    def match(self, value: Array) -> ArrayMatch:
        """Return the known arrays that a value contains."""
        flat = np.squeeze(value)
        whole = frozenset((*self._same(flat), *(self._same(flat.T) if flat.ndim == 2 else ())))
        if whole or flat.ndim not in (1, 2):
            return ArrayMatch(whole, (), not whole)
        found: list[str] = []
        covered = (flat == 0) | (flat == 1)
        for shape, (keys, arrays) in self._groups.items():
            for form in _forms(shape, arrays, flat.ndim):
                for n, cut in _blocks(flat, form):
                    covered[cut] = True
                    found.append(keys[n])
        return ArrayMatch(frozenset(), tuple(found), not bool(covered.all()))

    def _same(self, flat: Array) -> list[str]:
        if flat.shape not in self._groups:
            return []
        keys, arrays = self._groups[flat.shape]
        near = _near(flat[None], arrays).reshape(len(keys), -1).all(axis=1)
        return [keys[n] for n in np.flatnonzero(near)]


def _near(found: Array, right: Array) -> NDArray[np.bool_]:
    return np.asarray(np.abs(found - right) <= ABSOLUTE + RELATIVE * np.abs(right))


def _forms(shape: tuple[int, ...], arrays: Array, axes: int) -> list[Array]:
    """Return the known arrays of one shape in every orientation that fits an array with `axes`
    axes."""
    if not 1 <= len(shape) <= axes or int(np.prod(shape)) < FEWEST:
        return []
    if axes == 1:
        return [arrays]
    if len(shape) == 1:
        return [arrays[:, None, :], arrays[:, :, None]]
    return [arrays, arrays.swapaxes(1, 2)]


def _blocks(flat: Array, form: Array) -> Iterator[tuple[int, Any]]:
    """Yield (index of the known array, slices) for every occurrence in `flat`."""
    block = form.shape[1:]
    if flat.shape == block or any(n < k for n, k in zip(flat.shape, block, strict=True)):
        return
    windows = sliding_window_view(flat, block)
    corners = windows.shape[: flat.ndim]
    near = _near(windows.reshape(1, -1, *block), form[:, None])
    for n, offset in np.argwhere(near.reshape(*near.shape[:2], -1).all(axis=2)):
        corner = np.unravel_index(int(offset), corners)
        yield int(n), tuple(slice(int(c), int(c) + k) for c, k in zip(corner, block, strict=True))
