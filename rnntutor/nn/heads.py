"""The linear output layer: logits from a state."""

from __future__ import annotations

import numpy as np
from numpy import matmul

from rnntutor.nn.arrays import Array


def linear(V: Array, b: Array, h: Array) -> Array:
    """y = V h + b at every step.

    Args:
        V: (K,H), the weights.
        b: (K,), the bias.
        h: (T,H,B), or (H,B) for one step.

    Returns:
        y, (T,K,B) or (K,B).

    Raises:
        ValueError: for shapes that do not match.
    """
    if h.shape[-2:-1] != V.shape[1:] or b.shape != V.shape[:1]:
        raise ValueError(
            f"h must be (…,{V.shape[-1]},B) for V {V.shape}, b {b.shape};"
            f" it is {h.shape}"
        )
    y: Array = matmul(V, h)
    y += b[:, None]
    return y


def linear_back(V: Array, h: Array, dy: Array) -> tuple[Array, Array, Array]:
    """The backward pass of `linear`.

    Args:
        V: (K,H), the weights.
        h: (T,H,B) or (H,B), as in the forward pass.
        dy: dL/dy, shaped like y.

    Returns:
        (dV, db, dh), shaped like V, b and h. dV and db are summed over all
        steps and the batch.
    """
    dh: Array = matmul(V.T, dy)
    # features in rows, every step of every sequence in columns
    rows_y = np.moveaxis(dy, -2, 0).reshape(len(V), -1)
    rows_h = np.moveaxis(h, -2, 0).reshape(V.shape[1], -1)
    return np.asarray(rows_y @ rows_h.T), rows_y.sum(axis=1), dh
