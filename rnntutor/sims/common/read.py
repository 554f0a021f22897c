"""Converts settings as people write them into numbers; every error names the possible values."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.sims.base import SettingError

_BETWEEN = re.compile(r"[\s,;]+")


def number(name: str, value: object, low: float, high: float) -> float:
    """Return a finite number between low and high, also if written as text.

    Raises:
        SettingError: it is no number or out of range.
    """
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            raise SettingError("setting.number", name=name, value=value) from None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise SettingError("setting.number", name=name, value=value)
    # A whole number may be too large to become a decimal one; it can be compared all the same.
    if not low <= value <= high:
        raise SettingError("setting.range", name=name, value=value, low=low, high=high)
    return float(value)


def whole(name: str, value: object, low: int, high: int) -> int:
    """Return an integer between low and high.

    Raises:
        SettingError: it is no integer or out of range.
    """
    read = number(name, value, low, high)
    if read != int(read):
        raise SettingError("setting.whole", name=name, value=value)
    return int(read)


def choice(name: str, value: object, choices: Sequence[str]) -> str:
    """Return one of the choices.

    Raises:
        SettingError: it is none of them.
    """
    if not isinstance(value, str) or value not in choices:
        raise SettingError("setting.choice", name=name, value=value, choices=", ".join(choices))
    return value


def numbers(name: str, value: object, low: float, high: float) -> Array:
    """Return a number, a list, a list of lists, or numbers written as text ("1, -1 0") as an array
    of 0, 1 or 2 axes.

    Raises:
        SettingError: an entry is no number or out of range, or the rows differ in length.
    """
    if isinstance(value, str):
        value = [part for part in _BETWEEN.split(value.strip()) if part]
        value = value[0] if len(value) == 1 else value
    if not isinstance(value, (list, tuple, np.ndarray)):
        return np.array(number(name, value, low, high))
    rows = [numbers(name, item, low, high) for item in value]
    if not rows or len({r.shape for r in rows}) > 1 or rows[0].ndim > 1 or rows[0].shape == (0,):
        raise SettingError("setting.rows", name=name, value=value)
    return np.array(rows)


def reshape(name: str, values: Array, shape: tuple[int, ...]) -> Array:
    """Return the values in `shape`: a number fills it; a list is a vector, or the single row or
    column of a matrix.

    Raises:
        SettingError: the values have another shape.
    """
    if values.ndim == 0:
        return np.full(shape, float(values))
    if values.shape == shape:
        return values
    if values.ndim == 1 and len(shape) == 2 and 1 in shape and values.size == math.prod(shape):
        return values.reshape(shape)
    raise SettingError(
        "setting.shape", name=name, there=format_shape(values.shape), needed=format_shape(shape)
    )


def format_shape(shape: tuple[int, ...]) -> str:
    """Return a shape as lessons write it: (4,), (4, 3)."""
    return str(tuple(int(n) for n in shape))
