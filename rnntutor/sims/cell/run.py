"""Computes the trace of a cell's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells import reference
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.subject import Reading
from rnntutor.nn.trace import Trace
from rnntutor.sims.cell.settings import CellSettings, parameters
from rnntutor.sims.common import inputs as _inputs
from rnntutor.sims.common import snapshot


def vector(settings: CellSettings, word: str) -> Array:
    """Return the input vector of a word, (D,)."""
    if settings.weights:
        return snapshot.vector(settings.weights, word, settings.width)
    if settings.embedding == "one-hot":
        return _inputs.one_hot(word, settings.vocabulary)
    return _inputs.embedding(word, settings.width, settings.seed)


def inputs(settings: CellSettings) -> Array:
    """Return the inputs, (T,D)."""
    if settings.text:
        return np.array([vector(settings, word) for word in settings.words])
    if settings.x:
        return np.array(settings.x)
    return _inputs.noise(settings.T, settings.width, settings.seed)


def trace(settings: CellSettings) -> Trace:
    """Return the run.

    Besides the engine's arrays it has `wanted` (T,), NaN where any value is right; and with another
    first input `h_other` (T+1,H) and `diff` (T+1,), the distance between the two runs.
    """
    x = inputs(settings)
    numbers = parameters(settings)
    labels = settings.words or _inputs.labels(x)
    run = _run(settings, numbers, x, labels)
    arrays = dict(run.arrays)
    if settings.wanted:
        arrays["wanted"] = np.array([np.nan if w is None else w for w in settings.wanted])
    if settings.first:
        word = settings.first
        other = vector(settings, word) if isinstance(word, str) else np.array(word)
        second = _run(settings, numbers, np.vstack([other[None], x[1:]]), labels)
        arrays["h_other"] = np.array(second["h"])
        arrays["diff"] = np.linalg.norm(arrays["h_other"] - arrays["h"], axis=1)
    from_start = run.from_start | {"h_other", "diff"}
    reading = replace(run.of(Reading), wanted=bool(settings.wanted), biases=settings.biases)
    return replace(run, arrays=arrays, subject=reading, from_start=from_start)


def _run(
    settings: CellSettings, numbers: Mapping[str, Array], x: Array, labels: tuple[str, ...]
) -> Trace:
    held = reference.index_clamps(settings.clamps, settings.T, settings.units)
    start = {"h": settings.h0, "c": settings.c0}
    return reference.trace(
        settings.cell,
        numbers,
        x,
        *(np.array(start[name]) for name in CELLS[settings.cell].states),
        clamps=held,
        target=settings.target or None,
        labels=labels,
    )
