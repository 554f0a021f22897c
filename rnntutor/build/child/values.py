"""Encodes and decodes values as plain numbers in nested lists."""

from __future__ import annotations

from typing import Any

import numpy as np

DEPTH = 3  # of values within values that are followed


def decode(value: Any) -> Any:
    """Decode an argument: {"array": nested lists}, or a dictionary, list, number or string."""
    if isinstance(value, dict) and "array" in value:
        return np.array(value["array"], float).reshape(value["shape"])
    if isinstance(value, dict):
        return {key: decode(inner) for key, inner in value["table"].items()}
    if isinstance(value, list):
        return [decode(inner) for inner in value]
    return value


def encode(value: Any, most: int, depth: int = 0) -> dict[str, Any]:
    """Encode a return value for JSON."""
    numbers = leaf(value)
    if numbers is not None and numbers.size <= most:
        return {"array": numbers.ravel().tolist(), "shape": list(numbers.shape)}
    if depth < DEPTH and isinstance(value, dict) and len(value) <= most:
        return {"table": {str(k): encode(v, most, depth + 1) for k, v in value.items()}}
    if depth < DEPTH and isinstance(value, (list, tuple)) and len(value) <= most:
        return {"items": [encode(v, most, depth + 1) for v in value]}
    if isinstance(value, np.ndarray):
        return {"other": f"array {value.shape} {value.dtype}"[:60]}
    return {"other": "None" if value is None else type(value).__name__[:60]}


def leaf(value: object) -> Any:
    """Return the value as a float array, or None if it is not numeric."""
    if isinstance(value, (bool, int, float, np.generic, np.ndarray)):
        try:
            array = np.asarray(value)
            return array.astype(float) if array.dtype.kind in "biuf" else None
        except (ValueError, OverflowError, TypeError):
            return None
    if isinstance(value, (list, tuple)) and value and all(type(v) in (int, float) for v in value):
        return np.asarray(value, float)
    return None
