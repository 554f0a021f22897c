"""Networks trained in advance, with one byte a weight.

`assets/weights/text_LANG.npz` holds the network after each number of PREPARED updates: every row of
a matrix as integers between -127 and 127 and the size of its largest entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnntutor import assets
from rnntutor.nn.arrays import read_only
from rnntutor.nn.models import SequenceToSequence
from rnntutor.sims.text import corpus, model

CELL, UNITS, SEED = "lstm", 64, 7
PREPARED = (50, 200, 800)
MOST = 127

PackedArrays = dict[str, NDArray[Any]]


def net(name: str, updates: int) -> SequenceToSequence:
    """Return the default network of a language after 0 updates or one of PREPARED."""
    made = model.network(corpus.corpus(corpus.builtin_text(name)), CELL, UNITS, SEED)
    if updates:
        made.load(_weights(name, updates))
    return made


@cache
def _weights(name: str, updates: int) -> PackedArrays:
    arrays = assets.weights(f"text_{name}")
    names = {key for key in arrays if key.startswith(f"{updates}.")}
    return {
        key.partition(".")[2]: read_only(arrays[key] * arrays[f"size.{key}"] / np.float32(MOST))
        for key in names
    }


def snapshot(name: str, tell: Callable[[float], None]) -> PackedArrays:
    """Train the default network of a language and return its file's arrays.

    Args:
        name: the language.
        tell: called with the share done.
    """
    reader = model.TextTrainer(net(name, 0), corpus.corpus(corpus.builtin_text(name)), SEED)
    found: PackedArrays = {}
    for step in range(1, PREPARED[-1] + 1):
        reader.update()
        tell(step / PREPARED[-1])
        if step in PREPARED:
            found |= pack(step, reader.net.params)
    return found


def pack(updates: int, params: Mapping[str, NDArray[np.floating[Any]]]) -> PackedArrays:
    """Return each parameter as bytes, each row relative to its largest entry."""
    found: PackedArrays = {}
    for name, value in params.items():
        size = np.abs(value).max(axis=-1, keepdims=True).astype(np.float32)
        size[size == 0] = 1
        found[f"{updates}.{name}"] = np.round(value / size * MOST).astype(np.int8)
        found[f"size.{updates}.{name}"] = size
    return found
