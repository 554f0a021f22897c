"""Array types: floating-point numbers, symbol ids, masks."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.floating[Any]]
Ids: TypeAlias = NDArray[np.integer[Any]]
Mask: TypeAlias = NDArray[np.bool_]

AnyArray = TypeVar("AnyArray", bound=NDArray[Any])


def read_only(array: AnyArray) -> AnyArray:
    """Make an array read-only, so that shared data cannot be changed.

    Args:
        array: of any shape; changed in place.

    Returns:
        The same array.
    """
    array.setflags(write=False)
    return array
