"""The one type of array: numbers in float32 or float64."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.floating[Any]]

AnyArray = TypeVar("AnyArray", bound=NDArray[Any])


def read_only(array: AnyArray) -> AnyArray:
    """Make an array read-only, so that what is kept for others stays as it is.

    Args:
        array: of any shape; changed in place.

    Returns:
        The same array.
    """
    array.setflags(write=False)
    return array
