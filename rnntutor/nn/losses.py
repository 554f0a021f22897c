"""Loss functions. Each returns the mean loss and its gradient dL/dy.

Outputs y are (…,K,B). A step or sequence of weight 0 is ignored.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnntutor.nn.arrays import Array

Classes = NDArray[np.integer[Any]]


def softmax(y: Array) -> Array:
    """p = exp(y) / sum of exp(y) over the classes, the second-to-last axis.

    Args:
        y: (…,K,B), logits.

    Returns:
        p, shaped like y, in (0, 1).
    """
    e: Array = np.exp(y - y.max(axis=-2, keepdims=True))
    e /= e.sum(axis=-2, keepdims=True)
    return e


def cross_entropy(
    y: Array, target: Classes, weight: Array | None = None
) -> tuple[float, Array]:
    """The mean of -log softmax(y)[target], in nats, and its gradient dL/dy.

    Args:
        y: (T,K,B) or (K,B), logits.
        target: (T,B) or (B,), the right class of each, from 0.
        weight: shaped like target; the mean is weighted by it.

    Returns:
        The loss, and dL/dy = (softmax(y) - onehot(target)) · weight / sum of
        the weights, shaped like y.

    Raises:
        ValueError: for other shapes, or weights that sum to 0.
    """
    _fit("target", y, target.shape)
    share = _shares(y, weight)
    at = np.expand_dims(target, -2)
    logits = y - y.max(axis=-2, keepdims=True)
    log_sum = np.log(np.exp(logits).sum(axis=-2, keepdims=True))
    surprise = log_sum - np.take_along_axis(logits, at, axis=-2)
    dy: Array = np.exp(logits - log_sum)
    right = np.take_along_axis(dy, at, axis=-2)
    np.put_along_axis(dy, at, right - 1, axis=-2)
    dy *= share
    return float((surprise * share).sum(dtype=np.float64)), dy


def squared_error(y: Array, target: Array) -> tuple[float, Array]:
    """The mean over batch and steps of the sum over K of (y - target)^2.

    Args:
        y: (T,K,B) or (K,B).
        target: shaped like y.

    Returns:
        The loss, and dL/dy = 2 (y - target) / (T B), shaped like y.

    Raises:
        ValueError: for a target of another shape.
    """
    if y.shape != target.shape:
        raise ValueError(f"target must be {y.shape}, not {target.shape}")
    share = _shares(y, None)
    off = y - target
    dy: Array = 2 * off * share
    return float((off * off * share).sum(dtype=np.float64)), dy


def _fit(name: str, y: Array, shape: tuple[int, ...]) -> None:
    wanted = y.shape[:-2] + y.shape[-1:]
    if y.ndim < 2 or shape != wanted:
        raise ValueError(f"{name} must be {wanted} for y {y.shape}: {shape}")


def _shares(y: Array, weight: Array | None) -> Array:
    """The weight of each step of each sequence in the mean, shaped (…,1,B)."""
    if weight is None:
        count = y.size // y.shape[-2]
        return np.full((1, 1), 1 / count, y.dtype)
    _fit("weight", y, weight.shape)
    total = float(weight.sum())
    if total <= 0:
        raise ValueError("the weights sum to nothing: no step counts")
    share: Array = (weight / total).astype(y.dtype)
    return np.expand_dims(share, -2)
