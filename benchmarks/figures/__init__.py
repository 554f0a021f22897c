"""The figures that experiments.py reproduces, one module per subject.

Each module trains or computes something from a seed, and holds the range in which the result lay
when it was first found, failures included.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import (
    adding,
    captions,
    clipping,
    counting,
    gradient,
    one_unit,
    parity,
    recall,
    rewriting,
    sentences,
    tags,
    text,
)
from .figure import Figure

# In the order of the parts, (a) to (j).
_SUBJECTS = (
    *(adding, recall, gradient, clipping, text, sentences),
    *(captions, rewriting, tags, counting, parity, one_unit),
)


def figures(*, quick: bool) -> Iterator[Figure]:
    """Yield all figures, or only those of a quick run."""
    every = (figure for subject in _SUBJECTS for figure in subject.figures(quick))
    return (figure for figure in every if figure.quick or not quick)


__all__ = ["Figure", "figures"]
